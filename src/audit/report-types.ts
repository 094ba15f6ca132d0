/** What is wrong with a chain, one word a kind. */
export type FaultKind =
  | 'unreadable'
  | 'edited'
  | 'broken-link'
  | 'out-of-sequence'
  | 'cut-head'
  | 'cut-tail'
  | 'rewritten'
  | 'foreign'
  | 'wrong-key'
  | 'clock-reversal'
  | 'not-signed'
  | 'unsigned-decision'
  | 'run-incomplete'
  | 'misfiled'
  | 'decided-twice';

/** Entries that stood under no signature when the log was opened behind them: what closed a crash, or what was slipped in. */
export interface AdoptedRange {
  /** The first of them, and the number after the last. */
  readonly from: number;
  readonly until: number;
}

/** One thing that is wrong; `seq` is the entry where it shows. */
export interface Fault {
  readonly kind: FaultKind;
  readonly seq: number;
  readonly message: string;
}

/** What a verification may be told besides the key. */
export interface VerifyOptions {
  /** Lines of the checkpoint file that was kept outside the database. */
  readonly checkpoints?: readonly string[];
  /** The origin that the chain must have. */
  readonly origin?: string;
}

/** What was found about a chain. */
export interface ChainReport {
  /** Whether nothing is wrong with the entries up to `covered`, nor with what can be seen of those after. */
  readonly ok: boolean;
  readonly origin: string;
  /** The number of the first entry: above 0 when earlier ones were archived. */
  readonly first: number;
  /** How many entries the chain has, archived ones included. */
  readonly size: number;
  /** Up to here entries stand under a signature; those of `adopted` got it only after the log was opened again. */
  readonly covered: number;
  readonly adopted: readonly AdoptedRange[];
  readonly faults: readonly Fault[];
  /** What this verification cannot see, in sentences. */
  readonly unseen: readonly string[];
  /** Runs that have no closing record: under way, waiting, or cut off. */
  readonly openRuns: readonly string[];
  /** Chains that were begun according to this one; all of them, in the registry. */
  readonly chains: readonly string[];
}

/** Verifies a chain line by line, for exports that do not fit into a string. */
export interface ChainVerifier {
  read(line: string): void;
  finish(): ChainReport;
}

/** What was found about a receipt. */
export interface ReceiptReport {
  readonly ok: boolean;
  readonly run: string;
  /** When the checkpoint that covers the run was signed, ISO-8601 UTC. */
  readonly signedAt: string;
  /** Whether the closing record counts as many entries as the receipt shows. */
  readonly complete: boolean;
  /** The entries of the run as they were sealed: `at`, `event`, `seq`, `where` and what the log added. */
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  /** Numbers of those entries that stood under no signature when the log was opened behind them. */
  readonly adopted: readonly number[];
  readonly problems: readonly string[];
}
