import type { SuppliedFacts } from '../compliance/index.ts';
import { systemClock } from '../kernel/index.ts';
import type { Waiver } from '../validation/index.ts';
import type { WorkflowShape } from './definition/workflow-shape.ts';
import { createJudge } from './guard/judge.ts';
import { reportVerdict, type ReportedVerdict } from './runner/run-report.ts';
import { readState } from './state/read-state.ts';
import { createSealer } from './state/sealer.ts';

/** Whose pending verdict to tell. */
export interface PendingVerdictOptions {
  readonly workflow: WorkflowShape;
  /** The key that the workflow was compiled with. */
  readonly sealKey: Uint8Array;
  readonly thread: string;
  /** As the workflow was compiled with. */
  readonly waivers?: (() => readonly Waiver[]) | undefined;
  /** As the workflow was compiled with. */
  readonly complianceFacts?: (() => SuppliedFacts) | undefined;
}

/**
 * Tells what the gate behind the last finished phase says now. A run that waits for a person has not written it yet:
 * the visit that the verdict let in is still open.
 *
 * @param values - `values` of LangGraph's state snapshot.
 * @returns The verdict; undefined when no phase has ended or the run has.
 * @throws UnreadableStateError if a part does not parse or its seal does not hold.
 */
export async function pendingVerdict(
  values: unknown,
  { workflow, sealKey, thread, waivers, complianceFacts }: PendingVerdictOptions,
): Promise<ReportedVerdict | undefined> {
  const sealer = createSealer(sealKey);
  const clock = systemClock;
  const judge = createJudge({
    workflow,
    sealer,
    clock,
    authenticatedOnly: false,
    waivers,
    complianceFacts,
  });
  const view = readState(values, { workflow, sealer, thread, whole: true });
  const verdict = await judge.verdictOn(view, thread);
  return verdict === undefined ? undefined : reportVerdict({ verdict })[0];
}
