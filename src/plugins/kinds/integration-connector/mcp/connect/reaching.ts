import type { Limits } from '../../../../contract/index.ts';

/** Who reaches a server, and how much each call may take. */
export interface Reaching {
  readonly id: string;
  readonly limits: Limits;
}
