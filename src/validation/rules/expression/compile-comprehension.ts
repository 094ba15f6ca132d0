import { demand, requiredOf } from './compile-path.ts';
import type { CallSyntax } from './parse-expression.ts';
import {
  MAX_LIST_LENGTH,
  newNotes,
  notNull,
  refuse,
  runAs,
  undecided,
  type Run,
  type Scope,
  type Term,
} from './term.ts';
import { spend } from './work.ts';
import { describeType, isScalar, listType, plainType, type ValueType } from './types/value-type.ts';

/** What becomes of the answers, one for each element, in order. */
interface Gathering {
  readonly body: 'bool' | 'scalar';
  readonly type: (list: ValueType, body: ValueType) => ValueType;
  readonly gather: (answers: readonly unknown[], elements: readonly unknown[]) => unknown;
}

const bool = (): ValueType => plainType('bool');
const isTrue = (answer: unknown): boolean => answer === true;

const GATHERINGS: ReadonlyMap<string, Gathering> = new Map<string, Gathering>([
  ['all', { body: 'bool', type: bool, gather: (answers) => answers.every(isTrue) }],
  ['exists', { body: 'bool', type: bool, gather: (answers) => answers.some(isTrue) }],
  [
    'exists_one',
    { body: 'bool', type: bool, gather: (answers) => answers.filter(isTrue).length === 1 },
  ],
  [
    'filter',
    {
      body: 'bool',
      type: (list) => ({ ...list, nullable: false }),
      gather: (answers, elements) => elements.filter((_, index) => answers[index] === true),
    },
  ],
  ['map', { body: 'scalar', type: (_list, body) => listType(body), gather: (answers) => answers }],
]);

/** Whether a call goes through a list. */
export function isComprehension({ name, receiver }: CallSyntax): boolean {
  return receiver !== undefined && GATHERINGS.has(name);
}

/**
 * Compiles `list.all(x, ...)` and its like. Every element is asked, so that no answer hides what another one lacks; an empty
 * list has no answer, and a rule that means to allow it says so before: `size(list) == 0 || list.all(...)`.
 */
export function compileComprehension(syntax: CallSyntax, scope: Scope): Term {
  const { name, at } = syntax;
  const { gathering, receiver, variable, predicate } = partsOf(syntax);
  if (scope.item !== undefined) return refuse('comprehensions cannot be nested', at);
  if (isTaken(variable.name, scope)) refuse(`"${variable.name}" is taken`, variable.at);
  const of = scope.compile(receiver, scope);
  if (of.loops === true) return refuse('a comprehension cannot go through another one', at);
  const list = runAs('list', of, at);
  const itemNotes = newNotes();
  const inner: Scope = { ...scope, item: itemOf(variable.name, of, at), itemNotes };
  const body = scope.compile(predicate, inner);
  if (gathering.body === 'scalar' && !isScalar(body.type))
    refuse(`${name}() gives numbers, texts or booleans, not ${describeType(body.type)}`, at);
  const ask = gathering.body === 'bool' ? runAs('bool', body, at) : notNull(body);
  const required = requiredOf(itemNotes);
  const run: Run = (facts) => {
    const elements = list(facts, undefined);
    if (elements.length === 0) undecided('a list is empty', of.path);
    if (elements.length > MAX_LIST_LENGTH) undecided('a list is too long', of.path);
    spend(elements.length);
    const answers = elements.map((element) => {
      demand(required, element);
      return ask(facts, element);
    });
    return gathering.gather(answers, elements);
  };
  return { type: gathering.type(of.type, { ...body.type, nullable: false }), run, loops: true };
}

function partsOf({ name, receiver, arguments: given, at }: CallSyntax) {
  const gathering = GATHERINGS.get(name);
  const [variable, predicate, ...others] = given;
  if (gathering === undefined || receiver === undefined)
    return refuse(`there is no function "${name}"`, at);
  if (variable?.kind !== 'name' || predicate === undefined || others.length > 0)
    return refuse(`${name}() takes a name and an expression`, at);
  return { gathering, receiver, variable, predicate };
}

function itemOf(name: string, of: Term, at: number): NonNullable<Scope['item']> {
  const type = of.type.element?.() ?? refuse('the list has no type', at);
  const text = `${of.path?.text ?? 'list'}[]`;
  return { name, type, path: { root: 'item', steps: [], text } };
}

function isTaken(name: string, { facts }: Scope): boolean {
  return name === 'thresholds' || name === 'tables' || facts.field?.(name) !== undefined;
}
