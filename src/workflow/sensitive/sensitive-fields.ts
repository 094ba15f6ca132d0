import { z } from 'zod';

import { INPUT } from '../../state/index.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';

/** A field whose value is stored encrypted. */
export interface SensitiveField {
  /** Keys from the top of the value; `*` stands for every member of a list or a record. */
  readonly path: readonly string[];
  /** Where in the same value the person's key is named; undefined where nobody is named. */
  readonly subject: readonly string[] | undefined;
}

/** The sensitive fields of a workflow, by phase id; those of its input under `input`. */
export type SensitiveFields = ReadonlyMap<string, readonly SensitiveField[]>;

const known = new WeakMap<WorkflowShape, SensitiveFields>();

/**
 * Gives the fields that schemas of a workflow mark by `.meta({ sensitive: true, subject: 'customer.id' })`: of its input, and of
 * the artifacts of its phases.
 */
export function sensitiveFieldsOf(workflow: WorkflowShape): SensitiveFields {
  const found = known.get(workflow);
  if (found !== undefined) return found;
  const fields = new Map<string, readonly SensitiveField[]>();
  const add = (id: string, schema: z.ZodType): void => {
    const marked = fieldsOf(schema);
    if (marked.length > 0) fields.set(id, marked);
  };
  add(INPUT, workflow.input);
  for (const { id, agent } of workflow.phases) add(id, agent.artifact);
  known.set(workflow, fields);
  return fields;
}

function fieldsOf(schema: z.ZodType): readonly SensitiveField[] {
  const found: SensitiveField[] = [];
  const top = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', cycles: 'ref' });
  const definitions = { ...recordOf(top.$defs), '#': top };
  collect(top, [], { found, definitions, inside: ['#'] });
  return found;
}

interface Walk {
  readonly found: SensitiveField[];
  readonly definitions: Readonly<Record<string, unknown>>;
  /** References that were followed on the way down. */
  readonly inside: readonly string[];
}

/** Zod puts its metadata beside what JSON Schema says of a place. */
function collect(node: unknown, path: readonly string[], walk: Walk): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = recordOf(node);
  if (schema['sensitive'] === true) {
    const { subject } = schema;
    const named = typeof subject === 'string' ? subject.split('.') : undefined;
    walk.found.push({ path, subject: named });
    return;
  }
  const reference = schema['$ref'];
  if (typeof reference === 'string') follow(reference, path, walk);
  for (const [step, member] of membersOf(schema))
    collect(member, step === undefined ? path : [...path, step], walk);
}

function follow(reference: string, path: readonly string[], walk: Walk): void {
  const definition =
    reference === '#' ? walk.definitions['#'] : walk.definitions[reference.split('/').at(-1) ?? ''];
  if (!walk.inside.includes(reference)) {
    collect(definition, path, { ...walk, inside: [...walk.inside, reference] });
  } else if (JSON.stringify(definition ?? null).includes('"sensitive":true')) {
    // A schema that contains itself has no end: from the second round on, all of it is sealed.
    walk.found.push({ path, subject: undefined });
  }
}

/**
 * The schemas inside one.
 *
 * @yields Each with the key that leads there, if one does.
 */
function* membersOf(
  schema: Readonly<Record<string, unknown>>,
): Iterable<readonly [string | undefined, unknown]> {
  yield* Object.entries(recordOf(schema['properties']));
  for (const name of ['items', 'additionalProperties']) yield ['*', schema[name]];
  for (const name of ['anyOf', 'oneOf', 'allOf', 'prefixItems']) {
    const members: readonly unknown[] = Array.isArray(schema[name]) ? schema[name] : [];
    for (const member of members) yield [name === 'prefixItems' ? '*' : undefined, member];
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
