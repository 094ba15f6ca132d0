import type { CheckpointKeeper } from '../keys/checkpoint-file.ts';

/** Checkpoints on their way out of the database; one that could not be kept is tried again before anything else. */
export interface CheckpointOutbox {
  /** Keeps `lines` and whatever waited. @throws AUDIT_CHECKPOINT_FILE, and remembers them. */
  keep(lines: readonly string[]): void;
}

/** Makes the outbox in front of `keeper`. */
export function createCheckpointOutbox(keeper: CheckpointKeeper): CheckpointOutbox {
  let waiting: readonly string[] = [];
  return Object.freeze({
    keep: (lines: readonly string[]) => {
      waiting = [...waiting, ...lines];
      keeper.keep(waiting);
      waiting = [];
    },
  });
}
