import { InvalidExpressionError, UndecidedRuleError } from '../../errors.ts';
import type { StaticPath } from './path.ts';
import type { Syntax } from './parse-expression.ts';
import { describeType, type Kind, type ValueType } from './types/value-type.ts';

/** A compiled expression: facts and the element of the list that is gone through in, a value of its type out. */
export type Run<Value = unknown> = (facts: unknown, item: unknown) => Value;

/** An expression with its type. Running it gives a value of that type, or throws {@link UndecidedRuleError}. */
export interface Term {
  readonly type: ValueType;
  readonly run: Run;
  /** Where it is a fact that can be named without being evaluated. */
  readonly path?: StaticPath;
  /** A whole number that may stand for a double: a threshold, whose text does not tell the two apart. */
  readonly adaptable?: boolean;
  /** Whether it goes through a list. */
  readonly loops?: boolean;
}

/** What an expression refers to, collected while it is compiled. */
export interface Notes {
  readonly required: Map<string, StaticPath>;
  /** Paths that `has()` asks for: they may be missing. */
  readonly optional: Set<string>;
}

/** What an expression may refer to. */
export interface Scope {
  readonly facts: ValueType;
  readonly thresholds: ReadonlyMap<string, Term>;
  readonly tables: ReadonlyMap<string, Term>;
  readonly notes: Notes;
  /** Names of thresholds and tables, as `thresholds.limit`. */
  readonly uses: Set<string>;
  /** The variable of a comprehension. */
  readonly item?: { readonly name: string; readonly path: StaticPath; readonly type: ValueType };
  readonly itemNotes?: Notes;
  readonly compile: (syntax: Syntax, scope: Scope) => Term;
}

/** What each kind of value is while an expression runs. */
export interface Values {
  readonly bool: boolean;
  readonly int: number;
  readonly double: number;
  readonly string: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly list: readonly unknown[];
  readonly map: Readonly<Record<string, unknown>>;
}

/** Gives a term's runner for a kind; a value that is null is undecided. */
export function runAs<Name extends keyof Values>(
  name: Name,
  term: Term,
  at: number,
): Run<Values[Name]> {
  if (term.type.kind !== name) refuse(`expected ${name}, found ${describeType(term.type)}`, at);
  return notNull(term) as Run<Values[Name]>;
}

/** Gives a term's runner, which throws where the value is null. */
export function notNull({ type, run, path }: Term): Run {
  if (!type.nullable) return run;
  return (facts, item) => run(facts, item) ?? undecided('a fact is null', path);
}

export function newNotes(): Notes {
  return { required: new Map(), optional: new Set() };
}

/** Refuses an expression while it is compiled. */
export function refuse(problem: string, at: number): never {
  throw new InvalidExpressionError(problem, at);
}

/** Ends an evaluation without an answer. */
export function undecided(reason: string, path?: Pick<StaticPath, 'text'>): never {
  throw new UndecidedRuleError(reason, path === undefined ? [] : [path.text]);
}

/** Elements that a list of facts may have where a rule goes through it. */
export const MAX_LIST_LENGTH = 10_000;

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const never = (): boolean => false;

const TESTS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  bool: (value) => typeof value === 'boolean',
  int: Number.isSafeInteger,
  double: Number.isFinite,
  string: (value) => typeof value === 'string',
  null: (value) => value === null,
  list: Array.isArray,
  map: isObject,
  record: isObject,
  // No fact is one of these: JSON has no word for them.
  timestamp: never,
  duration: never,
  unknown: never,
};

/** Gives the test whether a fact is what its type says: nothing that came around the schema is judged. */
export function testOfKind(kind: Kind): (value: unknown) => boolean {
  return TESTS[kind];
}
