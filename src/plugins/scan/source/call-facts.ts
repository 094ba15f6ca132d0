import type { Evaluator } from './evaluation/evaluator.ts';
import { onlyText, UNKNOWN, type Value } from './evaluation/values.ts';
import type { Placed } from './facts.ts';
import { membersOf } from './global-facts.ts';
import { visitsOf } from './host-parameters.ts';
import { imported } from './import-facts.ts';
import { childOf, childrenOf, type SyntaxNode } from './syntax.ts';
import type { Walked } from './walk.ts';

const MAKES_CODE = /^(?:eval|Function|AsyncFunction|GeneratorFunction|execScript)$/;
const TIMERS = /^(?:setTimeout|setInterval|setImmediate)$/;

/**
 * Finds what calls do: code made of text, modules, and what is taken or defined by a function.
 *
 * @yields Each of them, in the order of the text.
 */
export function* callFacts(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
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
    const targets = evaluator.values(callee, scope);
    // Most calls are of something that is not known; what decides anything is looked at only where it may.
    for (const target of targets)
      if (target.is === 'global' || target.is === 'constructor') yield* called(target, args, node);
    // `[code].map(eval)`, `Reflect.construct(Function, [code])`.
    if (args.some((options) => options.some(makesCode)))
      yield { kind: 'code', how: 'handed-over', at: node.start };
    if (tag === undefined && targets.some(({ is }) => is === 'global'))
      yield* builtInModule(evaluator, { node, targets, args });
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

function makesCode(value: Value): boolean {
  return (
    value.is === 'constructor' ||
    (value.is === 'global' && (value.path === 'eval' || value.path === 'Function'))
  );
}

interface CallPlace {
  readonly node: SyntaxNode;
  readonly targets: readonly Value[];
  readonly args: readonly (readonly Value[])[];
}

function* builtInModule(
  evaluator: Evaluator,
  { node, targets, args }: CallPlace,
): Iterable<Placed> {
  const paths = targets.flatMap((value) => (value.is === 'global' ? [value.path] : []));
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

/** Tells whether a value is what every object of a kind inherits from. */
export function isBuiltInPrototype(value: Value): boolean {
  return (
    value.is === 'global' &&
    /^(?:Object|Array|Function|String|Number|Boolean|Promise|RegExp|Date|Map|Set|Symbol|Error|JSON|Math|Reflect)(?:\.prototype)(?:$|\.)/.test(
      value.path,
    )
  );
}
