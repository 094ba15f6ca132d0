import type { Compliance, CompliancePlace, SuppliedFacts } from '../../compliance/index.ts';
import { digestOf, frozenJson } from '../../kernel/index.ts';
import type { Approval, Principal } from '../../state/index.ts';
import type { PhaseShape } from '../definition/phase.ts';
import type { Transition, WorkflowShape } from '../definition/workflow-shape.ts';
import type { RunView } from '../state/run-view.ts';
import type { Sealer } from '../state/sealer.ts';
import { subjectDigest } from './approvals.ts';
import type { ViewFacts } from './choose-transition.ts';

/** Where and by whom compliance facts are asked for. */
export interface ComplianceCase {
  readonly workflow: WorkflowShape;
  readonly transition: Transition;
  readonly view: RunView;
  readonly thread: string;
  readonly sealer: Sealer;
  /** ISO-8601 UTC. */
  readonly now: string;
  readonly authenticatedOnly: boolean;
  /** What whoever compiled the workflow knows; asked at each judgement. */
  readonly host: (() => SuppliedFacts) | undefined;
  /** Asked again of what was recorded: an approval counts under the gate that it was given at, which may have changed since. */
  readonly isRecorded?: boolean;
}

/**
 * Puts the facts that standards are asked about beside those of the run. Their digest leaves the instant out, and what of a budget
 * is spent, so that a visit that runs again after a crash tells the same.
 *
 * @throws whatever the workflow's or the host's function throws, and KERNEL_NOT_JSON for what is not JSON.
 */
export function withComplianceFacts(
  { facts, factsDigest }: ViewFacts,
  compliance: Compliance,
  given: ComplianceCase,
): ViewFacts {
  const { transition, now, host } = given;
  const { from, to } = transition;
  const approvals = validApprovals(given);
  const supplied = host?.() ?? {};
  const engine = {
    ...engineFacts(facts, given),
    ...spentOf(supplied.budget, given),
    sessions: approvals.map(({ by, givenAt, expiresAt }) => ({
      id: by,
      kind: 'approval' as const,
      startedAt: givenAt,
      lastUsedAt: givenAt,
      expiresAt,
    })),
  };
  const place: CompliancePlace = { now, from, to, approvals, engine };
  // The facts are those of the workflow that the compliance was defined for.
  const factsAt = compliance.factsAt as (
    ...of: [unknown, CompliancePlace, SuppliedFacts]
  ) => object;
  const told = frozenJson(factsAt(facts, place, supplied));
  const lasting = {
    ...(told as object),
    now: '',
    ...(engine.budget && { budget: supplied.budget }),
  };
  const digest = digestOf({ factsDigest, compliance: lasting });
  return { facts: Object.freeze({ ...(facts as object), compliance: told }), factsDigest: digest };
}

/** What the engine vouches for: who asked, who carried it out, what was judged before, and that state has its shape. */
function engineFacts(
  facts: unknown,
  { workflow, transition, view }: ComplianceCase,
): SuppliedFacts {
  const requester = view.run?.by;
  const rule = transition.gate.approval;
  const subject = rule === undefined ? undefined : subjectDigest({ rule, facts });
  const agents = view.history.flatMap(({ agent }) => agent ?? []);
  const executors = [...new Set(agents)];
  return {
    transition: { workflow: workflow.id, ...(subject === undefined ? {} : { subject }) },
    actors: { executors, ...(requester && { requester: requester.id }) },
    access: {
      policy: transition.gate.digest,
      byDefault: 'deny',
      actions: view.history.flatMap(({ visit, phase, verdict, startedAt }) =>
        verdict === null
          ? []
          : {
              id: visit,
              decision: verdict.destination === phase ? 'allow' : 'none',
              policy: verdict.gateDigest,
              // A phase judges its gate when it is entered, before its agent runs.
              decidedAt: startedAt,
              executedAt: startedAt,
            },
      ),
    },
    validated: Object.keys(view.artifacts).map((what) => ({ what, kind: 'state', valid: true })),
    handovers: handoversTo(workflow.phases.find(({ id }) => id === transition.to)),
    // No visit is written before the trail has taken its records, and each of them has these fields.
    recorded: { stateChanges: view.history.length, entries: view.history.length, gaps: [] },
    recordFields: RECORD_FIELDS,
    ...(requester && { recordedActors: actorsOf(requester, executors) }),
  };
}

/** What every entry says that a run writes: what the event tells, and what the trail adds. */
const RECORD_FIELDS = ['actor', 'kind', 'at', 'outcome', 'where', 'target', 'policy'];

/** An agent is handed the input and the artifacts that it declares, parsed by the schemas that it declares, and nothing else. */
function handoversTo(phase: PhaseShape | undefined): NonNullable<SuppliedFacts['handovers']> {
  if (phase === undefined) return [];
  const { id, reads } = phase.agent;
  const declared = ['input', ...Object.keys(reads).map((name) => `artifacts.${name}`)];
  return [{ to: id, fields: declared, declared }];
}

/** Whoever compiles says the limits; what is spent of them is counted here. */
function spentOf(
  limits: SuppliedFacts['budget'],
  { view, now }: ComplianceCase,
): Pick<SuppliedFacts, 'budget'> {
  if (limits === undefined) return {};
  const { steps, tokens, costUsd, wallClockMs } = limits;
  const [first] = view.history;
  const sinceMs = first === undefined ? 0 : Date.parse(now) - Date.parse(first.startedAt);
  return {
    budget: {
      steps: { ...steps, used: view.history.length },
      tokens: { ...tokens, used: view.usage.inputTokens + view.usage.outputTokens },
      costUsd: { ...costUsd, used: view.usage.costUsd },
      wallClockMs: { ...wallClockMs, used: Math.max(0, sinceMs) },
    },
  };
}

function actorsOf(
  { id, kind, authenticated }: Principal,
  agents: readonly string[],
): NonNullable<SuppliedFacts['recordedActors']> {
  return [
    { id, kind: kindOf(kind), authenticated, onBehalfOf: null },
    ...agents.map((agent) => ({
      id: agent,
      kind: 'agent' as const,
      authenticated: true,
      onBehalfOf: id,
    })),
  ];
}

function kindOf(kind: Principal['kind']): 'human' | 'service' | 'unknown' {
  if (kind === 'person') return 'human';
  return kind === 'unknown' ? 'unknown' : 'service';
}

/** Approvals of this run whose seal and policy hold; whether they are in date and for what is there is for the checks. */
function validApprovals(given: ComplianceCase): CompliancePlace['approvals'] {
  return given.view.approvals
    .filter((approval) => isValid(approval, given))
    .map((approval) => {
      const { by, subjectDigest: subject, givenAt, expiresAt } = approval;
      // Nothing but the caller's word stands behind somebody who is not authenticated.
      const kind = by.authenticated || by.kind !== 'person' ? kindOf(by.kind) : 'unknown';
      return { by: by.id, kind, roles: [...by.roles], subject, givenAt, expiresAt };
    });
}

function isValid(
  approval: Approval,
  { view, thread, sealer, workflow, authenticatedOnly, isRecorded = false }: ComplianceCase,
): boolean {
  const { from, to, gateDigest, by } = approval;
  const gate = workflow.transitions.find((one) => one.from === from && one.to === to)?.gate;
  return (
    sealer.verify('approval', approval) &&
    approval.thread === thread &&
    approval.run === view.run?.id &&
    (isRecorded || gateDigest === gate?.digest) &&
    (by.authenticated || !authenticatedOnly)
  );
}
