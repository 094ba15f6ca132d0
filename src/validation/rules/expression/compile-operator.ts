import { compareTexts, FRACTIONAL, WHOLE } from './arithmetic.ts';
import { isMoment, isSpan } from './moments.ts';
import type { BinarySyntax, ChoiceSyntax, Syntax } from './parse-expression.ts';
import {
  testOfKind,
  MAX_LIST_LENGTH,
  notNull,
  refuse,
  runAs,
  undecided,
  type Run,
  type Scope,
  type Term,
} from './term.ts';
import {
  ANY_UNIT,
  describeType,
  isNumber,
  isOrdered,
  isScalar,
  jointUnit,
  NO_UNIT,
  plainType,
  type ValueType,
} from './types/value-type.ts';
import { spend, spendText } from './work.ts';

const BOOL = plainType('bool');
const MAX_TEXT_LENGTH = 65_536;

/** Two terms side by side. */
interface Pair {
  readonly sign: string;
  readonly left: Term;
  readonly right: Term;
  readonly at: number;
}

/** Compiles `!` and `-`. */
export function compileUnary(syntax: Extract<Syntax, { kind: 'unary' }>, scope: Scope): Term {
  const of = scope.compile(syntax.of, scope);
  if (syntax.sign === '!') {
    const run = runAs('bool', of, syntax.at);
    return { type: BOOL, run: (facts, item) => !run(facts, item) };
  }
  const run = of.type.kind === 'int' ? runAs('int', of, syntax.at) : runAs('double', of, syntax.at);
  return { ...of, type: { ...of.type, nullable: false }, run: (facts, item) => -run(facts, item) };
}

/** Compiles `condition ? a : b`; both answers have one type. */
export function compileChoice(syntax: ChoiceSyntax, scope: Scope): Term {
  const condition = runAs('bool', scope.compile(syntax.condition, scope), syntax.at);
  const left = scope.compile(syntax.whenTrue, scope);
  const right = scope.compile(syntax.whenFalse, scope);
  if (!isScalar(left.type)) refuse(`${describeType(left.type)} cannot be chosen`, syntax.at);
  const type = jointType({ sign: '?:', left, right, at: syntax.at });
  const whenTrue = notNull(left);
  const whenFalse = notNull(right);
  const run: Run = (facts, item) =>
    condition(facts, item) ? whenTrue(facts, item) : whenFalse(facts, item);
  return { type, run };
}

/** Compiles an operator between two expressions. */
export function compileBinary(syntax: BinarySyntax, scope: Scope): Term {
  const { sign, at } = syntax;
  const left = scope.compile(syntax.left, scope);
  const right = scope.compile(syntax.right, scope);
  const pair: Pair = { sign, left, right, at };
  switch (sign) {
    case '&&':
    case '||':
      return logic(pair);
    case '==':
    case '!=':
      return equality(pair);
    case 'in':
      return membership(pair);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(pair);
    default:
      return calculation(pair);
  }
}

/** From left to right, and never around what cannot be decided: CEL would let `error || true` be true. */
function logic({ sign, left, right, at }: Pair): Term {
  const one = runAs('bool', left, at);
  const other = runAs('bool', right, at);
  const run: Run<boolean> =
    sign === '&&'
      ? (facts, item) => one(facts, item) && other(facts, item)
      : (facts, item) => one(facts, item) || other(facts, item);
  return { type: BOOL, run };
}

function equality(pair: Pair): Term {
  const { sign, left, right, at } = pair;
  const isEqual = sign === '==';
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.type.kind !== 'null') continue;
    if (!other.type.nullable) refuse(`${describeType(other.type)} is never null`, at);
    return { type: BOOL, run: (facts, item) => (other.run(facts, item) === null) === isEqual };
  }
  const type = jointType(pair);
  if (!isScalar(type) && !isOrdered(type)) refuse(`${describeType(type)} cannot be compared`, at);
  const one = notNull(left);
  const other = notNull(right);
  return {
    type: BOOL,
    run: (facts, item) => (one(facts, item) === other(facts, item)) === isEqual,
  };
}

const TESTS: ReadonlyMap<string, (difference: number) => boolean> = new Map([
  ['<', (difference: number) => difference < 0],
  ['<=', (difference: number) => difference <= 0],
  ['>', (difference: number) => difference > 0],
  ['>=', (difference: number) => difference >= 0],
]);

function order(pair: Pair): Term {
  const { sign, left, right, at } = pair;
  const type = jointType(pair);
  if (!isOrdered(type)) refuse(`${describeType(type)} has no order`, at);
  if (type.kind === 'string') {
    const test = TESTS.get(sign) ?? refuse(`"${sign}" is no order`, at);
    const one = runAs('string', left, at);
    const other = runAs('string', right, at);
    const run: Run = (facts, item) => test(compareTexts(one(facts, item), other(facts, item)));
    return { type: BOOL, run };
  }
  return { type: BOOL, run: numericOrder(sign, numberRun(left), numberRun(right)) };
}

function numericOrder(sign: string, one: Run<number>, other: Run<number>): Run<boolean> {
  switch (sign) {
    case '<':
      return (facts, item) => one(facts, item) < other(facts, item);
    case '<=':
      return (facts, item) => one(facts, item) <= other(facts, item);
    case '>':
      return (facts, item) => one(facts, item) > other(facts, item);
    default:
      return (facts, item) => one(facts, item) >= other(facts, item);
  }
}

