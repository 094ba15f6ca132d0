import type { Scope } from '../scopes.ts';
import { childOf, childrenOf, isNode, type SyntaxNode } from '../syntax.ts';
import type { Evaluator } from './evaluator.ts';
import { foldCall, foldMethod } from './fold-call.ts';
import { onlyText, UNKNOWN, type Value } from './values.ts';

/** Gives a module by its name, where it is known. */
export function moduleNamed(name: string | undefined): readonly Value[] {
  return name === undefined ? UNKNOWN : [{ is: 'module', module: name, member: '' }];
}

/** Functions that answer their first argument, or its prototype, whose members are the same. */
const GIVES_FIRST: ReadonlySet<string> = new Set([
  'Object',
  'Object.freeze',
  'Object.getPrototypeOf',
  'Reflect.getPrototypeOf',
]);

/** Gives what a call answers, where that can be told without making it. */
export function callResult(evaluator: Evaluator, node: SyntaxNode, scope: Scope): readonly Value[] {
  const callee = childOf(node, 'callee');
  if (callee === undefined) return UNKNOWN;
  const args = childrenOf(node, 'arguments').map((argument) => evaluator.values(argument, scope));
  const results = evaluator
    .values(callee, scope)
    .flatMap((target) => answerOf(evaluator, target, args));
  return results.length > 0 ? results : methodResult(evaluator, { callee, args, scope });
}

function answerOf(
  evaluator: Evaluator,
  target: Value,
  args: readonly (readonly Value[])[],
): readonly Value[] {
  const [first = []] = args;
  if (target.is === 'function') return returned(evaluator, target);
  if (target.is === 'module')
    return /^(?:node:)?module$/.test(target.module) && target.member === 'createRequire'
      ? [{ is: 'global', path: 'require' }]
      : [];
  if (target.is !== 'global') return [];
  const { path } = target;
  if (/(?:^|\.)require$/.test(path) || path === 'process.getBuiltinModule')
    return moduleNamed(onlyText(first));
  if (GIVES_FIRST.has(path)) return first;
  if (path === 'Reflect.get') return reflected(evaluator, args);
  const folded = foldCall({ path, args });
  return folded === undefined ? [] : [folded];
}

function reflected(
  evaluator: Evaluator,
  [target = [], key = []]: readonly (readonly Value[])[],
): readonly Value[] {
  const name = onlyText(key);
  return name === undefined ? [] : target.flatMap((value) => evaluator.member(value, name));
}

/** What a function gives back that does nothing else: `() => x`, `function () { return this; }`. */
function returned(
  evaluator: Evaluator,
  { node, scope }: Extract<Value, { is: 'function' }>,
): readonly Value[] {
  const { body } = node;
  // What is made of parameters is not known.
  if (!isNode(body) || childrenOf(node, 'params').length > 0) return [];
  if (body.type !== 'BlockStatement') return evaluator.values(body, scope);
  const [only, ...more] = childrenOf(body, 'body');
  if (only?.type !== 'ReturnStatement' || more.length > 0) return [];
  const argument = childOf(only, 'argument');
  // In sloppy code the `this` of a plain call is the global object.
  if (argument?.type === 'ThisExpression') return [{ is: 'global', path: '' }];
  return evaluator.values(argument, scope);
}

function methodResult(
  evaluator: Evaluator,
  {
    callee,
    args,
    scope,
  }: { callee: SyntaxNode; args: readonly (readonly Value[])[]; scope: Scope },
): readonly Value[] {
  if (callee.type !== 'MemberExpression') return UNKNOWN;
  const method = evaluator.key(callee, scope);
  if (method === undefined) return UNKNOWN;
  const targets = evaluator.values(childOf(callee, 'object'), scope);
  return targets.flatMap((target) => foldMethod({ method, target, args }) ?? []);
}
