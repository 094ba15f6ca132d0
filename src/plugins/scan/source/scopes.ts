import type { SyntaxNode } from './syntax.ts';

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
  readonly names: Map<string, Binding>;
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
  return { parent, names: new Map(), isFunction, owner: owner ?? parent?.owner };
}

/** Declares a name, or gives the declaration that is there. */
export function declare(scope: Scope, name: string): Binding {
  const known = scope.names.get(name);
  if (known !== undefined) return known;
  const binding: Binding = { values: [] };
  scope.names.set(name, binding);
  return binding;
}

/** Finds what a name stands for; undefined for a name of the world outside. */
export function lookUp(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const binding = at.names.get(name);
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
