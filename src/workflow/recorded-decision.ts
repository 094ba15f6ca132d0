import type { WorkflowShape } from './definition/workflow-shape.ts';
import { chooseTransition, factsOf } from './guard/choose-transition.ts';
import { readState } from './state/read-state.ts';
import { createSealer } from './state/sealer.ts';

/** What a gate was asked about at one place of a thread's history. */
export interface RecordedDecision {
  readonly from: string;
  readonly to: string;
  /** `{ input, artifacts, run }` as the gate saw it. */
  readonly facts: unknown;
  readonly factsDigest: string;
}

/**
 * Reads from a recorded state what the gate behind the last finished phase was asked about, to ask other rules the same.
 *
 * @param values - `values` of LangGraph's state snapshot.
 * @returns The question; undefined where no phase has ended, or no transition fits.
 * @throws UnreadableStateError if a part does not parse or its seal does not hold.
 */
export async function recordedDecision(
  values: unknown,
  {
    workflow,
    sealKey,
    thread,
  }: { readonly workflow: WorkflowShape; readonly sealKey: Uint8Array; readonly thread: string },
): Promise<RecordedDecision | undefined> {
  const view = readState(values, {
    workflow,
    sealer: createSealer(sealKey),
    thread,
    whole: true,
  });
  // A run that ended did so at the gate behind its last visit of a phase.
  const last = view.history.findLast(({ phase }) => workflow.phases.some(({ id }) => id === phase));
  if (view.run === null || last === undefined) return undefined;
  const { facts, factsDigest } = factsOf(view);
  const chosen = await chooseTransition(workflow, last.phase, facts);
  if ('problem' in chosen) return undefined;
  const { from, to } = chosen.transition;
  return { from, to, facts, factsDigest };
}
