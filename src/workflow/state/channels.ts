import type { z } from 'zod';

import {
  deepFrozen,
  frozenJson,
  frozenShell,
  isDeepFrozen,
  isPhasegateError,
  type JsonValue,
} from '../../kernel/index.ts';
import {
  Approval,
  ArtifactRecord,
  INPUT,
  PhaseRecord,
  Refusal,
  RunRecord,
} from '../../state/index.ts';
import { UnsealedWriteError } from '../errors.ts';
import { noteGrown } from './kept/kept.ts';
import { SealedChannel, type WriteRules } from './sealed-channel.ts';
import type { Sealer, SealKind } from './sealer.ts';

/** A sealed artifact with its value's type. */
export type TypedArtifact<Value> = Omit<ArtifactRecord, 'value'> & { readonly value: Value };

/** What a thread holds. Everything but `input` is written by the phases only, sealed, and read-only. */
export interface WorkflowState<Input = unknown, Artifacts = Readonly<Record<string, unknown>>> {
  /** A mailbox: new input waits here until the first phase takes it. */
  readonly input: Input | null;
  readonly run: RunRecord | null;
  /** By phase id; the accepted input stands under `input`. */
  readonly artifacts: Readonly<
    Partial<
      { [Phase in keyof Artifacts]: TypedArtifact<Artifacts[Phase]> } & {
        input: TypedArtifact<Input>;
      }
    >
  >;
  readonly history: readonly PhaseRecord[];
  readonly approvals: readonly Approval[];
  readonly refusals: readonly Refusal[];
}

/** What a node may write. */
export interface StateUpdate {
  readonly input?: JsonValue;
  readonly run?: RunRecord;
  readonly artifacts?: readonly ArtifactRecord[];
  readonly history?: readonly PhaseRecord[];
  readonly approvals?: readonly Approval[];
  readonly refusals?: readonly Refusal[];
}

/** What the channel of artifacts holds. */
export type Stored = Readonly<Record<string, ArtifactRecord>>;

/**
 * How each channel joins what is written to it with what is there. They take sealed records only, and never an older one
 * over a newer.
 */
export interface Reducers {
  run(this: void, current: RunRecord | null, update: unknown): RunRecord;
  artifacts(this: void, current: Stored, update: unknown): Stored;
  history(this: void, current: readonly PhaseRecord[], update: unknown): readonly PhaseRecord[];
  approvals(this: void, current: readonly Approval[], update: unknown): readonly Approval[];
  refusals(this: void, current: readonly Refusal[], update: unknown): readonly Refusal[];
}

/** Gives the reducers of the channels; each throws {@link UnsealedWriteError} to refuse a write. */
export function createReducers(sealer: Sealer): Reducers {
  const list = <Item extends { readonly seal: string }>(kind: SealKind, schema: z.ZodType<Item>) =>
    joinedOnce((current: readonly Item[], update: unknown): readonly Item[] =>
      appended(current, sealedList(kind, schema, { sealer, update })),
    );
  return {
    run: (current, update) => {
      const next = sealed('run', RunRecord, { sealer, update });
      return isSealedRun(current, sealer) ? nextRun(current, next) : firstRun(current, next);
    },
    artifacts: joinedOnce((current: Stored, update: unknown) =>
      // Shapes and seals are checked here; the types of values by the phases' schemas, on reading.
      mergeArtifacts(current, sealedList('artifact', ArtifactRecord, { sealer, update }), sealer),
    ),
    history: joinedOnce((current: readonly PhaseRecord[], update: unknown) =>
      continued(current, sealedList('phase', PhaseRecord, { sealer, update })),
    ),
    approvals: list('approval', Approval),
    refusals: list('refusal', Refusal),
  };
}

/**
 * Gives the same object for the same two again, so that what a node worked out ahead of its channels is what they hold
 * then. Only frozen updates are remembered: nothing else stays what it was.
 */
function joinedOnce<Value extends object>(
  join: (current: Value, update: unknown) => Value,
): (current: Value, update: unknown) => Value {
  const known = new WeakMap<object, { readonly current: Value; readonly joined: Value }>();
  return (current, update) => {
    if (typeof update !== 'object' || update === null || !isDeepFrozen(update))
      return join(current, update);
    const last = known.get(update);
    if (last?.current === current) return last.joined;
    const joined = join(current, update);
    known.set(update, { current, joined });
    return joined;
  };
}

/**
 * The channels of a workflow's graph.
 *
 * @param refused - Told about every write that is refused; what it lets pass is left out.
 */
export function channelsFor<Input, Artifacts>(
  reducers: Reducers,
  refused: WriteRules<unknown, unknown>['refused'],
): Channels<Input, Artifacts> {
  const none = deepFrozen([]);
  type Artifacted = WorkflowState<Input, Artifacts>['artifacts'];
  const artifacts = (current: Artifacted, update: unknown): Artifacted =>
    reducers.artifacts(current as Stored, update) as Artifacted;
  return {
    input: () => new SealedChannel(INPUT, null, { accept: acceptInput<Input>, refused }),
    run: () => new SealedChannel('run', null, { accept: reducers.run, refused }),
    artifacts: () => {
      const empty: Artifacted = Object.freeze({});
      return new SealedChannel('artifacts', empty, { accept: artifacts, refused });
    },
    history: () => new SealedChannel('history', none, { accept: reducers.history, refused }),
    approvals: () => new SealedChannel('approvals', none, { accept: reducers.approvals, refused }),
    refusals: () => new SealedChannel('refusals', none, { accept: reducers.refusals, refused }),
  };
}

