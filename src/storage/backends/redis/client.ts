import type { NodeReport, RedisServers } from './connection/index.ts';
import type { SCRIPTS } from './scripts.ts';

export { connect, type ClientOptions } from './connection/index.ts';

/** What Redis answers: text as bytes, numbers, nothing, or a list of answers. */
export type Answer = Buffer | number | null | readonly Answer[];

/** A connection that runs our scripts. */
export interface Client {
  /** How the servers are arranged. */
  readonly mode: Exclude<RedisServers['mode'], undefined>;
  run(
    script: keyof typeof SCRIPTS,
    keys: readonly string[],
    values: readonly (string | number | Uint8Array)[],
  ): Promise<Answer>;
  command(name: string, ...values: readonly (string | number)[]): Promise<Answer>;
  /** What each server says of itself. */
  inspect(): Promise<readonly NodeReport[]>;
  close(): Promise<void>;
}
