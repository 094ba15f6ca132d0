import { childOf, childrenOf, textOf, type SyntaxNode } from './syntax.ts';

/** What a name may stand for: an expression, or a part of one. */
export interface Assigned {
  /** Undefined where it cannot be known, such as a parameter. */
  readonly node: SyntaxNode | undefined;
  readonly scope: Scope;
  /** The way into the value, for a name that was taken out of it: `{ a: { b } }` gives `['a', 'b']`. */
  readonly path: readonly (SyntaxNode | string)[];
  /** A name of the host's own world that this is known to be: a module, or one of its members. */
  readonly imported?: { readonly module: string; readonly member: string };
}

/** A declared name. */
export interface Binding {
  readonly values: Assigned[];
  /** The function and the place of the parameter that it is, when it is one. */
  parameter?: Parameter;
}

/** A place among the parameters of a function. */
export interface Parameter {
  readonly owner: SyntaxNode;
  readonly index: number;
  readonly path: readonly (SyntaxNode | string)[];
  readonly isRest: boolean;
}

/** The names of one block, function or file. */
export interface Scope {
  readonly parent: Scope | undefined;
  /** Undefined while there is none: most blocks declare nothing. */
  names: Map<string, Binding> | undefined;
  /** Set where `var` lives. */
  readonly isFunction: boolean;
  /** The function whose `arguments` these are. */
  readonly owner: SyntaxNode | undefined;
}

/** Opens a scope inside `parent`. */
export function openScope(
  parent: Scope | undefined,
  isFunction: boolean,
  owner?: SyntaxNode,
): Scope {
  return { parent, names: undefined, isFunction, owner: owner ?? parent?.owner };
}

/** Declares a name, or gives the declaration that is there. */
export function declare(scope: Scope, name: string): Binding {
  const names = (scope.names ??= new Map());
  const known = names.get(name);
  if (known !== undefined) return known;
  const binding: Binding = { values: [] };
  names.set(name, binding);
  return binding;
}

/** Finds what a name stands for; undefined for a name of the world outside. */
export function lookUp(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const binding = at.names?.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

/** Gives the scope in which a `var` is declared. */
export function functionScope(scope: Scope): Scope {
  let at = scope;
  while (!at.isFunction && at.parent !== undefined) at = at.parent;
  return at;
}

/** The way into a value that is taken whole. */
export const NOWHERE: readonly string[] = Object.freeze([]);

/** Told of each name that is bound, and of the way to it. */
export type Bound = (binding: Binding, path: Parameter['path']) => void;

/** Declares the names of a pattern as parts of a value. */
export function bindPattern(
  pattern: SyntaxNode | undefined,
  target: Scope,
  { bound, node, scope, path: start }: Assigned & { readonly bound?: Bound },
): void {
  // A name alone, as most are.
  if (pattern?.type === 'Identifier') {
    const binding = declare(target, textOf(pattern, 'name'));
    binding.values.push({ node, scope, path: start });
    bound?.(binding, NOWHERE);
    return;
  }
  for (const { name, path, fallback } of namesIn(pattern, [])) {
    const binding = declare(target, name);
    binding.values.push({ node, scope, path: [...start, ...path] });
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
export function* namesIn(
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
