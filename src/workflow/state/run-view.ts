import type { JsonValue } from '../../kernel/index.ts';
import type { Approval, ArtifactRecord, PhaseRecord, RunRecord, Usage } from '../../state/index.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import type { Sealer } from './sealer.ts';

/** A thread's state after every seal and shape was checked. `run` is null before the first phase has finished. */
export interface RunView {
  readonly run: RunRecord | null;
  /** The accepted input of the run. */
  readonly input: JsonValue;
  readonly artifacts: Readonly<Record<string, ArtifactRecord>>;
  /** Visits of this run, oldest first. */
  readonly history: readonly PhaseRecord[];
  /** Visits of every run on the thread. */
  readonly visits: number;
  readonly attempts: Readonly<Record<string, number>>;
  readonly usage: Usage;
  readonly approvals: readonly Approval[];
  /** New input that no phase has taken yet. */
  readonly mailbox: JsonValue;
  /** Artifacts that a migration lifted; the next node that writes keeps them. */
  readonly lifted: readonly ArtifactRecord[];
}

/** Gives a reader of what stands on `thread`. */
export function readerAt(
  { workflow, sealer }: Omit<Reader, 'thread' | 'whole'>,
  thread: string,
): Reader {
  return { workflow, sealer, thread };
}

/** What `readState` needs besides the state. */
export interface Reader {
  readonly workflow: WorkflowShape;
  readonly sealer: Sealer;
  /** The thread that the state was found on. */
  readonly thread: string;
  /** Whether a run that has ended is read as a whole too, to show it; going on needs nothing of it. */
  readonly whole?: boolean;
}
