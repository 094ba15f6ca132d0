import type { RunnableConfig } from '@langchain/core/runnables';

import { digestOf, type JsonValue } from '../../kernel/index.ts';
import {
  INPUT,
  type Answer,
  type Approval,
  type ArtifactRecord,
  type Principal,
  type Usage,
  type Verdict,
} from '../../state/index.ts';
import type { Revision } from '../agent.ts';
import type { PhaseShape, Variant } from '../definition/phase.ts';
import { UnreadableStateError } from '../errors.ts';
import { ask } from '../interrupts/ask.ts';
import { announce } from '../runner/announce.ts';
import type { StateUpdate } from '../state/channels.ts';
import { noteFreshState } from '../state/fresh-state.ts';
import { noteView } from '../state/known-views.ts';
import { noteFitting } from '../state/lift-artifacts.ts';
import { addUsage, countAttempts, NOTHING, readState } from '../state/read-state.ts';
import type { Reader, RunView } from '../state/run-view.ts';
import type { VisitTrail } from '../trail/run-trail.ts';
import type { Decided } from '../trail/trail-events.ts';
import { closeCompleted } from './end-node.ts';
import { admit, type Admission } from './admit.ts';
import { openContext } from './agent-context.ts';
import { openAccount, type ModelAccount } from './counted-model.ts';
import type { Node, NodeParts } from './node-parts.ts';
import { placeOf, stateAt, type Place } from './place.ts';
import {
  artifactRecord,
  newRun,
  refusalUpdate,
  runIdOf,
  visitUpdate,
  type RunBody,
} from './write.ts';

/** Gives the node of a phase: judged on entry, then its agent, then one sealed update. */
export function phaseNode(phase: PhaseShape, parts: NodeParts): Node {
  return async (state, config) => {
    const place = placeOf(config);
    const view = readable(stateAt(place, state), { ...parts, thread: place.thread });
    // The guard edge behind this node meets the same state, and leads to where the run is closed with the reason.
    if (view === undefined) return {};
    const admission = await admit({ ...parts, node: phase.id, view, place });
    if (admission.kind === 'refused') {
      const { refused } = admission;
      parts.logger.warn('phase-refused', {
        thread: place.thread,
        phase: phase.id,
        code: refused.code,
      });
      const update = refusalUpdate(parts, view, { node: phase.id, place, refused });
      await parts.trail?.refused({ thread: place.thread, config, view }, update);
      return update;
    }
    // Asked before anything runs; who goes on with a run did not begin it.
    const by = admission.kind === 'begin' ? await parts.trail?.caller(config) : undefined;
    return visitPhase(phase, parts, { state, view, place, admission, config, by });
  };
}

function readable(state: unknown, reader: Reader): RunView | undefined {
  try {
    return readState(state, reader);
  } catch (error) {
    if (error instanceof UnreadableStateError && !error.foreign) return undefined;
    throw error;
  }
}

interface Admitted {
  readonly state: unknown;
  readonly view: RunView;
  readonly place: Place;
  readonly admission: Exclude<Admission, { kind: 'refused' }>;
  readonly config: RunnableConfig;
  /** Who begins a run that is recorded. */
  readonly by: Principal | undefined;
}

async function visitPhase(
  phase: PhaseShape,
  parts: NodeParts,
  admitted: Admitted,
): Promise<StateUpdate> {
  const start = startOf(phase, parts, admitted);
  const told = openTrail(phase, parts, { ...admitted, start });
  if (told !== undefined) await told.entered();
  const working = workOn(phase, parts, { ...admitted, start, told });
  const work = await (told === undefined ? working : watched(told, working));
  const update = writeWork(phase, parts, { ...admitted, start, work });
  const view = viewAfter(start.view, update);
  const closed = await closeCompleted(parts, admitted.place, { view, update });
  if (told !== undefined) {
    const next =
      closed === update ? await parts.judge.verdictOn(view, admitted.place.thread) : undefined;
    await told.finished({ update: closed, view, decisions: work.decisions, next });
  }
  const fresh = noteFreshState(admitted.state, closed, parts.reducers);
  // What the edge behind this node and the next node will read; of a run that has ended nothing is read.
  if (closed === update) noteView(fresh, view, { ...parts, thread: admitted.place.thread });
  return closed;
}

interface Started extends Admitted {
  readonly start: Start;
}

function openTrail(
  phase: PhaseShape,
  { trail, variantOf }: NodeParts,
  { place: { thread }, config, start }: Started,
): VisitTrail | undefined {
  const { run, view, verdict } = start;
  const worker = { phase, variant: variantOf(phase) };
  return trail?.visit({ thread, config, run, worker, visits: view.visits, verdict });
}

/** Records that the visit waits for a person, or failed, before anybody hears of it. */
async function watched(told: VisitTrail, work: Promise<Work>): Promise<Work> {
  try {
    return await work;
  } catch (error) {
    await told.stopped(error);
    throw error;
  }
}

/** What an agent and the persons it asked left behind. */
interface Work {
  readonly value: JsonValue;
  readonly variant: Variant;
  readonly answers: readonly Answer[];
  readonly approvals: readonly Approval[];
  readonly decisions: readonly Decided[];
  readonly usage: Usage;
}

