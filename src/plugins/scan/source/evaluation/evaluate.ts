import { callResult, moduleNamed } from './call-result.ts';
import { GLOBAL_OBJECTS, type Evaluator } from './evaluator.ts';
import { memberOf } from './members.ts';
import { lookUp, type Assigned, type Binding, type Scope } from '../scopes.ts';
import { childOf, childrenOf, isFunction, textOf, writtenKey, type SyntaxNode } from '../syntax.ts';
import { constant, joined, onlyText, UNKNOWN, type Value } from './values.ts';

const MAX_DEPTH = 60;
const MAX_OPTIONS = 8;
/**
 * Makes what evaluates the expressions of one file. Nothing is run: constants are put together and names are followed.
 *
 * @param spend - Called for every step; throws when too much was spent.
 */
export function createEvaluator(spend: () => void): Evaluator {
  const known = new Map<SyntaxNode, readonly Value[]>();
  const hosts = new Map<SyntaxNode, Set<number>>();
  let depth = 0;

  const evaluator: Evaluator = {
    values: (node, scope) => {
      if (node === undefined || depth > MAX_DEPTH) return UNKNOWN;
      spend();
      const before = known.get(node);
      if (before !== undefined) return before;
      // What refers to itself is not known.
      known.set(node, UNKNOWN);
      depth += 1;
      const values = limited(compute(evaluator, node, scope));
      depth -= 1;
      known.set(node, values);
      return values;
    },
    key: (node, scope) => {
      const key = childOf(node, node.type === 'MemberExpression' ? 'property' : 'key');
      if (node['computed'] !== true) return writtenKey(key);
      return onlyText(evaluator.values(key, scope));
    },
    markHost: (owner, index) => {
      const indexes = hosts.get(owner) ?? new Set();
      hosts.set(owner, indexes);
      if (indexes.has(index)) return false;
      indexes.add(index);
      // What was known may have hung on this parameter.
      known.clear();
      return true;
    },
    member: (value, key) => limited(memberOf(evaluator, value, key)),
  };
  const isHost = (owner: SyntaxNode | undefined, index: number): boolean =>
    owner !== undefined && hosts.get(owner)?.has(index) === true;
  contexts.set(evaluator, { isHost });
  return evaluator;
}

interface Context {
  readonly isHost: (owner: SyntaxNode | undefined, index: number) => boolean;
}

const contexts = new WeakMap<Evaluator, Context>();

function limited(values: readonly Value[]): readonly Value[] {
  if (values.length === 0) return UNKNOWN;
  return values.length > MAX_OPTIONS ? values.slice(0, MAX_OPTIONS) : values;
}

function compute(evaluator: Evaluator, node: SyntaxNode, scope: Scope): readonly Value[] {
  if (node.type === 'Identifier') return identifier(evaluator, textOf(node, 'name'), scope);
  if (isFunction(node)) return [{ is: 'function', node, scope }];
  const of = (key: string): readonly Value[] => evaluator.values(childOf(node, key), scope);
  switch (node.type) {
    case 'Literal':
      return [literal(node)];
    case 'TemplateLiteral':
      return [template(evaluator, node, scope)];
    case 'MemberExpression': {
      const key = evaluator.key(node, scope);
      if (key === undefined) return UNKNOWN;
      if (isArguments(childOf(node, 'object'), scope)) return hostArgument(evaluator, scope, key);
      return of('object').flatMap((value) => evaluator.member(value, key));
    }
    case 'BinaryExpression':
      return textOf(node, 'operator') === '+' ? sum(evaluator, node, scope) : UNKNOWN;
    case 'ConditionalExpression':
      return [...of('consequent'), ...of('alternate')];
    case 'LogicalExpression':
      return [...of('left'), ...of('right')];
    case 'AssignmentExpression':
      return of('right');
    case 'AwaitExpression':
      return of('argument');
    case 'SequenceExpression':
      return evaluator.values(childrenOf(node, 'expressions').at(-1), scope);
    case 'ObjectExpression':
      return [{ is: 'object', node, scope }];
    case 'ArrayExpression':
      return [array(evaluator, node, scope)];
    case 'ImportExpression':
      return moduleNamed(onlyText(of('source')));
    case 'CallExpression':
    case 'NewExpression':
      return callResult(evaluator, node, scope);
    default:
      return UNKNOWN;
  }
}

