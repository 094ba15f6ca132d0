import type { RunnableConfig } from '@langchain/core/runnables';

import { digestOf, type Logger } from '../../kernel/index.ts';
import type { Model } from '../../models/index.ts';
import { INPUT, type Answer, type Principal, type Verdict } from '../../state/index.ts';
import type { Revision } from '../agent.ts';
import type { PhaseShape, Variant } from '../definition/phase.ts';
import { UnreadableStateError } from '../errors.ts';
import type { Judge } from '../guard/judge.ts';
import { ask } from '../interrupts/ask.ts';
import type { StateUpdate } from '../state/channels.ts';
import { readState, type RunView } from '../state/read-state.ts';
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
    return visit(phase, parts, { view, place, admission, config });
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

async function visit(
  phase: PhaseShape,
  parts: NodeParts,
  admitted: Admitted,
): Promise<StateUpdate> {
  const { view, place, admission, config } = admitted;
  const { clock, workflow } = parts;
  const begins = admission.kind === 'begin';
  const run: RunBody = begins ? newRun(parts, digestOf(view.mailbox)) : unsealed(admission.run);
  const verdict = begins ? null : admission.verdict;
  const attempt = (begins ? 0 : (view.attempts[phase.id] ?? 0)) + 1;
  const startedAt = view.history.at(-1)?.endedAt ?? clock.now();
  const logger = parts.logger.child({
    thread: place.thread,
    run: run.id,
    phase: phase.id,
    attempt,
  });
  const variant = parts.variantOf(phase);
  const by = await parts.identify(config);
  const answers =
    verdict?.outcome === 'ask'
      ? ask(verdict.questions, {
          ...place,
          run: run.id,
          phase: phase.id,
          by,
          now: () => clock.now(),
        })
      : [];
  logger.info('phase-started', { workflow: workflow.id, variant });
  const opened = openContext({
    ...parts,
    phase: phase.id,
    place,
    run: run.id,
    by,
    spent: view.usage,
    model: variant === 'llm' ? parts.model : undefined,
    logger,
    config,
  });
  const task = taskFor(phase.id, view, { begins, verdict, answers, attempt });
  const value = await phase.perform(variant, task, opened.context);
  logger.info('phase-ended', { workflow: workflow.id, variant });
  const made = { run: run.id, phase: phase.id, attempt, value, digest: digestOf(value) };
  const usage = opened.usage();
  const record = {
    phase: phase.id,
    attempt,
    startedAt,
    verdict,
    answers: [...answers],
    usage,
    agent: phase.agent.id,
    variant,
  };
  const update = visitUpdate(parts, begins ? { ...view, lifted: [] } : view, {
    place,
    run,
    record,
  });
  const accepted = begins
    ? [
        artifactRecord(parts, {
          ...made,
          phase: INPUT,
          attempt: 1,
          value: view.mailbox,
          digest: run.inputDigest,
        }),
      ]
    : (update.artifacts ?? []);
  return {
    ...update,
    artifacts: [...accepted, artifactRecord(parts, made)],
    approvals: opened.approvals(),
  };
}

function unsealed({ seal: _, ...run }: RunBody & { readonly seal: string }): RunBody {
  return run;
}

interface TaskParts {
  readonly begins: boolean;
  readonly verdict: Verdict | null;
  readonly answers: readonly Answer[];
  readonly attempt: number;
}

function taskFor(
  phase: string,
  view: RunView,
  { begins, verdict, answers, attempt }: TaskParts,
): Parameters<PhaseShape['perform']>[1] {
  const artifacts = Object.fromEntries(
    Object.entries(view.artifacts).map(([id, { value }]) => [id, value]),
  );
  const earlier = view.history.flatMap((visit) => (visit.phase === phase ? visit.answers : []));
  return Object.freeze({
    input: begins ? view.mailbox : view.input,
    artifacts: begins ? {} : artifacts,
    answers: Object.freeze([...earlier, ...answers]),
    previous: begins ? undefined : view.artifacts[phase]?.value,
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