async function workOn(
  phase: PhaseShape,
  parts: NodeParts,
  { place, config, start, told }: Started & { readonly told: VisitTrail | undefined },
): Promise<Work> {
  const { run, attempt, verdict, view } = start;
  const where = { run: run.id, phase: phase.id };
  const logger = parts.logger.child({ thread: place.thread, ...where, attempt });
  const variant = parts.variantOf(phase);
  const now = (): string => parts.clock.now();
  announce(config, { phase: phase.id, attempt, variant, verdict });
  const answers =
    verdict?.outcome === 'ask'
      ? ask(verdict.questions, { ...where, ...place, sealer: parts.sealer, now })
      : [];
  logger.info('phase-started', { workflow: run.workflow, variant });
  const model = variant === 'llm' ? parts.model : undefined;
  const { context, approvals, decisions, usage } = openContext({
    ...parts,
    ...where,
    place,
    account: accountOf(place.visit, parts),
    spent: view.usage,
    model,
    logger,
    config,
    told,
  });
  const value = await phase.perform(variant, taskFor(phase.id, start, answers), context);
  logger.info('phase-ended', { workflow: run.workflow, variant });
  const left = { approvals: approvals(), decisions: decisions(), usage: usage() };
  const work = { value, variant, answers, ...left };
  parts.accounts.delete(place.visit);
  return work;
}

/** Every try of a visit works on the same account. */
function accountOf(visit: string, { accounts }: NodeParts): ModelAccount {
  const account = accounts.get(visit) ?? openAccount();
  accounts.set(visit, account);
  return account;
}

function writeWork(
  phase: PhaseShape,
  parts: NodeParts,
  { view, place, start, work }: Started & { readonly work: Work },
): StateUpdate {
  const { run, attempt, startedAt, verdict } = start;
  const { value, variant, answers, approvals, usage } = work;
  const made = artifactRecord(parts, {
    run: run.id,
    phase: phase.id,
    attempt,
    visit: place.visit,
    producedAt: parts.clock.now(),
    value,
    digest: digestOf(value),
  });
  noteFitting(made, parts.workflow);
  const record = {
    phase: phase.id,
    attempt,
    startedAt,
    verdict,
    usage,
    agent: phase.agent.id,
    variant,
  };
  return {
    ...visitUpdate(parts, view, { place, run, record: { ...record, answers: [...answers] } }),
    artifacts: [...start.artifacts, made],
    // An empty write would still count as one, and be stored.
    ...(approvals.length === 0 ? {} : { approvals }),
  };
}

/** What the next reader will find, told from what is written now. */
function viewAfter(view: RunView, update: StateUpdate): RunView {
  const { artifacts = [], history = [], approvals = [] } = update;
  const visits = [...view.history, ...history];
  return {
    ...view,
    run: update.run ?? view.run,
    artifacts: {
      ...view.artifacts,
      ...Object.fromEntries(artifacts.map((made) => [made.phase, made])),
    },
    history: visits,
    visits: view.visits + history.length,
    attempts: countAttempts(history, view.attempts),
    usage: history.reduce((sum, { usage }) => addUsage(sum, usage), view.usage),
    approvals: [...view.approvals, ...approvals],
    mailbox: null,
    lifted: [],
  };
}

/** What a visit starts from: a run that begins takes its input out of the mailbox and nothing from before. */
interface Start {
  readonly run: RunBody;
  readonly view: RunView;
  readonly verdict: Verdict | null;
  readonly attempt: number;
  readonly startedAt: string;
  /** Artifacts to write besides the phase's own. */
  readonly artifacts: readonly ArtifactRecord[];
}

function startOf(phase: PhaseShape, parts: NodeParts, admitted: Admitted): Start {
  const { view, place, admission, by } = admitted;
  if (admission.kind === 'continue') {
    return {
      run: unsealed(admission.run),
      view,
      verdict: admission.verdict,
      attempt: (view.attempts[phase.id] ?? 0) + 1,
      startedAt: view.history.at(-1)?.endedAt ?? parts.clock.now(),
      artifacts: view.lifted,
    };
  }
  const digest = digestOf(view.mailbox);
  const recorded = by === undefined ? {} : { by, id: runIdOf(place) };
  const opening = { thread: place.thread, inputDigest: digest, ...recorded };
  const run = newRun(parts, opening, view.run);
  const made = {
    run: run.id,
    phase: INPUT,
    attempt: 1,
    visit: place.visit,
    producedAt: run.startedAt,
    value: view.mailbox,
    digest,
  };
  const fresh = { ...NOTHING, mailbox: view.mailbox, visits: view.visits, input: view.mailbox };
  return {
    run,
    view: fresh,
    verdict: null,
    attempt: 1,
    startedAt: run.startedAt,
    artifacts: [artifactRecord(parts, made)],
  };
}

function unsealed({ seal: _, ...run }: RunBody & { readonly seal: string }): RunBody {
  return run;
}

function taskFor(
  phase: string,
  { view, verdict, attempt }: Start,
  answers: readonly Answer[],
): Parameters<PhaseShape['perform']>[1] {
  const artifacts = Object.entries(view.artifacts).map(([id, { value }]) => [id, value]);
  const earlier: Answer[] = [];
  for (const visit of view.history) if (visit.phase === phase) earlier.push(...visit.answers);
  return Object.freeze({
    input: view.input,
    artifacts: Object.fromEntries(artifacts),
    answers: Object.freeze([...earlier, ...answers]),
    previous: view.artifacts[phase]?.value,
    revision: revisionFrom(verdict),
    attempt,
  });
}

function revisionFrom(verdict: Verdict | null): Revision | undefined {
  if (verdict?.outcome !== 'revise') return undefined;
  // A missing approval is a person's to give; no agent can mend it.
  const reasons = verdict.checks
    .filter(({ id, outcome, mode }) => outcome !== 'pass' && mode === 'deny' && id !== 'approval')
    .map(({ id, message, remedy }) => ({ check: id, message, remedy }));
  return Object.freeze({ from: verdict.from, reasons });
}
