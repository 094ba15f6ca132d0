import type { Compliance, Standard } from '../../compliance/index.ts';
import type { Binding } from '../../validation/index.ts';
import { InvalidDefinitionError } from '../errors.ts';
import { withBindings, withGates } from './with-bindings.ts';
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

/**
 * Gives a workflow whose gates ask by another edition of one of its standards, bound in the same way.
 *
 * @throws {@link InvalidDefinitionError} where no standards are bound; COMPLIANCE_INVALID_BINDING for one that is not among them, and
 * for a check that finds no transition.
 */
export function withEdition<Input, Artifacts>(
  workflow: WorkflowDescription<Input, Artifacts>,
  edition: Standard,
): Workflow<Input, Artifacts> {
  const { compliance, transitions } = workflow;
  if (compliance === undefined)
    throw new InvalidDefinitionError(`workflow "${workflow.id}"`, 'gates that ask by standards');
  const changed = compliance.withEdition(edition);
  const [was, is] = [compliance.bindingsFor(transitions), changed.bindingsFor(transitions)];
  return withGates({ ...workflow, compliance: changed }, ({ from, to, gate }) => {
    const move = `${from} -> ${to}`;
    const replaced = new Set((was.get(move) ?? []).map(({ check }) => check.id));
    const others = gate.bindings.filter(({ check }) => !replaced.has(check.id));
    return [...others, ...(is.get(move) ?? [])] as readonly Binding[];
  });
}
