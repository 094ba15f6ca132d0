import { compileCall } from './compile-call.ts';
import { compileBinary, compileChoice, compileUnary } from './compile-operator.ts';
import { compileAccess, demand, requiredOf } from './compile-path.ts';
import { parseExpression, type Literal, type Syntax } from './parse-expression.ts';
import { newNotes, refuse, type Scope, type Term } from './term.ts';
import {
  ANY_UNIT,
  describeType,
  isScalar,
  listType,
  plainType,
  type ValueType,
} from './types/value-type.ts';

/** What an expression may refer to besides facts. */
export interface Surroundings {
  readonly facts: ValueType;
  readonly thresholds: ReadonlyMap<string, Term>;
  readonly tables: ReadonlyMap<string, Term>;
}

/** An expression that can be evaluated on facts. */
export interface CompiledExpression {
  readonly type: ValueType;
  /** Facts that have to be there, whichever way the evaluation goes. */
  readonly paths: readonly string[];
  /** Facts that `has()` asks for. */
  readonly optionalPaths: readonly string[];
  /** Thresholds and tables that it refers to: `thresholds.limit`. */
  readonly uses: readonly string[];
  /** @throws {@link UndecidedRuleError} unless all of `paths` are there. */
  readonly demand: (facts: unknown) => void;
  /** @throws {@link UndecidedRuleError} where there is no answer. */
  readonly evaluate: (facts: unknown) => unknown;
}

/**
 * Compiles a CEL expression to closures over plain JSON facts.
 *
 * @throws {@link InvalidExpressionError} for what the language does not have, an undeclared fact or types that do not fit.
 */
export function compileExpression(text: string, surroundings: Surroundings): CompiledExpression {
  const notes = newNotes();
  const uses = new Set<string>();
  const { type, run } = compile(parseExpression(text), { ...surroundings, notes, uses, compile });
  const required = requiredOf(notes);
  return Object.freeze({
    type,
    paths: required.map((path) => path.text),
    optionalPaths: [...notes.optional],
    uses: [...uses],
    demand: (facts: unknown): void => demand(required, facts),
    evaluate: (facts: unknown): unknown => {
      demand(required, facts);
      return run(facts, undefined);
    },
  });
}

function compile(syntax: Syntax, scope: Scope): Term {
  switch (syntax.kind) {
    case 'literal':
      return literal(syntax.value, syntax.at);
    case 'list':
      return list(syntax, scope);
    case 'call':
      return compileCall(syntax, scope);
    case 'unary':
      return compileUnary(syntax, scope);
    case 'binary':
      return compileBinary(syntax, scope);
    case 'choice':
      return compileChoice(syntax, scope);
    case 'name':
    case 'field':
    case 'index':
      return compileAccess(syntax, scope);
  }
}

function literal(value: Literal, at: number): Term {
  if (typeof value === 'boolean') return constant(plainType('bool'), value);
  if (typeof value === 'string') return constant(plainType('string'), value);
  if (typeof value === 'bigint') {
    if (!Number.isSafeInteger(Number(value))) refuse('a whole number is too large', at);
    return constant(plainType('int', ANY_UNIT), Number(value));
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse('a number is not finite', at);
    return constant(plainType('double', ANY_UNIT), value);
  }
  return constant({ ...plainType('null'), nullable: true }, null);
}

function constant(type: ValueType, value: unknown): Term {
  return { type, run: () => value };
}

/** A list of literals, as it stands beside `in`. */
function list({ items, at }: Extract<Syntax, { kind: 'list' }>, scope: Scope): Term {
  const terms = items.map((item) => {
    const bare = item.kind === 'unary' ? item.of : item;
    if (bare.kind !== 'literal')
      return refuse('a list holds texts, numbers and booleans that stand in the rule', item.at);
    return compile(item, scope);
  });
  const [first] = terms;
  if (first === undefined) return refuse('a list needs an element', at);
  if (!isScalar(first.type)) return refuse(`${describeType(first.type)} in a list`, at);
  if (terms.some(({ type }) => type.kind !== first.type.kind))
    return refuse('the elements of a list have one type', at);
  const values = Object.freeze(terms.map(({ run }) => run(undefined, undefined)));
  return constant(listType(first.type), values);
}
