import type { RunEvent } from '../../workflow/index.ts';

/** Shows how a run goes on. */
export interface Progress {
  readonly onEvent: (event: RunEvent) => void;
  /** Waits until everything that happened is shown; what is still under way is shown as left. */
  readonly settle: (outcome: 'paused' | 'ended' | 'failed') => Promise<void>;
}