function literal(node: SyntaxNode): Value {
  const { value } = node;
  if (typeof value === 'string') return constant(value);
  if (typeof value === 'number' || typeof value === 'boolean') return constant(String(value));
  return { is: 'unknown' };
}

function template(evaluator: Evaluator, node: SyntaxNode, scope: Scope): Value {
  const holes = childrenOf(node, 'expressions');
  const parts: Value[] = [];
  for (const [index, quasi] of childrenOf(node, 'quasis').entries()) {
    const raw = quasi?.['value'];
    const cooked =
      typeof raw === 'object' && raw !== null && 'cooked' in raw ? raw.cooked : undefined;
    parts.push(typeof cooked === 'string' ? constant(cooked) : { is: 'unknown' });
    if (index < holes.length)
      parts.push(evaluator.values(holes[index], scope)[0] ?? { is: 'unknown' });
  }
  return joined(parts);
}

function array(evaluator: Evaluator, node: SyntaxNode, scope: Scope): Value {
  const elements = childrenOf(node, 'elements');
  if (elements.length > 10_000) return { is: 'unknown' };
  return {
    is: 'array',
    items: elements.map((item) =>
      item === undefined ? [constant('')] : evaluator.values(item, scope),
    ),
  };
}

function identifier(evaluator: Evaluator, name: string, scope: Scope): readonly Value[] {
  const binding = lookUp(scope, name);
  if (binding === undefined) return [{ is: 'global', path: GLOBAL_OBJECTS.has(name) ? '' : name }];
  return [
    ...parameterValues(evaluator, binding),
    ...binding.values.flatMap((assigned) => assignedValues(evaluator, assigned)),
  ];
}

function parameterValues(evaluator: Evaluator, binding: Binding): readonly Value[] {
  const { parameter } = binding;
  if (parameter === undefined) return [];
  const { owner, index, path, isRest } = parameter;
  const isHost = contexts.get(evaluator)?.isHost;
  if (isRest && path.length === 0) {
    const items = [0, 1, 2].map((offset): readonly Value[] =>
      isHost?.(owner, index + offset) === true ? [{ is: 'host' }] : UNKNOWN,
    );
    return items.some((item) => item !== UNKNOWN) ? [{ is: 'array', items }] : [];
  }
  if (isHost?.(owner, index) !== true) return [];
  return follow(evaluator, [{ is: 'host' }], { path, scope: undefined });
}

function assignedValues(evaluator: Evaluator, assigned: Assigned): readonly Value[] {
  const { imported, node, scope, path } = assigned;
  const start: readonly Value[] =
    imported === undefined ? evaluator.values(node, scope) : [{ is: 'module', ...imported }];
  return follow(evaluator, start, { path, scope });
}

function follow(
  evaluator: Evaluator,
  start: readonly Value[],
  { path, scope }: { path: Assigned['path']; scope: Scope | undefined },
): readonly Value[] {
  let values = start;
  for (const step of path) {
    const key =
      typeof step === 'string'
        ? step
        : scope === undefined
          ? writtenKey(step)
          : onlyText(evaluator.values(step, scope));
    if (key === undefined) return UNKNOWN;
    values = limited(values.flatMap((value) => evaluator.member(value, key)));
  }
  return values;
}

function isArguments(node: SyntaxNode | undefined, scope: Scope): boolean {
  return (
    node?.type === 'Identifier' &&
    textOf(node, 'name') === 'arguments' &&
    lookUp(scope, 'arguments') === undefined
  );
}

function hostArgument(evaluator: Evaluator, scope: Scope, key: string): readonly Value[] {
  const isHost = contexts.get(evaluator)?.isHost(scope.owner, Number(key)) === true;
  return isHost ? [{ is: 'host' }] : UNKNOWN;
}

/** Puts a sum of texts together; a long one is a chain of nodes to the left. */
function sum(evaluator: Evaluator, node: SyntaxNode, scope: Scope): readonly Value[] {
  const operands: (SyntaxNode | undefined)[] = [];
  let at: SyntaxNode | undefined = node;
  while (at?.type === 'BinaryExpression' && textOf(at, 'operator') === '+') {
    operands.push(childOf(at, 'right'));
    at = childOf(at, 'left');
  }
  operands.push(at);
  let options: readonly Value[] = [constant('')];
  for (const operand of operands.toReversed()) {
    const values = evaluator.values(operand, scope);
    options = options
      .flatMap((one) => values.map((other) => joined([one, other])))
      .slice(0, MAX_OPTIONS);
  }
  return options;
}
