import { collectHostFacts } from './host-facts.ts';
import { createEvaluator } from './evaluation/evaluate.ts';
import type { Evaluator } from './evaluation/evaluator.ts';
import type { Placed } from './facts.ts';
import { markHosts, visitsOf } from './host-parameters.ts';
import { lookUp, type Scope } from './scopes.ts';
import { childOf, childrenOf, isNode, textOf, type SyntaxNode } from './syntax.ts';
import { onlyText, UNKNOWN, type Value } from './evaluation/values.ts';
import { walk, type Visit, type Walked } from './walk.ts';

/**
 * Tells what a file's code does, by one walk over its tree. Nothing is run.
 *
 * @param spend - Called for every step; throws when too much was spent.
 */
export function collectFacts(program: SyntaxNode, spend: () => void): readonly Placed[] {
  const walked = walk(program, spend);
  const evaluator = createEvaluator(spend);
  markHosts(walked, evaluator);
  return [
    ...imports(walked, evaluator),
    ...globals(walked, evaluator),
    ...calls(walked, evaluator),
    ...prototypeWrites(walked, evaluator),
    ...literals(walked),
    ...builtPatterns(walked, evaluator),
    ...visitsOf(walked, 'WithStatement').map(
      ({ node }) => ({ kind: 'with', at: node.start }) as const,
    ),
    ...collectHostFacts(walked, evaluator),
  ];
}

function* imports(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
  for (const type of ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration']) {
    for (const { node } of visitsOf(walked, type)) {
      const source = childOf(node, 'source');
      if (source === undefined) continue;
      yield { kind: 'import', module: textOf(source, 'value'), how: 'static', at: node.start };
    }
  }
  for (const { node, scope } of visitsOf(walked, 'ImportExpression')) {
    for (const option of evaluator.values(childOf(node, 'source'), scope))
      yield imported(onlyText([option]), 'dynamic', node);
  }
  for (const { node } of visitsOf(walked, 'TSExternalModuleReference')) {
    const module = textOf(childOf(node, 'expression'), 'value');
    yield { kind: 'import', module, how: 'require', at: node.start };
  }
}

function imported(
  module: string | undefined,
  how: 'dynamic' | 'require',
  node: SyntaxNode,
): Placed {
  return module === undefined
    ? { kind: 'computed-import', how, at: node.start }
    : { kind: 'import', module, how, at: node.start };
}

const DECLARES: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ClassDeclaration',
  'ClassExpression',
  'LabeledStatement',
  'BreakStatement',
  'ContinueStatement',
  'ImportSpecifier',
  'ImportDefaultSpecifier',
  'ImportNamespaceSpecifier',
  'MetaProperty',
  'PropertyDefinition',
  'MethodDefinition',
]);

function* globals(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
  for (const visit of visitsOf(walked, 'Identifier')) {
    const { node, scope, parent } = visit;
    const name = textOf(node, 'name');
    if (!isUse(visit) || lookUp(scope, name) !== undefined) continue;
    const isTested = parent?.type === 'UnaryExpression' && textOf(parent, 'operator') === 'typeof';
    // Whether a name exists may be asked by anyone; of `a.b.c` only the whole is told.
    if (!isTested && !goesOn(visit, evaluator))
      yield { kind: 'global', path: name, at: node.start };
  }
  for (const visit of visitsOf(walked, 'MemberExpression')) {
    if (goesOn(visit, evaluator)) continue;
    const { node, scope } = visit;
    const values = evaluator.values(childOf(node, 'object'), scope);
    yield* membersOf(evaluator, values, { key: evaluator.key(node, scope), at: node.start });
  }
  yield* takenApart(walked, evaluator);
}

/** Tells whether a node is the object of a member whose key is known. */
function goesOn({ node, scope, parent }: Visit, evaluator: Evaluator): boolean {
  if (parent?.type !== 'MemberExpression' || childOf(parent, 'object') !== node) return false;
  return evaluator.key(parent, scope) !== undefined;
}

/**
 * `const { process: p } = globalThis`.
 *
 * @yields Each of them, in the order of the text.
 */
