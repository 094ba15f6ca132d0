import { digestOf, frozenJson, type Clock, type Ids, type JsonValue } from '../../kernel/index.ts';
import {
  INPUT,
  NO_USAGE,
  STATE_FORMAT,
  type ArtifactRecord,
  type PhaseRecord,
  type RunRecord,
  type Verdict,
} from '../../state/index.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import type { StateUpdate } from '../state/channels.ts';
import type { RunView } from '../state/run-view.ts';
import type { Sealer } from '../state/sealer.ts';
import type { Refused } from './admit.ts';
import type { Place } from './place.ts';

/** What writing a visit into state needs. */
export interface Writer {
  readonly workflow: WorkflowShape;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The body of a run record before it is sealed. */
export type RunBody = Omit<RunRecord, 'seal'>;

/** What a run is opened with. `id` where it has to be the same when its first visit runs again after a crash. */
export type RunOpening = Pick<RunRecord, 'thread' | 'inputDigest' | 'by'> & {
  readonly id?: string;
};

/**
 * Gives the id of a run that is recorded: derived from its first visit, so that the visit may run again after a crash and
 * still be the beginning of the same run.
 */
export function runIdOf({ thread, visit }: Place): string {
  const hex = digestOf({ thread, visit });
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
}

/** Opens the run of the input that waits in the mailbox; `after` is the run that ended before it on the thread. */
export function newRun(
  { workflow, clock, ids }: Writer,
  { id, ...opening }: RunOpening,
  after: RunRecord | null,
): RunBody {
  return {
    format: STATE_FORMAT,
    id: id ?? ids.next(),
    ...opening,
    head: '',
    workflow: workflow.id,
    version: workflow.version,
    seq: 0,
    status: 'running',
    phase: null,
    startedAt: later(clock.now(), after?.endedAt ?? ''),
    endedAt: null,
    reason: null,
  };
}

/** The later of two instants: runs on a thread follow each other, also when the next machine's clock is behind. */
export function later(one: string, other: string): string {
  return one > other ? one : other;
}

/** Seals what a refused entry leaves behind; the mailbox is emptied, because what waited there was refused with it. */
export function refusalUpdate(
  writer: Writer,
  view: RunView,
  entry: { node: string; place: Place; refused: Refused },
): StateUpdate {
  const { node, place, refused } = entry;
  const run = view.run?.id ?? null;
  const body = { run, phase: node, visit: place.visit, ...refused, at: writer.clock.now() };
  const refusal = writer.sealer.seal('refusal', body);
  return view.mailbox === null ? { refusals: [refusal] } : { refusals: [refusal], input: null };
}

/** What an end writes, or a phase besides its artifact. */
export interface Visit {
  readonly place: Place;
  readonly run: RunBody;
  readonly record: Partial<PhaseRecord> &
    Pick<PhaseRecord, 'phase' | 'attempt' | 'startedAt' | 'verdict'>;
}

/** Seals one visit and the run's new place. */
export function visitUpdate(
  writer: Writer,
  view: RunView,
  { place, run, record }: Visit,
): StateUpdate {
  const { sealer, clock, workflow } = writer;
  const visit = sealer.seal('phase', {
    run: run.id,
    index: view.visits,
    agent: null,
    variant: null,
    endedAt: clock.now(),
    answers: [],
    usage: NO_USAGE,
    visit: place.visit,
    previous: run.head,
    ...record,
    // A verdict is plain JSON; the copy keeps later changes out of what is sealed.
    verdict: frozenJson(record.verdict) as Verdict | null,
  });
  const next = sealer.seal('run', {
    ...run,
    seq: run.seq + 1,
    head: visit.seal,
    version: workflow.version,
    phase: record.phase,
  });
  return {
    run: next,
    history: [visit],
    ...mailboxUpdate(writer, view, { place, run }),
  };
}

/** New input on a run under way is refused in writing, not dropped. */
function mailboxUpdate(
  writer: Writer,
  view: RunView,
  { place, run }: Pick<Visit, 'place' | 'run'>,
): StateUpdate {
  if (view.mailbox === null) return {};
  if (view.run?.id !== run.id) return { input: null };
  const refusal = writer.sealer.seal('refusal', {
    run: run.id,
    phase: INPUT,
    visit: place.visit,
    rerouted: false,
    code: 'PHASE_RUN_IN_PROGRESS',
    message: 'New input came while a run was under way.',
    remedy: 'Let the run end first, or use another thread.',
    at: writer.clock.now(),
  });
  return { input: null, refusals: [refusal] };
}

/** Seals a value under a phase's id, or the input under its own key. */
export function artifactRecord(
  { sealer, workflow }: Writer,
  made: {
    readonly run: string;
    readonly phase: string;
    readonly attempt: number;
    readonly visit: string;
    readonly producedAt: string;
    readonly value: JsonValue;
    readonly digest: string;
  },
): ArtifactRecord {
  return sealer.seal('artifact', { ...made, version: workflow.version });
}
