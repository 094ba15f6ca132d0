import { isGraphBubbleUp } from '@langchain/langgraph';

import type { JsonValue } from '../../kernel/index.ts';
import type { Answer, Approval, Fallback, Usage, Verdict } from '../../state/index.ts';
import type { AgentContext, Revision } from '../agent.ts';
import type { PhaseShape, Variant } from '../definition/phase.ts';
import { reasonToFallBack } from '../fallback.ts';
import { ask } from '../interrupts/ask.ts';
import { announce, announceFallback } from '../runner/announce.ts';
import type { VisitTrail } from '../trail/run-trail.ts';
import type { Decided } from '../trail/trail-events.ts';
import { openContext } from './agent-context.ts';
import { openAccount, type ModelAccount } from './counted-model.ts';
import type { NodeParts } from './node-parts.ts';
import type { Start, Started } from './visit-start.ts';

/** What an agent and the persons it asked left behind. */
export interface Work {
  readonly value: JsonValue;
  /** The one that worked in the end. */
  readonly variant: Variant;
  readonly fallback?: Fallback;
  readonly answers: readonly Answer[];
  readonly approvals: readonly Approval[];
  readonly decisions: readonly Decided[];
  readonly usage: Usage;
}

/** Asks what has to be asked, and lets the agent of the phase work. */
export async function workOn(
  phase: PhaseShape,
  parts: NodeParts,
  { started, told }: { readonly started: Started; readonly told: VisitTrail | undefined },
): Promise<Work> {
  const { place, config, start } = started;
  const { run, attempt, verdict, view } = start;
  const where = { run: run.id, phase: phase.id };
  const account = accountOf(place.visit, parts);
  const logger = parts.logger.child({ thread: place.thread, ...where, attempt });
  const variant = parts.variantOf(phase);
  const now = (): string => parts.clock.now();
  let asked = 0;
  const nextQuestion = (): number => asked++;
  announce(config, { phase: phase.id, attempt, variant, verdict });
  const answers =
    verdict?.outcome === 'ask'
      ? ask(verdict.questions, { ...where, ...place, sealer: parts.sealer, now, nextQuestion })
      : [];
  logger.info('phase-started', { workflow: run.workflow, variant });
  const model = variant === 'llm' ? parts.model : undefined;
  const tools = await parts.tools({ thread: place.thread, ...where }, config);
  const { workflow, sealer, clock } = parts;
  // Named one by one: it is made at each visit, and taking the parts as a whole costs more than all the rest of it.
  const { context, approvals, decisions, usage } = openContext({
    workflow,
    sealer,
    clock,
    run: run.id,
    phase: phase.id,
    place,
    nextQuestion,
    account,
    spent: view.usage,
    model,
    tools,
    logger,
    config,
    told,
  });
  const task = taskFor(phase.id, start, answers);
  const hasAsked = (): boolean => decisions().length > 0;
  const trying = { variant, task, context, hasAsked, attempt, told, account };
  const done = await performed(phase, parts, trying);
  // Whoever called has been told that the run was stopped; what an agent gives all the same is not told of as done.
  config.signal?.throwIfAborted();
  logger.info('phase-ended', { workflow: run.workflow, variant: done.variant });
  parts.accounts.delete(place.visit);
  return {
    ...done,
    answers,
    approvals: approvals(),
    decisions: decisions(),
    usage: usage(),
  };
}

interface Trying {
  readonly variant: Variant;
  readonly task: Parameters<PhaseShape['perform']>[1];
  readonly context: AgentContext;
  readonly attempt: number;
  readonly account: ModelAccount;
  readonly told: VisitTrail | undefined;
  /** Whether this try has asked a person. */
  readonly hasAsked: () => boolean;
}

/** Lets the agent work, or its simulated variant where the model has failed for good and the run may fall back on it. */
async function performed(
  phase: PhaseShape,
  { fallback: rule }: NodeParts,
  { variant, task, context, attempt, account, told, hasAsked }: Trying,
): Promise<Pick<Work, 'value' | 'variant' | 'fallback'>> {
  if (account.fellBackBecause === undefined) {
    try {
      return { value: await phase.perform(variant, task, context), variant };
    } catch (error) {
      if (!isGraphBubbleUp(error)) account.failed += 1;
      const { failed } = account;
      const { signal } = context;
      const tried = { rule, variant, failed, hasAsked: hasAsked(), signal };
      const because = reasonToFallBack(error, tried);
      if (because === undefined) throw error;
      // Told before anything else happens: nothing falls back in silence.
      await told?.stopped(error);
      context.logger.warn('phase-fell-back', { code: because });
      announceFallback(context.config, { phase: phase.id, attempt, because });
      account.fellBackBecause = because;
    }
  }
  const value = await phase.perform(
    'simulated',
    task,
    Object.freeze({ ...context, model: undefined }),
  );
  const fallback = { from: 'llm', because: account.fellBackBecause } as const;
  return { value, variant: 'simulated', fallback };
}

/** Every try of a visit works on the same account. */
function accountOf(visit: string, { accounts }: NodeParts): ModelAccount {
  const account = accounts.get(visit) ?? openAccount();
  accounts.set(visit, account);
  return account;
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
