import { z } from 'zod';

/** A JSON Schema as the model is given it. */
export interface ModelSchema {
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether it keeps to what strict decoding supports. */
  readonly strict: boolean;
  /** Whether the answer sits in a member `value`, because the root has to be an object. */
  readonly wrapped: boolean;
}

type Node = Readonly<Record<string, unknown>>;

const INEXPRESSIBLE = [
  'allOf',
  'not',
  'if',
  'patternProperties',
  'propertyNames',
  'prefixItems',
  'dependentSchemas',
];
const CONSTRAINTS =
  'minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems default'.split(
    ' ',
  );
const MAX_NOTE_LENGTH = 200;

/**
 * Gives the JSON Schema of what `schema` takes in, in the common subset that strict decoding of OpenAI and Azure accepts:
 * every member required (an optional one may be null instead), no other members, `anyOf` for unions, constraints in words.
 * Records, tuples, intersections and `unknown` have no strict form: such a schema is given as it is, with `strict: false`.
 *
 * @throws Error of zod if the schema has no JSON form at all (dates, bigints, functions).
 * @see https://platform.openai.com/docs/guides/structured-outputs (supported schemas)
 */
export function modelSchema(schema: z.ZodType): ModelSchema {
  const { $schema: _dialect, ...raw } = asNode(z.toJSONSchema(schema, { io: 'input' }));
  const wrapped = raw['type'] !== 'object';
  const root = wrapped ? wrap(raw) : raw;
  return hasStrictForm(root)
    ? { schema: strictRoot(root), strict: true, wrapped }
    : { schema: root, strict: false, wrapped };
}

function wrap(raw: Node): Node {
  const { $defs, ...answer } = raw;
  // What referred to the root now refers to where the root went.
  const text = JSON.stringify({ ...asNode($defs), __answer: answer }).replaceAll(
    '"$ref":"#"',
    '"$ref":"#/$defs/__answer"',
  );
  const definitions: unknown = JSON.parse(text);
  return {
    type: 'object',
    properties: { value: { $ref: '#/$defs/__answer' } },
    required: ['value'],
    additionalProperties: false,
    $defs: definitions,
  };
}

function hasStrictForm(value: unknown): boolean {
  const node = asNode(value);
  // What is said of a scalar besides its type (several patterns, say) is a constraint, and can be left to zod.
  if (isScalar(node)) return true;
  if (INEXPRESSIBLE.some((keyword) => keyword in node)) return false;
  if (!Object.values(asNode(node['$defs'])).every(hasStrictForm)) return false;
  const branches = node['anyOf'] ?? node['oneOf'];
  if (Array.isArray(branches)) return branches.every(hasStrictForm);
  if ('$ref' in node || 'const' in node || 'enum' in node) return true;
  if (node['type'] === 'array') return hasStrictForm(node['items']);
  return node['type'] === 'object' && isClosed(node);
}

/** One scalar type, or several: zod writes a nullable string as `["string", "null"]`. */
function isScalar(node: Node): boolean {
  const types: readonly unknown[] = [node['type']].flat();
  return types.every((type) => typeof type === 'string' && type !== 'object' && type !== 'array');
}

function isClosed(node: Node): boolean {
  const extra = node['additionalProperties'];
  const members = Object.values(asNode(node['properties']));
  return (extra === undefined || extra === false) && members.every(hasStrictForm);
}

function strictRoot(root: Node): Node {
  const { $defs, ...node } = root;
  const strict = strictNode(node);
  if ($defs === undefined) return strict;
  return { ...strict, $defs: mapMembers(asNode($defs), strictNode) };
}

function strictNode(value: unknown): Node {
  const node = asNode(value);
  if (typeof node['$ref'] === 'string') return { $ref: node['$ref'] };
  const branches = node['anyOf'] ?? node['oneOf'];
  if (Array.isArray(branches)) return { ...described(node), anyOf: branches.map(strictNode) };
  if ('const' in node) return { ...described(node), ...typed(node), enum: [node['const']] };
  if (Array.isArray(node['enum']))
    return { ...described(node), ...typed(node), enum: node['enum'] };
  if (node['type'] === 'object') return { ...described(node), ...strictObject(node) };
  if (node['type'] === 'array')
    return { ...described(node), type: 'array', items: strictNode(node['items']) };
  return { ...described(node), ...typed(node) };
}

function strictObject(node: Node): Node {
  const properties = asNode(node['properties']);
  const required: readonly unknown[] = Array.isArray(node['required']) ? node['required'] : [];
  return {
    type: 'object',
    properties: mapMembers(properties, (member, name) => {
      const strict = strictNode(member);
      return required.includes(name) || admitsNull(strict)
        ? strict
        : { anyOf: [strict, { type: 'null' }] };
    }),
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

function admitsNull(node: Node): boolean {
  if ([node['type']].flat().includes('null')) return true;
  return Array.isArray(node['anyOf']) && node['anyOf'].some((branch) => admitsNull(asNode(branch)));
}

function typed(node: Node): Node {
  return node['type'] === undefined ? {} : { type: node['type'] };
}

/** The description with the constraints that strict decoding does not know, in words. */
function described(node: Node): Node {
  const notes = CONSTRAINTS.flatMap((keyword) => noteOf(node, keyword));
  const own = typeof node['description'] === 'string' ? node['description'] : '';
  const text = [own, notes.length === 0 ? '' : `(${notes.join(', ')})`]
    .filter((part) => part !== '')
    .join(' ');
  return text === '' ? {} : { description: text };
}

function noteOf(node: Node, keyword: string): readonly string[] {
  const constraint = node[keyword];
  if (constraint === undefined) return [];
  // zod writes the pattern of a known format out, and the bounds of a safe integer: neither tells the model anything.
  if (keyword === 'pattern' && node['format'] !== undefined) return [];
  if (typeof constraint === 'number' && Math.abs(constraint) === Number.MAX_SAFE_INTEGER) return [];
  const note = `${keyword}: ${JSON.stringify(constraint)}`;
  return note.length > MAX_NOTE_LENGTH ? [] : [note];
}

function mapMembers(node: Node, change: (member: unknown, name: string) => Node): Node {
  return Object.fromEntries(
    Object.entries(node).map(([name, member]) => [name, change(member, name)]),
  );
}

/** The members of a schema; none for what is not an object, such as `true`. */
function asNode(value: unknown): Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value));
}
