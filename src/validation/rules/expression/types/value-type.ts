/** What a value of an expression can be. `unknown` is a fact without one type: it cannot be used. */
export type Kind =
  | 'bool'
  | 'int'
  | 'double'
  | 'string'
  | 'null'
  | 'timestamp'
  | 'duration'
  | 'list'
  | 'map'
  | 'record'
  | 'unknown';

/** The static type of an expression or of a fact. */
export interface ValueType {
  readonly kind: Kind;
  readonly nullable: boolean;
  /** Of a number: {@link NO_UNIT} where none is declared, {@link ANY_UNIT} for a literal. */
  readonly unit: string;
  /** Of a record: the type of a declared field; undefined for any other. */
  readonly field?: (name: string) => ValueType | undefined;
  /** Of a list or a map: the type of what it holds. */
  readonly element?: () => ValueType;
}

export const NO_UNIT = '';
/** A literal takes the unit of what stands beside it. */
export const ANY_UNIT = '*';

/** A type without members. */
export function plainType(kind: Kind, unit: string = NO_UNIT): ValueType {
  return { kind, nullable: false, unit };
}

/** A list of `element`. */
export function listType(element: ValueType): ValueType {
  return { kind: 'list', nullable: false, unit: NO_UNIT, element: () => element };
}

const SCALARS: ReadonlySet<Kind> = new Set<Kind>(['bool', 'int', 'double', 'string']);
const ORDERED: ReadonlySet<Kind> = new Set<Kind>([
  'int',
  'double',
  'string',
  'timestamp',
  'duration',
]);

/** Whether JSON has a word for the value: true, a number or a text. */
export function isScalar({ kind }: ValueType): boolean {
  return SCALARS.has(kind);
}

/** Whether two values of the type can be told greater and smaller. */
export function isOrdered({ kind }: ValueType): boolean {
  return ORDERED.has(kind);
}

export function isNumber({ kind }: ValueType): boolean {
  return kind === 'int' || kind === 'double';
}

/** The unit of what two numbers give together; undefined where they do not belong together. */
export function jointUnit(one: string, other: string): string | undefined {
  if (one === ANY_UNIT) return other;
  if (other === ANY_UNIT || one === other) return one;
  return undefined;
}

/** A type in the words of a message: `list<double in EUR>`. */
export function describeType(type: ValueType): string {
  const { kind, nullable, unit, element } = type;
  const held = element === undefined ? '' : `<${element().kind}>`;
  const measured = isNumber(type) && unit !== NO_UNIT && unit !== ANY_UNIT ? ` in ${unit}` : '';
  return `${kind}${held}${measured}${nullable ? ' or null' : ''}`;
}
