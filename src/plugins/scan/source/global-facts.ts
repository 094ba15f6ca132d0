import type { Evaluator } from './evaluation/evaluator.ts';
import type { Value } from './evaluation/values.ts';
import type { Placed } from './facts.ts';
import { visitsOf } from './host-parameters.ts';
import { lookUp } from './scopes.ts';
import { childOf, childrenOf, isNode, textOf } from './syntax.ts';
import type { Visit, Walked } from './walk.ts';

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

/**
 * Finds the uses of global names, and what is taken from the global object.
 *
 * @yields Each of them, in the order of the text.
 */
export function* globalFacts(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
  for (const visit of visitsOf(walked, 'Identifier')) {
    const { node, scope, parent } = visit;
    const name = textOf(node, 'name');
    // Most names are the file's own.
    if (lookUp(scope, name) !== undefined || !isUse(visit)) continue;
    const isTested = parent?.type === 'UnaryExpression' && textOf(parent, 'operator') === 'typeof';
    // Whether a name exists may be asked by anyone; of `a.b.c` only the whole is told.
    if (!isTested && !goesOn(visit, evaluator))
      yield { kind: 'global', path: name, at: node.start };
  }
  for (const visit of visitsOf(walked, 'MemberExpression')) {
    if (goesOn(visit, evaluator)) continue;
    const { node, scope } = visit;
    const values = evaluator.values(childOf(node, 'object'), scope);
    if (!values.some(({ is }) => is === 'global')) continue;
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
export function* membersOf(
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
