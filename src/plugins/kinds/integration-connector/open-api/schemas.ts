import type { JsonValue } from '../../../../kernel/index.ts';
import { isObject } from '../../schema-shape.ts';

type JsonObject = Readonly<Record<string, JsonValue>>;

/** How deep a schema is written out; deeper, and where it contains itself, anything is taken. */
const MAX_DEPTH = 12;
/** What JSON Schema and OpenAPI have in common and a validator needs. The rest is for documentation. */
const KEPT = new Set([
  'type',
  'enum',
  'const',
  'required',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'title',
  'description',
  'default',
]);
const FORMATS = new Set(['date', 'date-time', 'email', 'uri', 'uuid', 'ipv4', 'ipv6', 'hostname']);

/** Gives what a local reference (`#/components/...`) points to; what is no reference is given back. */
export function dereferenced(document: JsonObject, value: JsonValue | undefined): JsonObject {
  let found: JsonValue | undefined = value;
  // A reference may point to one; in a circle they lead nowhere.
  for (let hops = 0; hops < MAX_DEPTH; hops++) {
    if (!isObject(found)) return {};
    const { $ref } = found;
    if (typeof $ref !== 'string') return found;
    found = $ref.startsWith('#/') ? at(document, $ref.slice(2).split('/')) : undefined;
  }
  return {};
}

/** Writes an OpenAPI 3.0 or 3.1 schema out as JSON Schema without references. */
export function jsonSchemaOf(
  document: JsonObject,
  value: JsonValue | undefined,
  depth = 0,
): JsonObject {
  if (depth > MAX_DEPTH) return {};
  const schema = dereferenced(document, value);
  const next = (member: JsonValue | undefined): JsonObject =>
    jsonSchemaOf(document, member, depth + 1);
  const out: Record<string, JsonValue> = { ...keptOf(schema) };
  const { properties, items, additionalProperties, nullable } = schema;
  if (isObject(properties)) out['properties'] = mapped(properties, next);
  if (items !== undefined) out['items'] = next(items);
  if (isObject(additionalProperties)) out['additionalProperties'] = next(additionalProperties);
  else if (additionalProperties !== undefined) out['additionalProperties'] = additionalProperties;
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
    const parts = schema[key];
    if (Array.isArray(parts)) out[key] = (parts as readonly JsonValue[]).map(next);
  }
  // OpenAPI 3.0 says so what 3.1 says by the type "null".
  return nullable === true ? { anyOf: [out, { type: 'null' }] } : out;
}

function keptOf(schema: JsonObject): JsonObject {
  const kept = Object.entries(schema).filter(
    ([key, member]) =>
      KEPT.has(key) || (key === 'format' && typeof member === 'string' && FORMATS.has(member)),
  );
  return Object.fromEntries(kept);
}

function mapped(
  properties: JsonObject,
  next: (member: JsonValue) => JsonObject,
): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, member]) => [name, next(member)]),
  );
}

function at(document: JsonObject, path: readonly string[]): JsonValue | undefined {
  let found: JsonValue | undefined = document;
  for (const step of path) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return found;
}
