import { z } from 'zod';

import type { JsonValue } from '../../../kernel/index.ts';
import { WorkflowPlan } from '../../../state/index.ts';
import { KindMismatchError } from '../../errors/index.ts';
import type { OperationCall } from '../../executor/operation-call.ts';
import type { OperationCaller } from '../kind.ts';

/** What a template is filled in with, and for whom. */
export interface TemplateCall extends Pick<
  OperationCall,
  'plugin' | 'caller' | 'signal' | 'place'
> {
  readonly parameters: Readonly<Record<string, JsonValue>>;
  /** The version that is meant; the active one unless told. */
  readonly version?: string;
}

const Instantiated = z.object({ plan: WorkflowPlan });

/**
 * Asks a template's plugin for a plan. `workflowFrom` of `phasegate/workflow` makes a runnable workflow of it, with a catalogue
 * of agents and checks.
 *
 * @throws PLUGINS_*; {@link KindMismatchError} for an answer without a plan.
 */
export async function instantiateTemplate(
  executor: OperationCaller,
  call: TemplateCall,
): Promise<WorkflowPlan> {
  return (await instantiatedPlan(executor, call)).plan;
}

/** The same, with the digest of the version that made the plan. */
export async function instantiatedPlan(
  executor: OperationCaller,
  call: TemplateCall,
): Promise<{ readonly plan: WorkflowPlan; readonly digest: string }> {
  const { parameters, version, ...caller } = call;
  const input = version === undefined ? { parameters } : { parameters, version };
  const { output, digest } = await executor.execute({ ...caller, operation: 'instantiate', input });
  const parsed = Instantiated.safeParse(output);
  if (!parsed.success) throw new KindMismatchError(call.plugin, 'instantiate', 'a workflow plan');
  return { plan: parsed.data.plan, digest };
}
