import type { SuppliedFacts } from '../../compliance/index.ts';
import type { Clock } from '../../kernel/index.ts';
import { frozenJson, isPhasegateError } from '../../kernel/index.ts';
import { BLOCKED, type CheckReport, type Question, type Verdict } from '../../state/index.ts';
import {
  applyWaivers,
  evaluateGate,
  type GateResult,
  type Waiver,
} from '../../validation/index.ts';
import type { Transition, WorkflowShape } from '../definition/workflow-shape.ts';
import type { RunView } from '../state/run-view.ts';
import type { Sealer } from '../state/sealer.ts';
import { approvalProblem } from './approvals.ts';
import { chooseTransition, factsOf, type ViewFacts } from './choose-transition.ts';
import { withComplianceFacts } from './compliance-facts.ts';

const REMEMBERED = 256;

/** Says where a run may go from where it stands. */
export interface Judge {
  /** @returns The verdict on the transition out of the last finished phase; undefined when no run is under way. Never throws. */
  verdictOn(view: RunView, thread: string): Promise<Verdict | undefined>;
}

/** What {@link createJudge} needs. */
export interface JudgeOptions {
  readonly workflow: WorkflowShape;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly authenticatedOnly: boolean;
  /** The waivers that there are now; asked at each judgement, because they are given, ended and taken back. */
  readonly waivers?: (() => readonly Waiver[]) | undefined;
  /** What whoever compiled the workflow knows for the checks of its standards; asked at each judgement. */
  readonly complianceFacts?: (() => SuppliedFacts) | undefined;
}

/**
 * Makes the one place that gates are judged in. Guard edges and phases both ask it, so they cannot disagree on the same
 * facts; what the checks said is remembered by gate and facts, so the second question is nearly free. Approvals are
 * looked at anew every time, because they expire.
 */
export function createJudge(options: JudgeOptions): Judge {
  const remembered = new Map<string, GateResult>();
  const evaluate = async (
    transition: Transition,
    facts: unknown,
    key: string,
  ): Promise<GateResult> => {
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const result = await evaluateGate(transition.gate, facts);
    if (!result.undecided) remember(remembered, key, result);
    return result;
  };
  // Of a view whose gate looks at nothing but its facts.
  const settled = new WeakMap<RunView, Verdict>();
  const judged = async (from: string, view: RunView, thread: string): Promise<Verdict> => {
    const { workflow } = options;
    const own = factsOf(view);
    const chosen = await chooseTransition(workflow, from, own.facts);
    if ('problem' in chosen) return closedGate(from, own.factsDigest, chosen.problem);
    const { transition } = chosen;
    const at = { transition, view, thread };
    const { facts, factsDigest } = wholeFacts(own, options, at);
    const key = `${transition.from} ${transition.to} ${transition.gate.digest} ${factsDigest}`;
    // What standards ask about has an end in time, so their answers are not kept.
    const said =
      workflow.compliance === undefined
        ? await evaluate(transition, facts, key)
        : await evaluateGate(transition.gate, facts);
    const result = waived(said, transition, options);
    const whole = withApproval(result, options, { ...at, facts });
    const verdict = verdictFrom(whole, { workflow, view, transition, factsDigest });
    // What is kept of it needs no copy any more.
    const frozen = frozenJson(verdict) as unknown as Verdict;
    const isLasting = options.waivers === undefined && workflow.compliance === undefined;
    if (isLasting && !result.undecided && dependsOnFactsOnly(transition, workflow))
      settled.set(view, frozen);
    return frozen;
  };
  return {
    verdictOn: async (view, thread) => {
      if (view.run === null || view.run.status !== 'running' || view.run.phase === null)
        return undefined;
      const from = view.run.phase;
      try {
        return settled.get(view) ?? (await judged(from, view, thread));
      } catch (error) {
        // Nothing in a gate may throw; what does all the same leads to where the run is closed with the reason.
        const name = isPhasegateError(error) ? error.code : 'an unexpected error';
        return closedGate(from, '', `The gate could not be judged: ${name}.`);
      }
    },
  };
}

/** An approval expires, and a condition is asked anew. */
function dependsOnFactsOnly({ from, gate }: Transition, { transitions }: WorkflowShape): boolean {
  return (
    gate.approval === undefined &&
    transitions.every((other) => other.from !== from || other.when === undefined)
  );
}