/** Whole numbers, doubles, moments and spans are all numbers while they run. */
function numberRun(term: Term): Run<number> {
  return notNull(term) as Run<number>;
}

function calculation(pair: Pair): Term {
  const { sign, left, right, at } = pair;
  const kinds = `${left.type.kind} ${sign} ${right.type.kind}`;
  if (kinds === 'string + string') return joinTexts(pair);
  const moment = MOMENTS.get(kinds);
  const one = numberRun(left);
  const other = numberRun(right);
  if (moment !== undefined) {
    const operation = WHOLE.get(sign) ?? refuse(`${kinds} is not in the language`, at);
    const isThere = moment === 'timestamp' ? isMoment : isSpan;
    const run: Run = (facts, item) => {
      const value = operation(one(facts, item), other(facts, item));
      return isThere(value) ? value : undecided('a moment or a span is out of range');
    };
    return { type: plainType(moment), run };
  }
  const type = resultType(pair);
  const operation =
    (type.kind === 'int' ? WHOLE : FRACTIONAL).get(sign) ??
    refuse(`${kinds} is not in the language`, at);
  return { type, run: (facts, item) => operation(one(facts, item), other(facts, item)) };
}

const MOMENTS: ReadonlyMap<string, 'timestamp' | 'duration'> = new Map([
  ['timestamp - timestamp', 'duration'],
  ['timestamp + duration', 'timestamp'],
  ['timestamp - duration', 'timestamp'],
  ['duration + duration', 'duration'],
  ['duration - duration', 'duration'],
]);

function joinTexts({ left, right, at }: Pair): Term {
  const one = runAs('string', left, at);
  const other = runAs('string', right, at);
  const run: Run = (facts, item) => {
    const text = one(facts, item) + other(facts, item);
    spendText(text);
    return text.length > MAX_TEXT_LENGTH ? undecided('a text is too long') : text;
  };
  return { type: plainType('string'), run };
}

/** Sums keep their unit; a product has that of one factor; a quotient of one unit has none. */
function resultType(pair: Pair): ValueType {
  const { sign, left, right, at } = pair;
  if (!isNumber(left.type) || !isNumber(right.type))
    refuse(`${describeType(left.type)} ${sign} ${describeType(right.type)} is no calculation`, at);
  if (sign === '+' || sign === '-' || sign === '%') return jointType(pair);
  const kind = jointKind(pair);
  const [one, other] = [left.type.unit, right.type.unit];
  if (sign === '*') {
    const units = [one, other].filter((unit) => isMeasured(unit) && unit !== 'percent');
    if (units.length > 1) refuse(`${one} times ${other} has no unit`, at);
    return plainType(kind, units[0] ?? (isMeasured(one) ? one : other));
  }
  if (!isMeasured(other)) return plainType(kind, one);
  if (one !== other) refuse(`${unitName(one)} cannot be divided by ${other}`, at);
  return plainType(kind, NO_UNIT);
}

function unitName(unit: string): string {
  return isMeasured(unit) ? unit : 'a number without a unit';
}

function isMeasured(unit: string): boolean {
  return unit !== NO_UNIT && unit !== ANY_UNIT;
}

function jointKind({ sign, left, right, at }: Pair): ValueType['kind'] {
  if (left.type.kind === right.type.kind) return left.type.kind;
  const isAdapted =
    (left.adaptable === true && right.type.kind === 'double') ||
    (right.adaptable === true && left.type.kind === 'double');
  if (isAdapted) return 'double';
  const hint =
    isNumber(left.type) && isNumber(right.type) ? '; write 1.0 for a double, or double(n)' : '';
  return refuse(
    `${describeType(left.type)} ${sign} ${describeType(right.type)} mixes types${hint}`,
    at,
  );
}

/** The one type of two terms. */
function jointType(pair: Pair): ValueType {
  const kind = jointKind(pair);
  const { left, right, at } = pair;
  const unit = jointUnit(left.type.unit, right.type.unit);
  if (unit === undefined) {
    const names = `${unitName(left.type.unit)} beside ${unitName(right.type.unit)}`;
    return refuse(`${names}: units differ`, at);
  }
  return plainType(kind, unit);
}

function membership({ sign, left, right, at }: Pair): Term {
  if (right.type.kind === 'map') {
    const map = runAs('map', right, at);
    const key = runAs('string', left, at);
    return { type: BOOL, run: (facts, item) => Object.hasOwn(map(facts, item), key(facts, item)) };
  }
  const list = runAs('list', right, at);
  const element = right.type.element?.() ?? refuse('the list has no type', at);
  const type = jointType({ sign, left, right: { ...right, type: element }, at });
  if (!isScalar(type)) refuse(`${describeType(type)} cannot be looked for`, at);
  const wanted = notNull(left);
  const isOfKind = testOfKind(element.kind);
  const run: Run = (facts, item) => {
    const value = wanted(facts, item);
    const values = list(facts, item);
    if (values.length > MAX_LIST_LENGTH) undecided('a list is too long', right.path);
    spend(values.length);
    let isFound = false;
    for (const other of values) {
      if (!isOfKind(other)) undecided('an element has another type', right.path);
      if (other === value) isFound = true;
    }
    return isFound;
  };
  return { type: BOOL, run };
}
