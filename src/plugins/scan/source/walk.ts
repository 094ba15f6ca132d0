import {
  bindPattern,
  declare,
  functionScope,
  lookUp,
  namesIn,
  NOWHERE,
  openScope,
  type Assigned,
  type Bound,
  type Scope,
} from './scopes.ts';
import { childOf, childrenOf, isNode, textOf, type SyntaxNode } from './syntax.ts';

/** A node where it stands. */
export interface Visit {
  readonly node: SyntaxNode;
  readonly scope: Scope;
  readonly parent: SyntaxNode | undefined;
}

/** A file's nodes by their type, and the names of its scopes. */
export interface Walked {
  readonly kinds: ReadonlyMap<string, NodeKind>;
  readonly root: Scope;
}

/** The nodes of one type, and what is done with each. It is looked up once for a node, whose type is text. */
interface NodeKind {
  readonly visits: Visit[];
  readonly isType: boolean;
  readonly mayBeType: boolean;
  readonly enter: Enter | undefined;
}

/** Declares what a node declares and gives the scope of its children. */
type Enter = (visit: Visit, pending: Pending[]) => Scope;

/** Names are looked up when the walk is over, so that one walk is enough. */
interface Pending {
  readonly scope: Scope;
  readonly name: string;
  readonly assigned: Assigned;
}

/** Of TypeScript only this is code; the rest are types. */
const TYPESCRIPT_CODE =
  /^TS(?:As|Satisfies|NonNull|Instantiation)Expression$|^TSTypeAssertion$|^TS(?:ExportAssignment|EnumDeclaration|EnumBody|EnumMember|ModuleDeclaration|ModuleBlock|ImportEqualsDeclaration|ExternalModuleReference|ParameterProperty)$/;
const NO_CHILDREN: ReadonlySet<string> = new Set(['parent', 'loc', 'range', 'regex']);

/**
 * Walks a tree once: gathers its nodes by type and what each name may stand for.
 *
 * @param spend - Called for every node; throws when too much was spent.
 * @throws What `spend` throws; RangeError for a tree that is too deep.
 */
export function walk(program: SyntaxNode, spend: () => void): Walked {
  const kinds = new Map<string, NodeKind>();
  const root = openScope(undefined, true);
  const pending: Pending[] = [];
  const stack: Visit[] = [{ node: program, scope: root, parent: undefined }];
  // A stack of our own: however deep a tree is, this one does not overflow.
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const { node } = visit;
    spend();
    const kind = kinds.get(node.type) ?? newKind(node.type, kinds);
    if (kind.isType || (kind.mayBeType && isTypeOnly(node))) continue;
    kind.visits.push(visit);
    const inner = kind.enter === undefined ? visit.scope : kind.enter(visit, pending);
    const before = stack.length;
    pushChildren(stack, node, inner);
    // In the order of the text.
    reverseFrom(stack, before);
  }
  for (const { scope, name, assigned } of pending) lookUp(scope, name)?.values.push(assigned);
  return { kinds, root };
}

/** What is there in TypeScript, or can be told from code by one of its members only. */
const MAY_BE_TYPE = /^(?:TS|Import|Export|Accessor)|Declaration$|Definition$|^ClassExpression$/;

function newKind(type: string, kinds: Map<string, NodeKind>): NodeKind {
  const kind: NodeKind = {
    visits: [],
    isType: type.startsWith('TS') && !TYPESCRIPT_CODE.test(type),
    mayBeType: MAY_BE_TYPE.test(type),
    enter: ENTER.get(type),
  };
  kinds.set(type, kind);
  return kind;
}

function isTypeOnly(node: SyntaxNode): boolean {
  return node['importKind'] === 'type' || node['exportKind'] === 'type' || node['declare'] === true;
}

function pushChildren(stack: Visit[], node: SyntaxNode, scope: Scope): void {
  // The names that are handed on from another module are not names of this one.
  if (node.type === 'ExportNamedDeclaration' && isNode(node['source'])) return;
  for (const key in node) {
    const value = node[key];
    if (typeof value !== 'object' || value === null || NO_CHILDREN.has(key)) continue;
    if (Array.isArray(value)) pushEach(stack, value, { scope, parent: node });
    else if (isNode(value)) stack.push({ node: value, scope, parent: node });
  }
}

function pushEach(
  stack: Visit[],
  items: readonly unknown[],
  { scope, parent }: Pick<Visit, 'scope' | 'parent'>,
): void {
  for (const item of items) if (isNode(item)) stack.push({ node: item, scope, parent });
}

