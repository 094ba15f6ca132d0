import type { WorkflowShape } from './definition/workflow-shape.ts';
import { readState } from './state/read-state.ts';
import { createSealer } from './state/sealer.ts';

/**
 * Checks every seal of a thread's state, for whoever shows it without running it.
 *
 * @param values - `values` of LangGraph's state snapshot.
 * @param sealKey - The key that the workflow was compiled with.
 * @throws {@link UnreadableStateError} if a part does not parse, its seal does not hold, or it comes from another thread.
 */
export function verifyState(
  values: unknown,
  { workflow, sealKey, thread }: { workflow: WorkflowShape; sealKey: Uint8Array; thread: string },
): void {
  readState(values, { workflow, sealer: createSealer(sealKey), thread, whole: true });
}
