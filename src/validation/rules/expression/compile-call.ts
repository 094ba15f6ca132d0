import { RE2JS } from 're2js';

import { exact, finite } from './arithmetic.ts';
import { compileComprehension, isComprehension } from './compile-comprehension.ts';
import { compileHas } from './compile-path.ts';
import { momentOf, spanOf } from './moments.ts';
import type { CallSyntax, Syntax } from './parse-expression.ts';
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
import { describeType, isNumber, plainType } from './types/value-type.ts';
import { spend, spendText } from './work.ts';

/** UTF-16 units of a text that is searched. */
const MAX_SEARCHED_LENGTH = 65_536;
/** The work of a match is at most the product of these two. */
const MAX_MATCHED_LENGTH = 16_384;
const MAX_PATTERN_STATES = 1_000;
const MAX_PATTERN_LENGTH = 512;
const BOOL = plainType('bool');

type CompileCall = (syntax: CallSyntax, scope: Scope) => Term;

const FUNCTIONS: ReadonlyMap<string, CompileCall> = new Map([
  ['has', compileHas],
  ['size', size],
  ['sum', sum],
  ['double', toDouble],
  ['int', toInt],
  ['timestamp', toTimestamp],
  ['duration', toDuration],
]);

const METHODS: ReadonlyMap<string, CompileCall> = new Map([
  ['matches', matches],
  ['size', size],
  ['startsWith', search((text, part) => text.startsWith(part))],
  ['endsWith', search((text, part) => text.endsWith(part))],
  ['contains', search((text, part) => text.includes(part))],
]);

/** Compiles a call. Only what is named here can be called, and all of it answers at once. */
export function compileCall(syntax: CallSyntax, scope: Scope): Term {
  const { name, receiver, at } = syntax;
  if (isComprehension(syntax)) return compileComprehension(syntax, scope);
  const known = receiver === undefined ? FUNCTIONS : METHODS;
  const compile = known.get(name) ?? refuse(`there is no function "${name}"`, at);
  return compile(syntax, scope);
}

/** The one thing that a call is about: its receiver or its only argument. */
function only({ receiver, arguments: given, name, at }: CallSyntax): Syntax {
  const [first, ...others] = receiver === undefined ? given : [receiver, ...given];
  if (first === undefined || others.length > 0) return refuse(`${name}() takes one value`, at);
  return first;
}

function size(syntax: CallSyntax, scope: Scope): Term {
  const { at } = syntax;
  const of = scope.compile(only(syntax), scope);
  const type = plainType('int');
  if (of.type.kind === 'string') {
    const text = runAs('string', of, at);
    return { type, run: (facts, item) => codePoints(searched(text(facts, item))) };
  }
  if (of.type.kind === 'list') {
    const list = runAs('list', of, at);
    return { type, run: (facts, item) => list(facts, item).length };
  }
  if (of.type.kind !== 'map') refuse(`${describeType(of.type)} has no size`, at);
  const map = runAs('map', of, at);
  const run: Run = (facts, item) => {
    const count = Object.keys(map(facts, item)).length;
    spend(count);
    return count;
  };
  return { type, run };
}

function codePoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    if ((text.codePointAt(index) ?? 0) > 0xff_ff) index += 1;
    count += 1;
  }
  return count;
}

/** Not in CEL: adds up a list of numbers. */
function sum(syntax: CallSyntax, scope: Scope): Term {
  const { at } = syntax;
  const of = scope.compile(only(syntax), scope);
  const list = runAs('list', of, at);
  const type = of.type.element?.() ?? refuse('the list has no type', at);
  if (!isNumber(type) || type.nullable) refuse(`${describeType(of.type)} cannot be added up`, at);
  const isOfKind = testOfKind(type.kind);
  const within = type.kind === 'int' ? exact : finite;
  const run: Run = (facts, item) => {
    const values = list(facts, item);
    if (values.length === 0) undecided('a list is empty', of.path);
    if (values.length > MAX_LIST_LENGTH) undecided('a list is too long', of.path);
    spend(values.length);
    let total = 0;
    for (const value of values) {
      if (!isOfKind(value)) undecided('an element has another type', of.path);
      total = within(total + Number(value));
    }
    return total;
  };
  return { type, run };
}

