import type { z } from 'zod';

import { INPUT } from '../../state/index.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import { markedPlaces, type SensitiveField } from './marked-places.ts';

export type { SensitiveField } from './marked-places.ts';

/** The sensitive fields of a workflow, by phase id; those of its input under `input`. */
export type SensitiveFields = ReadonlyMap<string, readonly SensitiveField[]>;

const known = new WeakMap<WorkflowShape, SensitiveFields>();

/**
 * Gives the fields that schemas of a workflow mark by `.meta({ sensitive: true, subject: 'customer.id' })`: of its input, and of
 * the artifacts of its phases.
 *
 * @throws {@link InvalidDefinitionError} for a mark that is not `true`, and for one in a place that cannot be sealed.
 */
export function sensitiveFieldsOf(workflow: WorkflowShape): SensitiveFields {
  const found = known.get(workflow);
  if (found !== undefined) return found;
  const fields = new Map<string, readonly SensitiveField[]>();
  const add = (id: string, place: string, schema: z.ZodType): void => {
    const marked = markedPlaces(schema, `workflow "${workflow.id}", ${place}`);
    if (marked.length > 0) fields.set(id, marked);
  };
  add(INPUT, 'input', workflow.input);
  for (const { id, agent } of workflow.phases) add(id, `artifact of phase "${id}"`, agent.artifact);
  known.set(workflow, fields);
  return fields;
}
