import { z } from 'zod';

import { InvalidDefinitionError } from '../errors.ts';

/** A field whose value is stored encrypted. */
export interface SensitiveField {
  /** Keys from the top of the value; `*` stands for every member of a list or a record. */
  readonly path: readonly string[];
  /** Where in the same value the person's key is named; undefined where nobody is named. */
  readonly subject: readonly string[] | undefined;
}

type Schema = z.core.$ZodType;

/** Deeper than any schema that ends; one that makes itself anew at each step never does. */
const MAX_DEPTH = 64;

/** What zod's schemas are made of, by the names that zod gives it, and the key that leads there. */
const PARTS: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  object: { shape: undefined, catchall: '*' },
  array: { element: '*' },
  tuple: { items: '*', rest: '*' },
  record: { valueType: '*' },
  union: { options: undefined },
  intersection: { left: undefined, right: undefined },
  optional: { innerType: undefined },
  nullable: { innerType: undefined },
  nonoptional: { innerType: undefined },
  default: { innerType: undefined },
  prefault: { innerType: undefined },
  catch: { innerType: undefined },
  readonly: { innerType: undefined },
  lazy: { getter: undefined },
};

interface Walk {
  readonly found: SensitiveField[];
  /** What the schema belongs to, for messages. */
  readonly owner: string;
  /** Schemas on the way down. */
  readonly inside: readonly Schema[];
}

/**
 * Gives the places of a schema that are marked sensitive.
 *
 * @param owner - What the schema belongs to, for messages.
 * @throws {@link InvalidDefinitionError} for a mark that is not `true` or not understood, one in a place that cannot be sealed
 * (the keys of a record, a map, a set, a promise, …), and marks of several persons on both sides of a pipe.
 */
export function markedPlaces(schema: Schema, owner: string): readonly SensitiveField[] {
  const found: SensitiveField[] = [];
  collect(schema, [], { found, owner, inside: [] });
  // What holds another is sealed first: the other one is within it then.
  return found.toSorted((one, other) => one.path.length - other.path.length);
}

function collect(schema: Schema, path: readonly string[], walk: Walk): void {
  const mark = markOf(schema, path, walk);
  if (mark !== undefined) {
    walk.found.push({ path, subject: mark.subject });
    // Within what is sealed, marks change nothing, but a mistake in one is one all the same.
    marksIn(schema, path, walk);
    return;
  }
  if (walk.inside.includes(schema) || walk.inside.length > MAX_DEPTH) {
    // A schema that contains itself has no end: from the second round on, all of it is sealed.
    if (marksIn(schema, path, walk).length > 0) walk.found.push({ path, subject: undefined });
    return;
  }
  const inner: Walk = { ...walk, inside: [...walk.inside, schema] };
  const { type } = schema._zod.def;
  if (type === 'pipe') {
    collectPipe(schema, path, walk);
    return;
  }
  const steps = PARTS[type] ?? {};
  for (const { name, key, part } of partsOf(schema)) {
    if (!(name in steps)) {
      if (marksIn(part, path, walk).length > 0)
        throw refused(
          walk,
          path,
          `no sensitive mark within "${name}" of a ${type}, which cannot be sealed`,
        );
      continue;
    }
    const step = name === 'shape' ? key : steps[name];
    collect(part, step === undefined ? path : [...path, step], inner);
  }
}

/** The sides of a pipe may differ in shape, and either may be stored: the place as a whole is sealed. */
function collectPipe(schema: Schema, path: readonly string[], walk: Walk): void {
  const marks = marksIn(schema, path, walk);
  const subjects = new Map(marks.map(({ subject }) => [subject?.join('.'), subject]));
  if (subjects.size > 1)
    throw refused(walk, path, 'marks of one person only within a pipe, a codec or a transform');
  for (const subject of subjects.values()) walk.found.push({ path, subject });
}

interface Mark {
  readonly subject: readonly string[] | undefined;
}

function markOf(schema: Schema, path: readonly string[], walk: Walk): Mark | undefined {
  const meta = z.globalRegistry.get(schema);
  if (meta === undefined || meta['sensitive'] === undefined) return undefined;
  if (meta['sensitive'] !== true)
    throw refused(walk, path, '"sensitive" to be true, or not to be there');
  const { subject } = meta;
  if (subject === undefined) return { subject };
  if (typeof subject !== 'string' || subject === '')
    throw refused(walk, path, '"subject" to be a path such as "customer.id"');
  return { subject: subject.split('.') };
}

/** All marks in a schema, itself included, wherever they are. */
function marksIn(schema: Schema, path: readonly string[], walk: Walk): readonly Mark[] {
  const seen = new Set<Schema>();
  const open = [schema];
  const marks: Mark[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    if (seen.size > MOST_SCHEMAS) throw refused(walk, path, 'a schema that comes to an end');
    seen.add(next);
    marks.push(...[markOf(next, path, walk)].filter((mark) => mark !== undefined));
    for (const { part } of partsOf(next)) open.push(part);
  }
  return marks;
}

/** More schemas than one has that ends. */
const MOST_SCHEMAS = 20_000;

interface Part {
  /** The name of the member of zod's definition. */
  readonly name: string;
  /** The key within that member, if it is an object of several. */
  readonly key: string | undefined;
  readonly part: Schema;
}

/**
 * The schemas that a schema is made of, kinds that are not known here included.
 *
 * @yields Each with where it stands.
 */
function* partsOf(schema: Schema): Iterable<Part> {
  const { def } = schema._zod;
  if (def.type === 'lazy') {
    const { innerType } = schema._zod as { readonly innerType?: unknown };
    if (isSchema(innerType)) yield { name: 'getter', key: undefined, part: innerType };
    return;
  }
  for (const [name, member] of Object.entries(def)) {
    if (isSchema(member)) yield { name, key: undefined, part: member };
    const several = typeof member === 'object' && member !== null ? Object.entries(member) : [];
    for (const [key, part] of isSchema(member) ? [] : several)
      if (isSchema(part)) yield { name, key, part };
  }
}

function isSchema(value: unknown): value is Schema {
  return (
    typeof value === 'object' && value !== null && '_zod' in value && 'def' in Object(value._zod)
  );
}

function refused(
  { owner }: Walk,
  path: readonly string[],
  expected: string,
): InvalidDefinitionError {
  return new InvalidDefinitionError(`${owner}, at "${path.join('.') || 'the top'}"`, expected);
}
