import {
  declare,
  functionScope,
  lookUp,
  openScope,
  type Assigned,
  type Binding,
  type Parameter,
  type Scope,
} from './scopes.ts';
import { childOf, childrenOf, isFunction, isNode, textOf, type SyntaxNode } from './syntax.ts';

/** A node where it stands. */
export interface Visit {
  readonly node: SyntaxNode;
  readonly scope: Scope;
  readonly parent: SyntaxNode | undefined;
}

/** A file's nodes by their type, and the names of its scopes. */
export interface Walked {
  readonly visits: ReadonlyMap<string, readonly Visit[]>;
  readonly root: Scope;
}

/** Names are looked up when the walk is over, so that one walk is enough. */
interface Pending {
  readonly scope: Scope;
  readonly name: string;
  readonly assigned: Assigned;
}

const SCOPED: ReadonlySet<string> = new Set([
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'CatchClause',
  'SwitchStatement',
  'StaticBlock',
  'TSModuleBlock',
]);
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
  const visits = new Map<string, Visit[]>();
  const root = openScope(undefined, true);
  const pending: Pending[] = [];
  const stack: Visit[] = [{ node: program, scope: root, parent: undefined }];
  // A stack of our own: however deep a tree is, this one does not overflow.
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const { node } = visit;
    spend();
    if (node.type.startsWith('TS') && !TYPESCRIPT_CODE.test(node.type)) continue;
    if (isTypeOnly(node)) continue;
    const list = visits.get(node.type);
    if (list === undefined) visits.set(node.type, [visit]);
    else list.push(visit);
    const inner = enter(visit, pending);
    const before = stack.length;
    pushChildren(stack, node, inner);
    // In the order of the text.
    reverseFrom(stack, before);
  }
  for (const { scope, name, assigned } of pending) lookUp(scope, name)?.values.push(assigned);
  return { visits, root };
}

function isTypeOnly(node: SyntaxNode): boolean {
  return node['importKind'] === 'type' || node['exportKind'] === 'type' || node['declare'] === true;
}

function pushChildren(stack: Visit[], node: SyntaxNode, scope: Scope): void {
  // The names that are handed on from another module are not names of this one.
  if (node.type === 'ExportNamedDeclaration' && isNode(node['source'])) return;
  for (const key in node) {
    if (NO_CHILDREN.has(key)) continue;
    const value = node[key];
    if (typeof value !== 'object' || value === null) continue;
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

/** Declares what a node declares and gives the scope of its children. */
function enter(visit: Visit, pending: Pending[]): Scope {
  const { node, scope } = visit;
  if (isFunction(node)) return enterFunction(node, scope);
  switch (node.type) {
    case 'VariableDeclaration':
      declareVariables(visit);
      break;
    case 'ImportDeclaration':
      declareImports(node, scope);
      break;
    case 'ClassDeclaration':
      declareName(childOf(node, 'id'), scope, node);
      break;
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      declareName(childOf(node, 'id'), scope, childOf(node, 'moduleReference'));
      break;
    case 'AssignmentExpression':
      assign(node, scope, pending);
      break;
    default:
  }
  if (node.type === 'ClassExpression') {
    const inner = openScope(scope, false);
    declareName(childOf(node, 'id'), inner, node);
    return inner;
  }
  if (!SCOPED.has(node.type)) return scope;
  const inner = openScope(scope, false);
  if (node.type === 'CatchClause')
    bindPattern(childOf(node, 'param'), inner, { node: undefined, scope, path: [] });
  return inner;
}

function enterFunction(node: SyntaxNode, scope: Scope): Scope {
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
    bindPattern(pattern, inner, { node: undefined, scope: inner, path: [], bound });
  }
  return inner;
}

function declareName(id: SyntaxNode | undefined, scope: Scope, node: SyntaxNode | undefined): void {
  if (id?.type !== 'Identifier') return;
  declare(scope, textOf(id, 'name')).values.push({ node, scope, path: [] });
}

function declareVariables({ node, scope, parent }: Visit): void {
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
    bindPattern(childOf(declarator, 'id'), target, { node: init, scope, path: [], bound });
  }
}

function declareImports(node: SyntaxNode, scope: Scope): void {
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
}

function assign(node: SyntaxNode, scope: Scope, pending: Pending[]): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const isPlain = ['=', '||=', '&&=', '??='].includes(textOf(node, 'operator'));
  for (const { name, path } of namesIn(left, []))
    pending.push({ scope, name, assigned: { node: isPlain ? right : undefined, scope, path } });
}

type Bound = (binding: Binding, path: Parameter['path']) => void;

function bindPattern(
  pattern: SyntaxNode | undefined,
  target: Scope,
  { bound, ...value }: Assigned & { readonly bound?: Bound },
): void {
  for (const { name, path, fallback } of namesIn(pattern, [])) {
    const binding = declare(target, name);
    binding.values.push({ ...value, path: [...value.path, ...path] });
    bound?.(binding, path);
    if (fallback !== undefined) binding.values.push({ node: fallback, scope: target, path: [] });
  }
}

interface NamedPart {
  readonly name: string;
  readonly path: readonly (SyntaxNode | string)[];
  readonly fallback?: SyntaxNode | undefined;
}

/**
 * Gives the names that a pattern binds and the way to each.
 *
 * @yields Each of them, in the order of the text.
 */
function* namesIn(
  pattern: SyntaxNode | undefined,
  path: readonly (SyntaxNode | string)[],
): Iterable<NamedPart> {
  if (pattern === undefined) return;
  switch (pattern.type) {
    case 'Identifier':
      yield { name: textOf(pattern, 'name'), path };
      return;
    case 'TSParameterProperty':
      yield* namesIn(childOf(pattern, 'parameter'), path);
      return;
    case 'AssignmentPattern':
      for (const part of namesIn(childOf(pattern, 'left'), path))
        yield part.fallback === undefined ? { ...part, fallback: childOf(pattern, 'right') } : part;
      return;
    case 'RestElement':
      yield* namesIn(childOf(pattern, 'argument'), path);
      return;
    case 'ArrayPattern':
      for (const [index, element] of childrenOf(pattern, 'elements').entries())
        yield* namesIn(element, [...path, String(index)]);
      return;
    case 'ObjectPattern':
      for (const property of childrenOf(pattern, 'properties')) {
        if (property?.type === 'RestElement') yield* namesIn(property, path);
        else if (property !== undefined)
          yield* namesIn(childOf(property, 'value'), [...path, keyOf(property)]);
      }
      return;
    default:
  }
}

function keyOf(property: SyntaxNode): SyntaxNode | string {
  const key = childOf(property, 'key');
  if (key === undefined) return '';
  if (property['computed'] !== true && key.type === 'Identifier') return textOf(key, 'name');
  return key;
}
