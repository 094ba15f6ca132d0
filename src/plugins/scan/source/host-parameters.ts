import type { Evaluator } from './evaluation/evaluator.ts';
import { childOf, childrenOf, isFunction, textOf, type SyntaxNode } from './syntax.ts';
import type { Visit, Walked } from './walk.ts';

/** Where the contract hands the host over: the function's name, and the place among its parameters. */
const PLACES: ReadonlyMap<string, number> = new Map([
  ['execute', 2],
  ['initialize', 1],
  ['health', 0],
  ['cleanup', 0],
]);
/** The host is followed through so many calls. */
const MAX_ROUNDS = 8;

/** Finds the parameters that are the host: by the contract, by their name, and where the host is passed on. */
export function markHosts(walked: Walked, evaluator: Evaluator): void {
  const named = [
    ...visitsOf(walked, 'Property'),
    ...visitsOf(walked, 'MethodDefinition'),
    ...visitsOf(walked, 'PropertyDefinition'),
    ...visitsOf(walked, 'VariableDeclarator'),
    ...visitsOf(walked, 'FunctionDeclaration'),
    ...visitsOf(walked, 'AssignmentExpression'),
  ];
  for (const visit of named) markByContract(visit, evaluator);
  for (const type of ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])
    for (const { node } of visitsOf(walked, type)) markByName(node, evaluator);
  for (let round = 0; round < MAX_ROUNDS && passOn(walked, evaluator); round += 1);
}

/** Gives the visited nodes of a type. */
export function visitsOf({ kinds }: Walked, type: string): readonly Visit[] {
  return kinds.get(type)?.visits ?? [];
}

function markByContract({ node, scope }: Visit, evaluator: Evaluator): void {
  const [name, value] = namedValue({ node, scope }, evaluator);
  const index = PLACES.get(name ?? '');
  if (index === undefined || value === undefined) return;
  for (const option of evaluator.values(value, scope))
    if (option.is === 'function') evaluator.markHost(option.node, index);
}

function namedValue(
  { node, scope }: Pick<Visit, 'node' | 'scope'>,
  evaluator: Evaluator,
): readonly [string | undefined, SyntaxNode | undefined] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [textOf(childOf(node, 'id'), 'name'), childOf(node, 'init')];
    case 'FunctionDeclaration':
      return [textOf(childOf(node, 'id'), 'name'), node];
    case 'AssignmentExpression': {
      const left = childOf(node, 'left');
      const name =
        left?.type === 'MemberExpression' ? evaluator.key(left, scope) : textOf(left, 'name');
      return [name, childOf(node, 'right')];
    }
    default:
      return [evaluator.key(node, scope), childOf(node, 'value')];
  }
}

function markByName(node: SyntaxNode, evaluator: Evaluator): void {
  for (const [index, parameter] of childrenOf(node, 'params').entries())
    if (textOf(parameter, 'name') === 'host') evaluator.markHost(node, index);
}

/** Marks the parameters of functions that are given the host. @returns Whether there was one more. */
function passOn(walked: Walked, evaluator: Evaluator): boolean {
  let more = false;
  for (const { node, scope } of visitsOf(walked, 'CallExpression')) {
    const places = childrenOf(node, 'arguments').flatMap((argument, index) =>
      evaluator.values(argument, scope).some(({ is }) => is === 'host') ? [index] : [],
    );
    if (places.length === 0) continue;
    for (const target of evaluator.values(childOf(node, 'callee'), scope)) {
      if (target.is !== 'function' || !isFunction(target.node)) continue;
      for (const index of places) more = evaluator.markHost(target.node, index) || more;
    }
  }
  return more;
}
