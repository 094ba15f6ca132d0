import type { JsonValue } from '../../kernel/index.ts';
import type { Manifest, Operation } from '../contract/index.ts';
import type { ManifestProblem } from '../errors/index.ts';

/** A JSON Schema, as far as it is looked at here. */
type ObjectSchema = Readonly<Record<string, JsonValue>>;

/** Which side of an operation a demand is about. */
export type Side = 'input' | 'output';

/** Gives the members that an object schema names; none for any other schema. */
export function propertiesOf(schema: ObjectSchema): Readonly<Record<string, JsonValue>> {
  const { properties } = schema;
  return isObject(properties) ? properties : {};
}

/** Gives the names that an object schema requires. */
export function requiredOf(schema: ObjectSchema): readonly string[] {
  const { required } = schema;
  return Array.isArray(required) ? required.map(String) : [];
}

/** Gives the values that a schema shows as examples. */
export function examplesOf(schema: ObjectSchema): readonly JsonValue[] {
  const { examples } = schema;
  return Array.isArray(examples) ? (examples as readonly JsonValue[]) : [];
}

/** Tells whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Gives an operation and its place in the manifest. */
export function findOperation(
  { contributes }: Manifest,
  name: string,
): { readonly operation: Operation; readonly path: string } | undefined {
  const index = contributes.operations.findIndex((operation) => operation.name === name);
  const operation = contributes.operations[index];
  return operation === undefined
    ? undefined
    : { operation, path: `contributes.operations.${index}` };
}

/** Refuses operations that change something outside of the plugin, or answer the same question in two ways. */
export function demandPure({ contributes }: Manifest, kind: string): readonly ManifestProblem[] {
  return contributes.operations.flatMap(({ sideEffects, idempotent }, index) => {
    const path = `contributes.operations.${index}`;
    const found: ManifestProblem[] = [];
    if (sideEffects)
      found.push({
        path: `${path}.sideEffects`,
        message: `An operation of a ${kind} has no side effects.`,
      });
    if (!idempotent)
      found.push({
        path: `${path}.idempotent`,
        message: `A ${kind} answers alike when asked again.`,
      });
    return found;
  });
}

/** Asks that an operation is there, and that its input or output is an object which requires some members. */
export function demandOperation(
  manifest: Manifest,
  name: string,
  members: Readonly<Partial<Record<Side, readonly string[]>>>,
): readonly ManifestProblem[] {
  const found = findOperation(manifest, name);
  if (found === undefined)
    return [
      {
        path: 'contributes.operations',
        message: `A ${manifest.kind} has an operation "${name}".`,
      },
    ];
  const sides: readonly Side[] = ['input', 'output'];
  return sides.flatMap((side) =>
    demandMembers(found.operation[side], `${found.path}.${side}`, members[side] ?? []),
  );
}

/** Asks that a schema describes an object which requires these members. */
export function demandMembers(
  schema: ObjectSchema,
  path: string,
  members: readonly string[],
): readonly ManifestProblem[] {
  if (members.length === 0) return [];
  if (schema['type'] !== 'object') return [{ path, message: 'Its schema has the type "object".' }];
  const known = propertiesOf(schema);
  const required = requiredOf(schema);
  return members
    .filter((name) => known[name] === undefined || !required.includes(name))
    .map((name) => ({ path, message: `It describes and requires "${name}".` }));
}
