import type { Scope } from '../scopes.ts';
import type { SyntaxNode } from '../syntax.ts';
import type { Value } from './values.ts';

/** Names of the global object. */
export const GLOBAL_OBJECTS: ReadonlySet<string> = new Set([
  'globalThis',
  'global',
  'self',
  'window',
]);

/** Tells what expressions may be. */
export interface Evaluator {
  values(node: SyntaxNode | undefined, scope: Scope): readonly Value[];
  /** Gives the key of a member or property where it is known. */
  key(node: SyntaxNode, scope: Scope): string | undefined;
  /** Says that a parameter of a function is the host. */
  markHost(owner: SyntaxNode, index: number): boolean;
  /** What is under `key` of a value. */
  member(value: Value, key: string): readonly Value[];
}
