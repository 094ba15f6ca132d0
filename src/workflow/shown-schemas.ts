import { z } from 'zod';

import {
  Approval,
  ArtifactRecord,
  INPUT,
  PhaseRecord,
  Refusal,
  RunRecord,
} from '../state/index.ts';
import type { WorkflowShape } from './definition/workflow-shape.ts';

/** JSON Schemas, in the form in which a LangGraph server asks a graph's builder for them. */
export interface ShownSchemas {
  /** Of the whole state. */
  getJsonSchema(): unknown;
  /** Of what a caller sends in. */
  getInputJsonSchema(): unknown;
}

/** Gives the schemas from which LangGraph Studio makes its input form and explains a thread's state. */
export function shownSchemas(workflow: WorkflowShape): ShownSchemas {
  const { title, input } = workflow;
  return Object.freeze({
    getJsonSchema: () => jsonSchema(stateOf(workflow), 'output'),
    getInputJsonSchema: () =>
      jsonSchema(z.strictObject({ [INPUT]: input }).meta({ title }), 'input'),
  });
}

function stateOf({ title, input, phases }: WorkflowShape): z.ZodType {
  const held = [{ id: INPUT, value: input }].concat(
    phases.map(({ id, agent }) => ({ id, value: agent.artifact })),
  );
  const records = held.map(({ id, value }) => [id, ArtifactRecord.extend({ value }).optional()]);
  return z
    .object({
      [INPUT]: input.nullable(),
      run: RunRecord.nullable(),
      artifacts: z.object(Object.fromEntries(records) as Record<string, z.ZodType>),
      history: z.array(PhaseRecord),
      approvals: z.array(Approval),
      refusals: z.array(Refusal),
    })
    .meta({ title });
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  // What JSON Schema cannot say, such as a transformed value, is shown as anything.
  return z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-7' });
}