function toDouble(syntax: CallSyntax, scope: Scope): Term {
  const of = scope.compile(only(syntax), scope);
  const run = runAs('int', of, syntax.at);
  return { type: plainType('double', of.type.unit), run };
}

/** Towards zero, as CEL does. */
function toInt(syntax: CallSyntax, scope: Scope): Term {
  const of = scope.compile(only(syntax), scope);
  const run = runAs('double', of, syntax.at);
  return {
    type: plainType('int', of.type.unit),
    run: (facts, item) => exact(Math.trunc(run(facts, item))),
  };
}

function toTimestamp(syntax: CallSyntax, scope: Scope): Term {
  const of = scope.compile(only(syntax), scope);
  const text = runAs('string', of, syntax.at);
  return {
    type: plainType('timestamp'),
    run: (facts, item) => momentOf(text(facts, item)) ?? undecided('a text is no moment', of.path),
  };
}

function toDuration(syntax: CallSyntax): Term {
  const span = spanOf(literalText(only(syntax), syntax));
  if (span === undefined) return refuse('a duration is such as "72h" or "1h30m"', syntax.at);
  return { type: plainType('duration'), run: () => span };
}

function literalText(syntax: Syntax, { name, at }: CallSyntax): string {
  if (syntax.kind !== 'literal' || typeof syntax.value !== 'string')
    return refuse(`${name}() takes a text that stands in the rule`, at);
  return syntax.value;
}

/** RE2 in linear time, whatever the text; the pattern is compiled when the rule is loaded. */
function matches(syntax: CallSyntax, scope: Scope): Term {
  const { receiver, arguments: given, at } = syntax;
  const [pattern, ...others] = given;
  if (receiver === undefined || pattern === undefined || others.length > 0)
    return refuse('matches() takes one pattern', at);
  const text = runAs('string', scope.compile(receiver, scope), at);
  const compiled = compilePattern(literalText(pattern, syntax), pattern.at);
  const states = compiled.programSize();
  return {
    type: BOOL,
    run: (facts, item) => compiled.matcher(matched(text(facts, item), states)).find(),
  };
}

function compilePattern(pattern: string, at: number): RE2JS {
  if (pattern.length > MAX_PATTERN_LENGTH)
    return refuse(`a pattern has at most ${MAX_PATTERN_LENGTH} characters`, at);
  const compiled = compileRe2(pattern, at);
  if (compiled.programSize() > MAX_PATTERN_STATES) refuse('the pattern repeats too much', at);
  return compiled;
}

function compileRe2(pattern: string, at: number): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return refuse('the pattern is not in the syntax of RE2', at);
  }
}

function searched(text: string): string {
  if (text.length > MAX_SEARCHED_LENGTH) undecided('a text is too long to search');
  spendText(text);
  return text;
}

function matched(text: string, states: number): string {
  if (text.length > MAX_MATCHED_LENGTH) undecided('a text is too long to search');
  spendText(text, states);
  return text;
}

function search(test: (text: string, part: string) => boolean): CompileCall {
  return ({ name, receiver, arguments: given, at }, scope) => {
    const [part, ...others] = given;
    if (receiver === undefined || part === undefined || others.length > 0)
      return refuse(`${name}() takes one text`, at);
    const of = scope.compile(receiver, scope);
    if (of.type.kind !== 'string') refuse(`${describeType(of.type)} is no text`, at);
    const text = notNull(of) as Run<string>;
    const sought = runAs('string', scope.compile(part, scope), at);
    return {
      type: BOOL,
      run: (facts, item) => test(searched(text(facts, item)), searched(sought(facts, item))),
    };
  };
}
