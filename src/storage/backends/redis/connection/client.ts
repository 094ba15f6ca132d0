import type { SCRIPTS } from '../scripts.ts';
import type { NodeReport } from './inspect-nodes.ts';
import type { RedisServers } from './servers.ts';

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