function reverseFrom(stack: Visit[], from: number): void {
  for (let low = from, high = stack.length - 1; low < high; low += 1, high -= 1) {
    const one = stack[low];
    const other = stack[high];
    if (one === undefined || other === undefined) return;
    stack[low] = other;
    stack[high] = one;
  }
}

function inside({ scope }: Visit): Scope {
  return openScope(scope, false);
}

function inClass({ node, scope }: Visit): Scope {
  const inner = openScope(scope, false);
  declareName(childOf(node, 'id'), inner, node);
  return inner;
}

function inCatch({ node, scope }: Visit): Scope {
  const inner = openScope(scope, false);
  bindPattern(childOf(node, 'param'), inner, { node: undefined, scope, path: NOWHERE });
  return inner;
}

function named({ node, scope }: Visit): Scope {
  declareName(childOf(node, 'id'), scope, childOf(node, 'moduleReference'));
  return scope;
}

const ENTER: ReadonlyMap<string, Enter> = new Map<string, Enter>([
  ['FunctionDeclaration', inFunction],
  ['FunctionExpression', inFunction],
  ['ArrowFunctionExpression', inFunction],
  ['BlockStatement', inside],
  ['ForStatement', inside],
  ['ForInStatement', inside],
  ['ForOfStatement', inside],
  ['SwitchStatement', inside],
  ['StaticBlock', inside],
  ['TSModuleBlock', inside],
  ['CatchClause', inCatch],
  ['ClassExpression', inClass],
  ['VariableDeclaration', declareVariables],
  ['ImportDeclaration', declareImports],
  ['ClassDeclaration', declareClass],
  ['TSEnumDeclaration', named],
  ['TSModuleDeclaration', named],
  ['TSImportEqualsDeclaration', named],
  ['AssignmentExpression', assign],
]);

function inFunction({ node, scope }: Visit): Scope {
  const own = node.type === 'FunctionDeclaration';
  if (own) declareName(childOf(node, 'id'), scope, node);
  const isArrow = node.type === 'ArrowFunctionExpression';
  const inner = openScope(scope, true, isArrow ? undefined : node);
  if (!own) declareName(childOf(node, 'id'), inner, node);
  for (const [index, parameter] of childrenOf(node, 'params').entries()) {
    if (parameter === undefined) continue;
    const isRest = parameter.type === 'RestElement';
    const pattern = isRest ? childOf(parameter, 'argument') : parameter;
    const bound: Bound = (binding, path) => {
      binding.parameter = { owner: node, index, path, isRest };
    };
    bindPattern(pattern, inner, { node: undefined, scope: inner, path: NOWHERE, bound });
  }
  return inner;
}

function declareName(id: SyntaxNode | undefined, scope: Scope, node: SyntaxNode | undefined): void {
  if (id?.type !== 'Identifier') return;
  declare(scope, textOf(id, 'name')).values.push({ node, scope, path: NOWHERE });
}

function declareClass({ node, scope }: Visit): Scope {
  declareName(childOf(node, 'id'), scope, node);
  return scope;
}

function declareVariables({ node, scope, parent }: Visit): Scope {
  const target = node['kind'] === 'var' ? functionScope(scope) : scope;
  const isLoop = parent?.type === 'ForInStatement' || parent?.type === 'ForOfStatement';
  for (const declarator of childrenOf(node, 'declarations')) {
    if (declarator === undefined) continue;
    const init = childOf(declarator, 'init');
    // A bare `var x;` gives no value of its own; what is assigned later does.
    const isEmpty = init === undefined && !isLoop;
    const bound: Bound = (binding) => {
      if (isEmpty) binding.values.pop();
    };
    bindPattern(childOf(declarator, 'id'), target, { node: init, scope, path: NOWHERE, bound });
  }
  return scope;
}

function declareImports({ node, scope }: Visit): Scope {
  const module = textOf(childOf(node, 'source'), 'value');
  for (const specifier of childrenOf(node, 'specifiers')) {
    if (specifier === undefined || isTypeOnly(specifier)) continue;
    const local = textOf(childOf(specifier, 'local'), 'name');
    const imported = childOf(specifier, 'imported');
    const name = textOf(imported, 'name') || textOf(imported, 'value');
    const member = specifier.type === 'ImportSpecifier' && name !== 'default' ? name : '';
    declare(scope, local).values.push({
      node: undefined,
      scope,
      path: [],
      imported: { module, member },
    });
  }
  return scope;
}

function assign({ node, scope }: Visit, pending: Pending[]): Scope {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const isPlain = ['=', '||=', '&&=', '??='].includes(textOf(node, 'operator'));
  for (const { name, path } of namesIn(left, []))
    pending.push({ scope, name, assigned: { node: isPlain ? right : undefined, scope, path } });
  return scope;
}
