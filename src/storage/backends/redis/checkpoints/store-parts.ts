import type { Lifetime } from '../../../lifetime.ts';
import type { Client } from '../client.ts';

/** What a store on Redis works with. */
export interface RedisStoreParts {
  readonly client: Client;
  readonly prefix: string;
  readonly lifetime: Lifetime | undefined;
  /** Within how long an operation of several commands is answered; not bounded, unless told. */
  readonly deadlineMs?: number;
  /** The lease that this process holds on a thread. */
  readonly leaseOf: (
    thread: string,
  ) => { readonly token: string; readonly epoch: number } | undefined;
}
