import { callFacts, isBuiltInPrototype } from './call-facts.ts';
import { createEvaluator } from './evaluation/evaluate.ts';
import type { Evaluator } from './evaluation/evaluator.ts';
import { onlyText } from './evaluation/values.ts';
import type { Placed } from './facts.ts';
import { globalFacts } from './global-facts.ts';
import { collectHostFacts } from './host-facts.ts';
import { markHosts, visitsOf } from './host-parameters.ts';
import { importFacts } from './import-facts.ts';
import { childOf, childrenOf, textOf, type SyntaxNode } from './syntax.ts';
import { walk, type Walked } from './walk.ts';

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
    ...importFacts(walked, evaluator),
    ...globalFacts(walked, evaluator),
    ...callFacts(walked, evaluator),
    ...prototypeWrites(walked, evaluator),
    ...literals(walked),
    ...builtPatterns(walked, evaluator),
    ...visitsOf(walked, 'WithStatement').map(
      ({ node }) => ({ kind: 'with', at: node.start }) as const,
    ),
    ...collectHostFacts(walked, evaluator),
  ];
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