function* takenApart(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
  const patterns = [
    ...visitsOf(walked, 'VariableDeclarator').map((visit) => [visit, 'id', 'init'] as const),
    ...visitsOf(walked, 'AssignmentExpression').map((visit) => [visit, 'left', 'right'] as const),
  ];
  for (const [{ node, scope }, left, right] of patterns) {
    const pattern = childOf(node, left);
    if (pattern?.type !== 'ObjectPattern') continue;
    const values = evaluator.values(childOf(node, right), scope);
    for (const property of childrenOf(pattern, 'properties')) {
      if (property?.type !== 'Property') continue;
      const key = evaluator.key(property, scope);
      yield* membersOf(evaluator, values, { key, at: property.start });
    }
  }
}

/**
 * What is taken from values under a key; undefined for a key that is not known.
 *
 * @yields Each of them, in the order of the text.
 */
function* membersOf(
  evaluator: Evaluator,
  values: readonly Value[],
  { key, at }: { readonly key: string | undefined; readonly at: number },
): Iterable<Placed> {
  for (const value of values) {
    if (value.is !== 'global') continue;
    if (key === undefined) {
      if (value.path === '') yield { kind: 'computed-global', at };
      continue;
    }
    for (const member of evaluator.member(value, key))
      if (member.is === 'global') yield { kind: 'global', path: member.path, at };
  }
}

/** Tells whether an identifier is the use of a name, not a declaration or the name of a property. */
function isUse({ node, parent }: Visit): boolean {
  if (parent === undefined) return false;
  const is = (key: string): boolean => {
    const child = parent[key];
    return isNode(child) && child.start === node.start && child.end === node.end;
  };
  switch (parent.type) {
    case 'MemberExpression':
      return parent['computed'] === true || is('object');
    case 'Property':
      return parent['computed'] === true || parent['shorthand'] === true || is('value');
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return parent['computed'] === true || is('value');
    case 'ClassDeclaration':
    case 'ClassExpression':
      return is('superClass');
    case 'ExportSpecifier':
      return is('local');
    case 'VariableDeclarator':
      return is('init');
    default:
      return !DECLARES.has(parent.type) && textOf(node, 'name') !== 'arguments';
  }
}

const MAKES_CODE = /^(?:eval|Function|AsyncFunction|GeneratorFunction|execScript)$/;
const TIMERS = /^(?:setTimeout|setInterval|setImmediate)$/;

function* calls(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
  const visits = [
    ...visitsOf(walked, 'CallExpression'),
    ...visitsOf(walked, 'NewExpression'),
    ...visitsOf(walked, 'TaggedTemplateExpression'),
  ];
  for (const { node, scope } of visits) {
    const tag = childOf(node, 'tag');
    const callee = tag ?? childOf(node, 'callee');
    // What a tag is given is never nothing.
    const args =
      tag === undefined
        ? childrenOf(node, 'arguments').map((item) => evaluator.values(item, scope))
        : [UNKNOWN];
    for (const target of evaluator.values(callee, scope)) yield* called(target, args, node);
    yield* handedOver(args, node);
    yield* builtInModule(evaluator, { node, scope, args });
  }
}

function* called(
  target: Value,
  args: readonly (readonly Value[])[],
  node: SyntaxNode,
): Iterable<Placed> {
  const at = node.start;
  if (target.is === 'constructor') yield { kind: 'code', how: 'constructor', at };
  if (target.is !== 'global') return;
  const path = target.path.replace(/\.(?:call|apply|bind)$/, '');
  yield* codeOfText(path, args, at);
  if (/(?:^|\.)require$/.test(path) && args.length > 0)
    for (const option of args[0] ?? []) yield imported(onlyText([option]), 'require', node);
  if (LOOKS_INTO.test(path) && args.some((options) => options.some(isGlobalObject)))
    yield { kind: 'computed-global', at };
  if (DEFINES.test(path) && args[0]?.some(isBuiltInPrototype) === true)
    yield { kind: 'prototype-write', how: 'built-in', at };
}

function* codeOfText(
  path: string,
  args: readonly (readonly Value[])[],
  at: number,
): Iterable<Placed> {
  // `new Function('')` only asks whether code can be made of text.
  const isProbe = args.every((options) => onlyText(options) === '');
  if (MAKES_CODE.test(path) && !isProbe)
    yield { kind: 'code', how: path === 'eval' ? 'eval' : 'function', at };
  if (TIMERS.test(path) && args[0]?.some(({ is }) => is === 'text') === true)
    yield { kind: 'code', how: 'timer', at };
}

