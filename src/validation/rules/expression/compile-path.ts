import { UndecidedRuleError } from '../../errors.ts';
import { stepInto, walk, type StaticPath, type Step } from './path.ts';
import type { CallSyntax, Syntax } from './parse-expression.ts';
import {
  testOfKind,
  notNull,
  refuse,
  runAs,
  undecided,
  type Notes,
  type Run,
  type Scope,
  type Term,
} from './term.ts';
import { describeType, plainType, type ValueType } from './types/value-type.ts';

const ROOT: StaticPath = { root: 'facts', steps: [], text: '' };

/** A fact's place and type, known before any facts are there. */
interface Place {
  readonly path: StaticPath;
  readonly type: ValueType;
}

/** Compiles a name, a field or an index. */
export function compileAccess(
  syntax: Extract<Syntax, { kind: 'name' | 'field' | 'index' }>,
  scope: Scope,
): Term {
  const constant = constantAt(syntax, scope);
  if (constant !== undefined) return constant;
  const place = placeOf(syntax, scope);
  if (place !== undefined) return readAt(place, syntax.at, scope);
  if (syntax.kind === 'name') return refuse(`there is no fact "${syntax.name}"`, syntax.at);
  return memberOf(syntax, scope);
}

/** Compiles `has(path)`: the fact before the last step has to be there, the last one may be missing. */
export function compileHas(syntax: CallSyntax, scope: Scope): Term {
  const [asked] = syntax.arguments;
  if (syntax.arguments.length !== 1 || asked?.kind !== 'field')
    return refuse('has() takes one path, such as has(input.note)', syntax.at);
  const place = placeOf(asked, scope);
  const parent = placeOf(asked.of, scope);
  if (place === undefined || parent === undefined)
    return refuse('has() takes a path that needs no evaluation', asked.at);
  const notes = notesOf(place.path, scope, syntax.at);
  notes.optional.add(place.path.text);
  if (parent.path.text !== '') notes.required.set(parent.path.text, parent.path);
  const { root, steps } = place.path;
  const above = parent.path;
  const isObject = testOfKind('record');
  const run: Run<boolean> = (facts, item) => {
    const start = root === 'facts' ? facts : item;
    const around = walk(start, above.steps);
    if (!isObject(around)) return undecided('a fact is missing', above);
    return walk(start, steps) !== undefined;
  };
  return { type: plainType('bool'), run };
}

/** The paths that have to be there before anything is evaluated: all but those that `has()` asks for. */
export function requiredOf({ required, optional }: Notes): readonly StaticPath[] {
  const isOptional = (text: string): boolean =>
    [...optional].some(
      (path) => text === path || text.startsWith(`${path}.`) || text.startsWith(`${path}[`),
    );
  return [...required.values()].filter(({ text }) => !isOptional(text));
}

function notesOf({ root }: StaticPath, { notes, itemNotes }: Scope, at: number): Notes {
  if (root === 'facts') return notes;
  return itemNotes ?? refuse('there is no list to go through', at);
}

/** `thresholds.name` and `tables.name`. */
function constantAt(syntax: Syntax, scope: Scope): Term | undefined {
  if (syntax.kind !== 'field' || syntax.of.kind !== 'name') return undefined;
  const group = syntax.of.name;
  if (group !== 'thresholds' && group !== 'tables') return undefined;
  if (group === 'tables' && scope.item !== undefined)
    return refuse('a table cannot be asked for each element', syntax.at);
  const found = scope[group].get(syntax.name);
  if (found === undefined) return refuse(`there is no ${group}.${syntax.name}`, syntax.at);
  scope.uses.add(`${group}.${syntax.name}`);
  return found;
}

function placeOf(syntax: Syntax, scope: Scope): Place | undefined {
  if (syntax.kind === 'name') {
    if (scope.item?.name === syntax.name) return scope.item;
    const type = scope.facts.field?.(syntax.name);
    return type && { path: stepInto(ROOT, syntax.name), type };
  }
  if (syntax.kind === 'field') return placeWithin(syntax, syntax.name, scope);
  if (syntax.kind !== 'index' || syntax.key.kind !== 'literal') return undefined;
  return placeWithin(syntax, stepOf(syntax.key), scope);
}

