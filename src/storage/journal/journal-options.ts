import type { Facts } from '../../kernel/index.ts';

/** Where and how a journal is kept. */
export interface JournalOptions {
  /** A directory on the local disk, created with mode 0700 when it is missing. Several processes may share it. */
  readonly directory: string;
  /** How long an operation is kept after the server acknowledged it; 60,000 unless told. */
  readonly retentionMs?: number;
  /**
   * Whether each entry is flushed to the disk before it counts. Not, unless told: it then survives the death of the
   * process, and a crash of the host may lose the last ones.
   */
  readonly fsync?: boolean;
  /** How long to wait between two looks at a server that is away; 250 unless told. */
  readonly probeMs?: number;
  /** How long to wait between two looks whether the server has lost something; 1,000 unless told. */
  readonly watchMs?: number;
  /** Told what happens: changes of state, threads that were replayed, restored, or went into a sibling. */
  readonly onEvent?: (event: string, facts: Facts) => void;
}
