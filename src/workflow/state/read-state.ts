import type { z } from 'zod';

import { deepFrozen, frozenJson, isPhasegateError, type JsonValue } from '../../kernel/index.ts';
import {
  Approval,
  ArtifactRecord,
  INPUT,
  NO_USAGE,
  PhaseRecord,
  RunRecord,
  STATE_FORMAT,
  type Usage,
} from '../../state/index.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import { ErasedStateError, ForeignStateError, UnreadableStateError } from '../errors.ts';
import { ERASED, isErased, noteErased, storedErased } from './erased.ts';
import { knownView, noteView } from './known-views.ts';
import { liftArtifacts } from './lift-artifacts.ts';
import type { Reader, RunView } from './run-view.ts';

/** The parts of a state, each still to be read. */
interface Raw {
  readonly input: unknown;
  readonly run: unknown;
  readonly artifacts: Readonly<Record<string, unknown>>;
  readonly history: readonly unknown[];
  readonly approvals: readonly unknown[];
}

function partsOf(raw: unknown): Raw {
  if (!isRecord(raw)) throw new UnreadableStateError('it is no object');
  const { input, run, artifacts = {}, history = [], approvals = [] } = raw;
  if (!isRecord(artifacts)) throw new UnreadableStateError('its part "artifacts" is no object');
  if (!Array.isArray(history)) throw new UnreadableStateError('its part "history" is no list');
  if (!Array.isArray(approvals)) throw new UnreadableStateError('its part "approvals" is no list');
  return { input, run, artifacts, history, approvals };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads what a store gave back.
 *
 * @throws {@link UnreadableStateError} if a part does not parse, its seal does not hold, it belongs to another workflow,
 * or it was written by a version that no migration leads from.
 */
export function readState(raw: unknown, reader: Reader): RunView {
  const known = knownView(raw, reader);
  if (known !== undefined) return onItsThread(known, reader);
  try {
    const view = onItsThread(readParts(raw, reader), reader);
    noteView(raw, view, reader);
    return view;
  } catch (error) {
    if (error instanceof UnreadableStateError) throw error;
    // A migration that throws and content that is not JSON are the same to the run: it cannot be read.
    throw new UnreadableStateError(
      isPhasegateError(error) ? error.code : 'a migration or a part of it failed',
      error,
    );
  }
}

function onItsThread(view: RunView, { thread }: Reader): RunView {
  if (view.run === null || view.run.thread === thread) return view;
  throw new ForeignStateError('its run was copied from another thread');
}

function readParts(raw: unknown, reader: Reader): RunView {
  const data = partsOf(raw);
  const outside = { mailbox: readMailbox(data.input), visits: data.history.length };
  if (data.run === null || data.run === undefined) return { ...NOTHING, ...outside };
  const run = readRecord('run', RunRecord, { value: data.run, reader });
  // Of a run that has ended nothing is read again; the next one starts from new input.
  if (run.status !== 'running' && reader.whole !== true) return { ...NOTHING, ...outside, run };
  inspectRun(run, reader.workflow);
  const { artifacts, lifted } = liftArtifacts(
    readArtifacts(data.artifacts, run, reader),
    run,
    reader,
  );
  const history = data.history
    .map((value) => readRecord('phase', PhaseRecord, { value, reader }))
    .filter((visit) => visit.run === run.id);
  inspectAccount(run, history, artifacts);
  return Object.freeze({
    ...outside,
    run,
    input: artifacts[INPUT]?.value ?? null,
    artifacts,
    history,
    attempts: countAttempts(history),
    usage: history.reduce((sum, visit) => addUsage(sum, visit.usage), NO_USAGE),
    approvals: data.approvals.flatMap((value) => readApproval(value, run)),
    lifted,
  });
}

/** A thread before its first run. */
export const NOTHING: RunView = Object.freeze({
  run: null,
  input: null,
  artifacts: Object.freeze({}),
  history: Object.freeze([]),
  visits: 0,
  attempts: Object.freeze({}),
  usage: NO_USAGE,
  approvals: Object.freeze([]),
  mailbox: null,
  lifted: Object.freeze([]),
});

/** Adds what two stretches of work took. */
export function addUsage(one: Usage, other: Usage): Usage {
  if (other === NO_USAGE) return one;
  return Object.freeze({
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    costUsd: one.costUsd + other.costUsd,
  });
}

function readMailbox(value: unknown): JsonValue {
  try {
    const mailbox = frozenJson(value ?? null, INPUT);
    if (isErased(value) && typeof mailbox === 'object' && mailbox !== null)
      noteErased(mailbox, storedErased(value));
    return mailbox;
  } catch (error) {
    if (isPhasegateError(error)) throw new UnreadableStateError(error.message);
    throw error;
  }
}

function isSealed(value: unknown): value is { readonly seal: string } {
  return isRecord(value) && typeof value['seal'] === 'string';
}

interface Stored {
  readonly value: unknown;
  readonly reader: Reader;
}

function readRecord<Item extends { readonly seal: string }>(
  kind: 'run' | 'artifact' | 'phase',
  schema: z.ZodType<Item>,
  { value, reader: { sealer } }: Stored,
): Item {
  // The object itself is kept, not its parsed copy, because its digest and seal are remembered by it. What carries a seal of
  // its kind has the shape that the phases write; the schema tells what is wrong with everything else.
  if (isSealed(value) && sealer.verify(kind, deepFrozen(value))) return value as Item;
  if (!schema.safeParse(value).success)
    throw new UnreadableStateError(`a ${kind} record does not parse`);
  if (kind === 'run' && isSealed(value) && Object.values(value).includes(ERASED))
    throw new ErasedStateError('what it kept under a key of its own was erased');
  throw new UnreadableStateError(`a ${kind} record has no valid seal`);
}

/** An approval that cannot be read is no approval; it does not make the thread unreadable. */
function readApproval(value: unknown, run: RunRecord): Approval[] {
  const parsed = Approval.safeParse(value);
  if (!parsed.success || parsed.data.run !== run.id) return [];
  return [deepFrozen(value as Approval)];
}

function inspectRun(run: RunRecord, workflow: WorkflowShape): void {
  if (run.format !== STATE_FORMAT) {
    throw new ForeignStateError(
      `it has format ${run.format}, and this release reads ${STATE_FORMAT}`,
    );
  }
  if (run.workflow !== workflow.id)
    throw new ForeignStateError(`it belongs to the workflow "${run.workflow}"`);
  if (run.version > workflow.version) {
    throw new ForeignStateError(
      `it has version ${run.version}, and this workflow has ${workflow.version}`,
    );
  }
  const gap = missingStep(run.version, workflow);
  if (gap !== undefined)
    throw new ForeignStateError(`no migration leads from version ${gap} to ${gap + 1}`);
}

/** The parts must tell one story, so that none of them can be set back alone or come from another fork. */
function inspectAccount(
  run: RunRecord,
  history: readonly PhaseRecord[],
  artifacts: Readonly<Record<string, ArtifactRecord>>,
): void {
  if (history.length !== run.seq || (history.at(-1)?.phase ?? null) !== run.phase) {
    throw new UnreadableStateError('its history does not lead to where the run stands');
  }
  const seals = ['', ...history.map(({ seal }) => seal)];
  if (seals.at(-1) !== run.head || history.some(({ previous }, at) => previous !== seals[at])) {
    throw new UnreadableStateError('its history is put together from several');
  }
  const attempts = countAttempts(history);
  const stray = Object.values(artifacts).find((made) => !isOfLastVisit(made, history, attempts));
  if (stray !== undefined) {
    throw new UnreadableStateError(
      `the artifact of "${stray.phase}" is not the one of its last visit`,
    );
  }
}

function isOfLastVisit(
  { phase, attempt, visit }: ArtifactRecord,
  history: readonly PhaseRecord[],
  attempts: Readonly<Record<string, number>>,
): boolean {
  if (phase === INPUT) return history[0]?.visit === visit;
  return (
    history.findLast((made) => made.phase === phase)?.visit === visit && attempts[phase] === attempt
  );
}

function missingStep(
  version: number,
  { version: target, migrations }: WorkflowShape,
): number | undefined {
  for (let step = version; step < target; step += 1) {
    if (!migrations.some(({ from }) => from === step)) return step;
  }
  return undefined;
}

function readArtifacts(
  stored: Readonly<Record<string, unknown>>,
  run: RunRecord,
  reader: Reader,
): Readonly<Record<string, ArtifactRecord>> {
  const artifacts: Record<string, ArtifactRecord> = {};
  for (const [phase, value] of Object.entries(stored)) {
    const record = readRecord('artifact', ArtifactRecord, { value, reader });
    if (record.run !== run.id || record.phase !== phase) {
      throw new UnreadableStateError(`the artifact of "${phase}" belongs to another run or phase`);
    }
    artifacts[phase] = record;
  }
  if (artifacts[INPUT]?.digest !== run.inputDigest)
    throw new UnreadableStateError('the input is not the one accepted');
  return Object.freeze(artifacts);
}

/** Counts the visits of each phase, on top of those counted before. */
export function countAttempts(
  history: readonly PhaseRecord[],
  before: Readonly<Record<string, number>> = {},
): Readonly<Record<string, number>> {
  const attempts: Record<string, number> = { ...before };
  for (const { phase } of history) attempts[phase] = (attempts[phase] ?? 0) + 1;
  return Object.freeze(attempts);
}