function stepOf({ value, at }: Extract<Syntax, { kind: 'literal' }>): Step {
  if (typeof value === 'string') return value;
  const index = Number(value);
  if (typeof value !== 'bigint' || !Number.isSafeInteger(index) || index < 0)
    return refuse('a place in a list is a whole number from 0', at);
  return index;
}

function placeWithin(
  syntax: { readonly of: Syntax; readonly at: number },
  step: Step,
  scope: Scope,
): Place | undefined {
  const parent = placeOf(syntax.of, scope);
  if (parent === undefined) return undefined;
  const type = memberType(parent.type, step, syntax.at);
  return { path: stepInto(parent.path, step), type };
}

function memberType(of: ValueType, step: Step, at: number): ValueType {
  if (typeof step === 'number') {
    return of.kind === 'list' && of.element !== undefined
      ? of.element()
      : refuse(`${describeType(of)} has no places`, at);
  }
  if (of.kind === 'map' && of.element !== undefined) return of.element();
  return of.field?.(step) ?? refuse(`${describeType(of)} has no field "${step}"`, at);
}

function readAt({ path, type }: Place, at: number, scope: Scope): Term {
  notesOf(path, scope, at).required.set(path.text, path);
  const { steps } = path;
  const check = checked(type, path, at);
  const run: Run =
    path.root === 'facts'
      ? (facts) => check(walk(facts, steps))
      : (_facts, item) => check(walk(item, steps));
  return { type, run, path };
}

/** A member whose place is known only when its owner or its key has been evaluated. */
function memberOf(syntax: Extract<Syntax, { kind: 'field' | 'index' }>, scope: Scope): Term {
  const owner = scope.compile(syntax.of, scope);
  const { kind, element } = owner.type;
  if (syntax.kind === 'field') {
    const type = memberType(owner.type, syntax.name, syntax.at);
    const check = checked(type, { text: syntax.name }, syntax.at);
    const of = notNull(owner);
    const steps = [syntax.name];
    return { type, run: (facts, item) => check(walk(of(facts, item), steps)) };
  }
  if (element === undefined) return refuse(`${describeType(owner.type)} has no places`, syntax.at);
  const type = element();
  const key = scope.compile(syntax.key, scope);
  const keyRun = kind === 'list' ? runAs('int', key, syntax.at) : runAs('string', key, syntax.at);
  const check = checked(type, { text: owner.path?.text ?? 'a list' }, syntax.at);
  const of = notNull(owner);
  return { type, run: (facts, item) => check(walk(of(facts, item), [keyRun(facts, item)])) };
}

function checked(
  type: ValueType,
  path: Pick<StaticPath, 'text'>,
  at: number,
): (value: unknown) => unknown {
  const { kind, nullable } = type;
  if (kind === 'unknown') return refuse(`"${path.text}" has no single type`, at);
  const isOfKind = testOfKind(kind);
  return (value) => {
    if (isOfKind(value) || (nullable && value === null)) return value;
    if (value === undefined) return undecided('a fact is missing', path);
    return undecided('a fact is not of the type that its schema declares', path);
  };
}

/** Throws unless all of `paths` are there, and names all that are not. */
export function demand(paths: readonly StaticPath[], root: unknown): void {
  for (let index = 0; index < paths.length; index += 1) {
    const path = paths[index];
    if (path !== undefined && walk(root, path.steps) === undefined) undecidedAll(paths, root);
  }
}

function undecidedAll(paths: readonly StaticPath[], root: unknown): never {
  const missing = paths.filter(({ steps }) => walk(root, steps) === undefined);
  throw new UndecidedRuleError(
    'facts are missing',
    missing.map(({ text }) => text),
  );
}
