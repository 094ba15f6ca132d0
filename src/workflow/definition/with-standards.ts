import type { Compliance } from '../../compliance/index.ts';
import type { Binding } from '../../validation/index.ts';
import { InvalidDefinitionError } from '../errors.ts';
import { withBindings } from './with-bindings.ts';
import type { WorkflowDescription } from './workflow-description.ts';
import type { Workflow, WorkflowFacts } from './workflow.ts';

/**
 * Gives a workflow whose gates also ask by standards. Their checks read facts that the engine, whoever compiles the workflow and the
 * workflow itself supply; what is missing denies.
 *
 * @throws COMPLIANCE_INVALID_BINDING for a check that finds no transition; {@link InvalidDefinitionError} where standards are
 * bound already.
 */
export function withStandards<Input, Artifacts>(
  workflow: WorkflowDescription<Input, Artifacts>,
  compliance: Compliance<WorkflowFacts<Input, Artifacts>>,
): Workflow<Input, Artifacts> {
  if (workflow.compliance !== undefined)
    throw new InvalidDefinitionError(
      `workflow "${workflow.id}"`,
      'standards that are bound once, all together',
    );
  const more = compliance.bindingsFor(workflow.transitions);
  const bound = { ...workflow, compliance };
  return withBindings(
    bound,
    // What they read stands beside the workflow's own facts wherever standards are bound.
    ({ from, to }) => (more.get(`${from} -> ${to}`) ?? []) as readonly Binding<object>[],
  );
}