/**
 * `[code].map(eval)`, `Reflect.construct(Function, [code])`.
 *
 * @yields Each of them, in the order of the text.
 */
function* handedOver(args: readonly (readonly Value[])[], node: SyntaxNode): Iterable<Placed> {
  const isMaker = (value: Value): boolean =>
    value.is === 'constructor' || (value.is === 'global' && /^(?:eval|Function)$/.test(value.path));
  if (args.some((options) => options.some(isMaker)))
    yield { kind: 'code', how: 'handed-over', at: node.start };
}

interface CallPlace {
  readonly node: SyntaxNode;
  readonly scope: Scope;
  readonly args: readonly (readonly Value[])[];
}

function* builtInModule(evaluator: Evaluator, { node, scope, args }: CallPlace): Iterable<Placed> {
  const paths = evaluator
    .values(childOf(node, 'callee'), scope)
    .flatMap((value) => (value.is === 'global' ? [value.path] : []));
  if (paths.includes('process.getBuiltinModule') || paths.includes('process.binding'))
    yield imported(onlyText(args[0] ?? []), 'require', node);
  if (!paths.includes('Reflect.get')) return;
  const [target = [], key = []] = args;
  yield* membersOf(evaluator, target, { key: onlyText(key), at: node.start });
}

/** Functions that hand out members of an object without naming each. */
const LOOKS_INTO =
  /^(?:Object\.(?:assign|create|entries|values|getOwnPropertyDescriptors?)|Reflect\.getOwnPropertyDescriptor)$/;

function isGlobalObject(value: Value): boolean {
  return value.is === 'global' && value.path === '';
}

const DEFINES =
  /^(?:Object\.(?:defineProperty|defineProperties|assign|setPrototypeOf)|Reflect\.(?:set|defineProperty|setPrototypeOf))$/;

function isBuiltInPrototype(value: Value): boolean {
  return (
    value.is === 'global' &&
    /^(?:Object|Array|Function|String|Number|Boolean|Promise|RegExp|Date|Map|Set|Symbol|Error|JSON|Math|Reflect)(?:\.prototype)(?:$|\.)/.test(
      value.path,
    )
  );
}

function* prototypeWrites(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
  for (const { node, scope } of visitsOf(walked, 'AssignmentExpression')) {
    const left = childOf(node, 'left');
    if (left?.type !== 'MemberExpression') continue;
    const object = childOf(left, 'object');
    const at = node.start;
    if (evaluator.values(object, scope).some(isBuiltInPrototype))
      yield { kind: 'prototype-write', how: 'built-in', at };
    else if (object?.type === 'MemberExpression' && evaluator.key(object, scope) === '__proto__')
      yield { kind: 'prototype-write', how: '__proto__', at };
  }
}

/** Texts under this length are not looked at one by one. */
const LONG_TEXT = 32;

function* literals(walked: Walked): Iterable<Placed> {
  for (const { node } of visitsOf(walked, 'Literal')) {
    const { value, regex } = node;
    if (typeof value === 'string' && value.length >= LONG_TEXT)
      yield { kind: 'text', text: value, at: node.start };
    if (typeof regex === 'object' && regex !== null && 'pattern' in regex && 'flags' in regex)
      yield {
        kind: 'pattern',
        pattern: String(regex.pattern),
        flags: String(regex.flags),
        at: node.start,
      };
  }
}

/**
 * Patterns that are made of constants.
 *
 * @yields Each of them, in the order of the text.
 */
function* builtPatterns(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
  const visits = [...visitsOf(walked, 'NewExpression'), ...visitsOf(walked, 'CallExpression')];
  for (const { node, scope } of visits) {
    if (textOf(childOf(node, 'callee'), 'name') !== 'RegExp') continue;
    const [pattern, flags] = childrenOf(node, 'arguments');
    const text = onlyText(evaluator.values(pattern, scope));
    if (text === undefined) continue;
    const given = flags === undefined ? '' : (onlyText(evaluator.values(flags, scope)) ?? '');
    yield { kind: 'pattern', pattern: text, flags: given, at: node.start };
  }
}
