import { HOST_CALLS } from '../../sandbox/host-calls.ts';
import type { Evaluator } from './evaluation/evaluator.ts';
import type { Placed } from './facts.ts';
import { visitsOf } from './host-parameters.ts';
import { childOf, childrenOf, type SyntaxNode } from './syntax.ts';
import type { Value } from './evaluation/values.ts';
import type { Scope } from './scopes.ts';
import type { Visit, Walked } from './walk.ts';

const CALLS: ReadonlySet<string> = new Set(HOST_CALLS);
/** Names that mean little by themselves on a thing that is not known. */
const COMMON: ReadonlySet<string> = new Set(['env', 'emit', 'now', 'random', 'log', 'progress']);

/**
 * Tells which calls of the host a file makes, and where the host goes out of sight.
 *
 * @yields Each of them, in the order of the text.
 */
export function* collectHostFacts(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
  const member = (values: readonly Value[], key: string): readonly Value[] =>
    values.flatMap((value) => evaluator.member(value, key));
  const callees = new Set<SyntaxNode>();
  const escapes = [...escapedHosts(walked, evaluator)];
  yield* escapes;
  const hasEscaped = escapes.length > 0;
  for (const { node, scope } of visitsOf(walked, 'CallExpression')) {
    const callee = childOf(node, 'callee');
    if (callee === undefined) continue;
    const args = childrenOf(node, 'arguments').map((item) => evaluator.values(item, scope));
    const targets = evaluator.values(callee, scope);
    const calls = targets.flatMap(hostCallOf);
    if (calls.length > 0) callees.add(callee);
    for (const call of calls)
      yield { kind: 'host-call', call, args, member, isGuess: false, at: node.start };
    if (!hasEscaped || calls.length > 0 || !isUnknown(targets)) continue;
    const call = guessedCall(evaluator, callee, scope);
    if (call !== undefined)
      yield { kind: 'host-call', call, args, member, isGuess: true, at: node.start };
  }
  for (const { node, scope } of visitsOf(walked, 'MemberExpression'))
    if (!callees.has(node) && isHostIn(evaluator, childOf(node, 'object'), scope))
      yield looseMember(node, evaluator.key(node, scope));
}

/** Gives the call of the host that a method's name alone lets be guessed. */
function guessedCall(evaluator: Evaluator, callee: SyntaxNode, scope: Scope): string | undefined {
  const name = callee.type === 'MemberExpression' ? evaluator.key(callee, scope) : undefined;
  return name !== undefined && CALLS.has(name) && !COMMON.has(name) ? name : undefined;
}

function hostCallOf(value: Value): readonly string[] {
  return value.is === 'host-call' ? [value.call] : [];
}

function isUnknown(values: readonly Value[]): boolean {
  return values.every(({ is }) => is === 'unknown');
}

/** A call of the host that is not called where it stands, or whose name is not known. */
function looseMember({ start: at }: SyntaxNode, call: string | undefined): Placed {
  return call === undefined
    ? { kind: 'computed-host-call', at }
    : { kind: 'host-call', call, args: [], member: () => [], isGuess: false, at };
}

function isHostIn(evaluator: Evaluator, node: SyntaxNode | undefined, scope: Scope): boolean {
  return evaluator.values(node, scope).some(({ is }) => is === 'host');
}

/**
 * Where the host is handed to what cannot be followed, or put away.
 *
 * @yields Each of them, in the order of the text.
 */
function* escapedHosts(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
  const givesHost = ({ scope }: Visit, node: SyntaxNode | undefined): boolean =>
    isHostIn(evaluator, node, scope);
  const escapes: Readonly<Record<string, (visit: Visit) => boolean>> = {
    CallExpression: (visit) =>
      childrenOf(visit.node, 'arguments').some((argument) => givesHost(visit, argument)) &&
      !evaluator
        .values(childOf(visit.node, 'callee'), visit.scope)
        .some(({ is }) => is === 'function'),
    AssignmentExpression: (visit) =>
      childOf(visit.node, 'left')?.type === 'MemberExpression' &&
      givesHost(visit, childOf(visit.node, 'right')),
    Property: (visit) => givesHost(visit, childOf(visit.node, 'value')),
    SpreadElement: (visit) => givesHost(visit, childOf(visit.node, 'argument')),
    ReturnStatement: (visit) => givesHost(visit, childOf(visit.node, 'argument')),
  };
  for (const [type, isEscape] of Object.entries(escapes))
    for (const visit of visitsOf(walked, type))
      if (isEscape(visit)) yield { kind: 'host-escape', at: visit.node.start };
}
