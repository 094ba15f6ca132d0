import type { RunnableConfig } from '@langchain/core/runnables';

import { deepFrozen, digestOf, type Logger } from '../../kernel/index.ts';
import type { Model } from '../../models/index.ts';
import {
  INPUT,
  Principal,
  type Answer,
  type ArtifactRecord,
  type Verdict,
} from '../../state/index.ts';
import type { Revision } from '../agent.ts';
import type { PhaseShape, Variant } from '../definition/phase.ts';
import { UnreadableStateError } from '../errors.ts';
import type { Judge } from '../guard/judge.ts';
import { ask } from '../interrupts/ask.ts';
import type { StateUpdate } from '../state/channels.ts';
import { NOTHING, readState, type RunView } from '../state/read-state.ts';
import { admit, type Admission } from './admit.ts';
import { openContext } from './agent-context.ts';
import { placeOf, type Place } from './place.ts';
import {
  artifactRecord,
  newRun,
  refusalUpdate,
  visitUpdate,
  type RunBody,
  type Writer,
} from './write.ts';

/** What the nodes of one compiled workflow share. */
export interface NodeParts extends Writer {
  readonly judge: Judge;
  readonly logger: Logger;
  readonly model: Model | undefined;
  readonly variantOf: (phase: PhaseShape) => Variant;
  readonly identify: (config: RunnableConfig) => Principal | Promise<Principal>;
}

/** A node of the graph. */
export type Node = (state: unknown, config: RunnableConfig) => Promise<StateUpdate>;

/** Gives the node of a phase: judged on entry, then its agent, then one sealed update. */
export function phaseNode(phase: PhaseShape, parts: NodeParts): Node {
  return async (state, config) => {
    const place = placeOf(config);
    const view = readable(state, parts);
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
      return refusalUpdate(parts, view, { node: phase.id, place, refused });
    }
    return visitPhase(phase, parts, { view, place, admission, config });
  };
}

function readable(state: unknown, parts: NodeParts): RunView | undefined {
  try {
    return readState(state, parts);
  } catch (error) {
    if (error instanceof UnreadableStateError) return undefined;
    throw error;
  }
}

interface Admitted {
  readonly view: RunView;
  readonly place: Place;
  readonly admission: Exclude<Admission, { kind: 'refused' }>;
  readonly config: RunnableConfig;
}

async function visitPhase(
  phase: PhaseShape,
  parts: NodeParts,
  admitted: Admitted,
): Promise<StateUpdate> {
  const { view, place, config } = admitted;
  const start = startOf(phase, parts, admitted);
  const { run, attempt, verdict } = start;
  const logger = parts.logger.child({
    thread: place.thread,
    run: run.id,
    phase: phase.id,
    attempt,
  });
  const variant = parts.variantOf(phase);
  const by = deepFrozen(Principal.parse(await parts.identify(config)));
  const now = (): string => parts.clock.now();
  const answers =
    verdict?.outcome === 'ask'
      ? ask(verdict.questions, { run: run.id, phase: phase.id, by, now })
      : [];
  logger.info('phase-started', { workflow: run.workflow, variant });
  const { context, approvals, usage } = openContext({
    ...parts,
    phase: phase.id,
    place,
    run: run.id,
    by,
    spent: start.view.usage,
    model: variant === 'llm' ? parts.model : undefined,
    logger,
    config,
  });
  const value = await phase.perform(variant, taskFor(phase.id, start, answers), context);
  logger.info('phase-ended', { workflow: run.workflow, variant });
  const made = artifactRecord(parts, {
    run: run.id,
    phase: phase.id,
    attempt,
    visit: place.visit,
    producedAt: now(),
    value,
    digest: digestOf(value),
  });
  const update = visitUpdate(parts, view, {
    place,
    run,
    record: {
      phase: phase.id,
      attempt,
      startedAt: start.startedAt,
      verdict,
      answers: [...answers],
      usage: usage(),
      agent: phase.agent.id,
      variant,
    },
  });
  return { ...update, artifacts: [...start.artifacts, made], approvals: approvals() };
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

function startOf(phase: PhaseShape, parts: NodeParts, { view, place, admission }: Admitted): Start {
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
  const run = newRun(parts, digest, view.run);
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
  const earlier = view.history.flatMap((visit) => (visit.phase === phase ? visit.answers : []));
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
