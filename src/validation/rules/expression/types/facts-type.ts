import { NO_UNIT, plainType, type Kind, type ValueType } from './value-type.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A JSON Schema, and units that are declared beside it. */
export interface FactsSource {
  readonly schema: Schema;
  /** Units by path, such as `input.lines[].price`. A schema may also say `unit` itself. */
  readonly units: ReadonlyMap<string, string>;
}

const KINDS: ReadonlyMap<unknown, Kind> = new Map<unknown, Kind>([
  ['boolean', 'bool'],
  ['integer', 'int'],
  ['number', 'double'],
  ['string', 'string'],
  ['null', 'null'],
]);

/** The type of facts that a JSON Schema describes. What has no single type, such as a union, can be named but not used. */
export function factsType(source: FactsSource): ValueType {
  return typeAt(source.schema, source, '');
}

function typeAt(given: unknown, source: FactsSource, path: string): ValueType {
  const schema = resolved(given, source.schema);
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(alternatives)) return typeOfAlternatives(alternatives, source, path);
  if ('allOf' in schema || 'not' in schema) return plainType('unknown');
  const { type } = schema;
  if (Array.isArray(type)) {
    const each = type.map((one: unknown) => ({ ...schema, type: one }));
    return typeOfAlternatives(each, source, path);
  }
  if (type === 'array') return typeOfList(schema, source, path);
  if (type === 'object') return typeOfObject(schema, source, path);
  const kind = KINDS.get(type) ?? 'unknown';
  return { kind, nullable: false, unit: unitOf(schema, source, path) };
}

/** One type and null is that type, nullable; anything else has no single type. */
function typeOfAlternatives(
  schemas: readonly unknown[],
  source: FactsSource,
  path: string,
): ValueType {
  const types = schemas.map((schema) => typeAt(schema, source, path));
  const [only, ...others] = types.filter(({ kind }) => kind !== 'null');
  if (only === undefined) return plainType('null');
  if (others.length > 0) return plainType('unknown');
  return { ...only, nullable: only.nullable || types.length > 1 };
}

function typeOfList(schema: Schema, source: FactsSource, path: string): ValueType {
  const { items } = schema;
  if ('prefixItems' in schema || Array.isArray(items)) return plainType('unknown');
  return { ...plainType('list'), element: () => typeAt(items, source, `${path}[]`) };
}

function typeOfObject(schema: Schema, source: FactsSource, path: string): ValueType {
  const { properties, additionalProperties } = schema;
  const nameOf = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (isSchema(properties)) {
    const field = (name: string): ValueType | undefined =>
      Object.hasOwn(properties, name) ? typeAt(properties[name], source, nameOf(name)) : undefined;
    return { ...plainType('record'), field };
  }
  if (!isSchema(additionalProperties)) return { ...plainType('record'), field: () => undefined };
  return { ...plainType('map'), element: () => typeAt(additionalProperties, source, nameOf('*')) };
}

function unitOf(schema: Schema, { units }: FactsSource, path: string): string {
  const unit = units.get(path) ?? schema['unit'];
  return typeof unit === 'string' && unit !== 'count' ? unit : NO_UNIT;
}

function resolved(given: unknown, root: Schema): Schema {
  if (!isSchema(given)) return {};
  const { $ref } = given;
  if (typeof $ref !== 'string') return given;
  if ($ref === '#') return root;
  const [, group = '', name = ''] = /^#\/(\$defs|definitions)\/([^/]+)$/.exec($ref) ?? [];
  const definitions = root[group];
  const found = isSchema(definitions) && Object.hasOwn(definitions, name) ? definitions[name] : {};
  // A definition that only points on says nothing of its own.
  return isSchema(found) && !('$ref' in found) ? found : {};
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
