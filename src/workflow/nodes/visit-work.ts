import type { JsonValue } from '../../kernel/index.ts';
import type { Answer, Approval, Usage, Verdict } from '../../state/index.ts';
import type { Revision } from '../agent.ts';
import type { PhaseShape, Variant } from '../definition/phase.ts';
import { ask } from '../interrupts/ask.ts';
import { announce } from '../runner/announce.ts';
import type { VisitTrail } from '../trail/run-trail.ts';
import type { Decided } from '../trail/trail-events.ts';
import { openContext } from './agent-context.ts';
import { openAccount, type ModelAccount } from './counted-model.ts';
import type { NodeParts } from './node-parts.ts';
import type { Start, Started } from './visit-start.ts';

/** What an agent and the persons it asked left behind. */
export interface Work {
  readonly value: JsonValue;
  readonly variant: Variant;
  readonly answers: readonly Answer[];
  readonly approvals: readonly Approval[];
  readonly decisions: readonly Decided[];
  readonly usage: Usage;
}

/** Asks what has to be asked, and lets the agent of the phase work. */
export async function workOn(
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
  const tools = await parts.tools({ thread: place.thread, ...where });
  const { context, approvals, decisions, usage } = openContext({
    ...parts,
    ...where,
    place,
    account: accountOf(place.visit, parts),
    spent: view.usage,
    model,
    tools,
    logger,
    config,
    told,
  });
  const value = await phase.perform(variant, taskFor(phase.id, start, answers), context);
  // Whoever called has been told that the run was stopped; what an agent gives all the same is not told of as done.
  config.signal?.throwIfAborted();
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
