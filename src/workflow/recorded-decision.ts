import type { SuppliedFacts } from '../compliance/index.ts';
import type { WorkflowShape } from './definition/workflow-shape.ts';
import { chooseTransition, factsOf } from './guard/choose-transition.ts';
import { withComplianceFacts } from './guard/compliance-facts.ts';
import { readState } from './state/read-state.ts';
import { createSealer } from './state/sealer.ts';

/** What a gate was asked about at one place of a thread's history. */
export interface RecordedDecision {
  readonly from: string;
  readonly to: string;
  /** The visit behind which the gate stood. */
  readonly visit: string;
  /** `{ input, artifacts, run }` as the gate saw it, and `compliance` where it is asked for. */
  readonly facts: unknown;
  readonly factsDigest: string;
}

/** Where a recorded decision is read from. */
export interface RecordedDecisionOptions {
  readonly workflow: WorkflowShape;
  readonly sealKey: Uint8Array;
  readonly thread: string;
  /** Asks for what standards are told, too, as far as it can be made again of the recorded state. */
  readonly compliance?: {
    /** ISO-8601 UTC instant that the question is asked for. */
    readonly at: string;
    /** What the house tells; nothing of it is recorded. */
    readonly host: SuppliedFacts;
    readonly authenticatedOnly: boolean;
  };
}

/**
 * Reads from a recorded state what the gate behind the last finished phase was asked about, to ask other rules the same.
 *
 * @param values - `values` of LangGraph's state snapshot.
 * @returns The question; undefined where no phase has ended, or no transition fits.
 * @throws whatever the workflow's own facts throw; UnreadableStateError if a part does not parse or its seal does not hold.
 */
export async function recordedDecision(
  values: unknown,
  { workflow, sealKey, thread, compliance: told }: RecordedDecisionOptions,
): Promise<RecordedDecision | undefined> {
  const sealer = createSealer(sealKey);
  const view = readState(values, { workflow, sealer, thread, whole: true });
  // A run that ended did so at the gate behind its last visit of a phase.
  const last = view.history.findLast(({ phase }) => workflow.phases.some(({ id }) => id === phase));
  if (view.run === null || last === undefined) return undefined;
  const own = factsOf(view);
  const chosen = await chooseTransition(workflow, last.phase, own.facts);
  if ('problem' in chosen) return undefined;
  const { transition } = chosen;
  const place = { from: transition.from, to: transition.to, visit: last.visit };
  const { compliance } = workflow;
  if (told === undefined || compliance === undefined) return { ...place, ...own };
  const { at: now, host, authenticatedOnly } = told;
  const whole = withComplianceFacts(own, compliance, {
    workflow,
    transition,
    view,
    thread,
    sealer,
    now,
    authenticatedOnly,
    host: () => host,
    isRecorded: true,
  });
  return { ...place, ...whole };
}