/** One channel for each key of {@link WorkflowState}. */
export type Channels<Input, Artifacts> = {
  readonly input: () => SealedChannel<Input | null, Input | null>;
  readonly run: () => SealedChannel<RunRecord | null, unknown>;
  readonly artifacts: () => SealedChannel<WorkflowState<Input, Artifacts>['artifacts'], unknown>;
  readonly history: () => SealedChannel<readonly PhaseRecord[], unknown>;
  readonly approvals: () => SealedChannel<readonly Approval[], unknown>;
  readonly refusals: () => SealedChannel<readonly Refusal[], unknown>;
};

interface Untrusted {
  readonly sealer: Sealer;
  readonly update: unknown;
}

function acceptInput<Input>(_current: Input | null, update: Input | null): Input | null {
  // What is frozen here is the copy that the graph keeps; the caller's object stays the caller's.
  return frozenJson(update, INPUT) as Input | null;
}

function sealed<Item extends { readonly seal: string }>(
  kind: SealKind,
  schema: z.ZodType<Item>,
  { sealer, update }: Untrusted,
): Item {
  if (sealer.knows(kind, update)) return update as Item;
  // A copy is looked at and kept: a caller's own object may change, or say something else when it is read again.
  const copy = plainCopy(kind, update);
  if (!schema.safeParse(copy).success)
    throw new UnsealedWriteError(kind, 'it does not have the shape that the phases write');
  const record = copy as Item;
  if (!sealer.verify(kind, record))
    throw new UnsealedWriteError(kind, 'its seal is missing or of another key');
  return record;
}

function plainCopy(kind: SealKind, update: unknown): unknown {
  try {
    return frozenJson(update, kind);
  } catch (error) {
    if (isPhasegateError(error)) throw new UnsealedWriteError(kind, 'it is not plain JSON');
    throw error;
  }
}

function sealedList<Item extends { readonly seal: string }>(
  kind: SealKind,
  schema: z.ZodType<Item>,
  { sealer, update }: Untrusted,
): readonly Item[] {
  if (!Array.isArray(update))
    throw new UnsealedWriteError(kind, 'it is not a list of sealed records');
  return update.map((item: unknown) => sealed(kind, schema, { sealer, update: item }));
}

function isSealedRun(current: RunRecord | null, sealer: Sealer): current is RunRecord {
  if (sealer.knows('run', current)) return true;
  return current !== null && RunRecord.safeParse(current).success && sealer.verify('run', current);
}

/** What cannot be read may be closed, and nothing else. */
function firstRun(current: unknown, next: RunRecord): RunRecord {
  if (current === null || next.status === 'blocked') return next;
  throw new UnsealedWriteError('run', 'what is there cannot be read');
}

function nextRun(current: RunRecord, next: RunRecord): RunRecord {
  if (current.seal === next.seal) return next;
  if (current.id === next.id) {
    if (next.seq > current.seq) return next;
    throw new UnsealedWriteError('run', 'it is older than what is there');
  }
  if (current.status !== 'running' && next.startedAt >= (current.endedAt ?? current.startedAt))
    return next;
  throw new UnsealedWriteError('run', 'another run is under way');
}

function mergeArtifacts(
  current: Stored,
  updates: readonly ArtifactRecord[],
  sealer: Sealer,
): Stored {
  let merged = current;
  for (const update of updates) merged = mergeArtifact(merged, update, sealer);
  return deepFrozen(merged);
}

function mergeArtifact(current: Stored, update: ArtifactRecord, sealer: Sealer): Stored {
  const accepted = acceptedInput(current, sealer);
  if (accepted?.run !== update.run) {
    // What a store gave back without a seal of ours holds no new run up.
    const begins =
      update.phase === INPUT &&
      (accepted === undefined || update.producedAt >= accepted.producedAt);
    if (!begins) throw new UnsealedWriteError('artifacts', 'it belongs to another run');
    return { [INPUT]: update };
  }
  const before = current[update.phase];
  if (before !== undefined && before.seal !== update.seal && !isNewer(update, before)) {
    throw new UnsealedWriteError('artifacts', `"${update.phase}" is older than what is there`);
  }
  return { ...current, [update.phase]: update };
}

function acceptedInput(current: unknown, sealer: Sealer): ArtifactRecord | undefined {
  // What a store gave back may be anything.
  if (typeof current !== 'object' || current === null || !(INPUT in current)) return undefined;
  const accepted = (current as Stored)[INPUT];
  if (sealer.knows('artifact', accepted)) return accepted;
  if (!ArtifactRecord.safeParse(accepted).success) return undefined;
  return accepted !== undefined && sealer.verify('artifact', accepted) ? accepted : undefined;
}

function isNewer(update: ArtifactRecord, before: ArtifactRecord): boolean {
  return (
    update.attempt > before.attempt ||
    (update.attempt === before.attempt && update.version > before.version)
  );
}

function continued(
  current: readonly PhaseRecord[],
  added: readonly PhaseRecord[],
): readonly PhaseRecord[] {
  for (const [offset, record] of added.entries()) {
    if (record.index !== current.length + offset) {
      throw new UnsealedWriteError('history', 'it does not continue the history that is there');
    }
    const before = offset === 0 ? current.at(-1) : added[offset - 1];
    if (record.previous !== (before?.run === record.run ? before.seal : '')) {
      throw new UnsealedWriteError(
        'history',
        'it follows another visit than the one that is there',
      );
    }
  }
  return appended(current, added);
}

/** Lengthens a frozen list by frozen items without looking at each of them again. */
function appended<Item>(current: readonly Item[], added: readonly Item[]): readonly Item[] {
  if (added.length === 0) return current;
  const joined = [...current, ...added];
  const frozen = isDeepFrozen(current) ? frozenShell(joined) : deepFrozen(joined);
  noteGrown(frozen, current, added);
  return frozen;
}