function remember(remembered: Map<string, GateResult>, key: string, result: GateResult): void {
  const oldest = remembered.size >= REMEMBERED ? remembered.keys().next().value : undefined;
  if (oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, result);
}

interface Case {
  readonly view: RunView;
  readonly transition: Transition;
  readonly thread: string;
}

function wholeFacts(own: ViewFacts, options: JudgeOptions, at: Case): ViewFacts {
  const { workflow, clock, complianceFacts: host } = options;
  const { compliance } = workflow;
  if (compliance === undefined) return own;
  return withComplianceFacts(own, compliance, { ...options, ...at, now: clock.now(), host });
}

function waived(
  result: GateResult,
  { gate, from, to }: Transition,
  { waivers, clock }: JudgeOptions,
): GateResult {
  const current = result.outcome === 'allow' ? [] : (waivers?.() ?? []);
  return current.length === 0
    ? result
    : applyWaivers(result, { gate, transition: { from, to }, waivers: current, now: clock.now() });
}

function withApproval(
  result: GateResult,
  options: JudgeOptions,
  at: Case & { readonly facts: unknown },
): GateResult {
  const { gate, from } = at.transition;
  if (gate.approval === undefined) return result;
  const now = options.clock.now();
  const problem = approvalProblem({ ...options, ...at, rule: gate.approval, now });
  const remedy =
    problem === undefined ? '' : `Let a person who may approve decide in the phase "${from}".`;
  const line = ownLine('approval', gate.digest, { message: problem ?? '', remedy });
  const checks = [...result.checks, line];
  if (problem === undefined) return { ...result, checks };
  const outcome = result.outcome === 'allow' ? 'revise' : result.outcome;
  return { ...result, checks, outcome, reviseTo: [...result.reviseTo, from] };
}

interface Placed {
  readonly workflow: WorkflowShape;
  readonly view: RunView;
  readonly transition: Transition;
  readonly factsDigest: string;
}

function verdictFrom(
  result: GateResult,
  { workflow, view, transition, factsDigest }: Placed,
): Verdict {
  const { from, to, gate } = transition;
  const verdict = { from, to, gateDigest: gate.digest, factsDigest, checks: [...result.checks] };
  if (result.outcome === 'allow')
    return { ...verdict, outcome: 'allow', destination: to, questions: [] };
  if (result.outcome === 'deny')
    return { ...verdict, outcome: 'deny', destination: BLOCKED, questions: [] };
  const destination = result.outcome === 'ask' ? from : earliest(workflow, result.reviseTo);
  const limit = workflow.phases.find(({ id }) => id === destination)?.maxAttempts ?? 0;
  if ((view.attempts[destination] ?? 0) >= limit) {
    const line = ownLine('attempts', gate.digest, {
      message: `The phase "${destination}" has had its ${limit} attempts in this run.`,
      remedy: 'Start a new run with better input, or raise maxAttempts of the phase.',
    });
    return {
      ...verdict,
      checks: [...verdict.checks, line],
      outcome: 'deny',
      destination: BLOCKED,
      questions: [],
    };
  }
  const questions: Question[] = result.outcome === 'ask' ? [...result.questions] : [];
  return { ...verdict, outcome: result.outcome, destination, questions };
}

function earliest({ phases }: WorkflowShape, targets: readonly string[]): string {
  return phases.find(({ id }) => targets.includes(id))?.id ?? BLOCKED;
}

function closedGate(from: string, factsDigest: string, message: string): Verdict {
  const line = ownLine('gate', '', {
    message,
    remedy: 'Mend the transitions out of the phase: their conditions ("when") and their gates.',
  });
  return {
    from,
    to: BLOCKED,
    outcome: 'deny',
    destination: BLOCKED,
    gateDigest: '',
    factsDigest,
    checks: [line],
    questions: [],
  };
}

/** A line that the gate itself adds; without a message it has passed. */
function ownLine(
  id: string,
  digest: string,
  said: { readonly message: string; readonly remedy: string },
): CheckReport {
  return {
    id,
    outcome: said.message === '' ? 'pass' : 'fail',
    mode: 'deny',
    ...said,
    paths: [],
    digest,
  };
}
