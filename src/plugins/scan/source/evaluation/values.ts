import type { Scope } from '../scopes.ts';
import type { SyntaxNode } from '../syntax.ts';

/** What an expression may be, as far as it can be told without running anything. */
export type Value =
  /** A text; a part that is not known is undefined. */
  | { readonly is: 'text'; readonly parts: readonly (string | undefined)[] }
  /** Something of the world outside: `process.env`; the global object itself has the empty path. */
  | { readonly is: 'global'; readonly path: string }
  | { readonly is: 'module'; readonly module: string; readonly member: string }
  /** What the plugin is given as its way out. */
  | { readonly is: 'host' }
  | { readonly is: 'host-call'; readonly call: string }
  | { readonly is: 'function'; readonly node: SyntaxNode; readonly scope: Scope }
  | { readonly is: 'object'; readonly node: SyntaxNode; readonly scope: Scope }
  | { readonly is: 'array'; readonly items: readonly (readonly Value[])[] }
  | { readonly is: 'constructor' }
  | { readonly is: 'unknown' };

/** Nothing is known. */
export const UNKNOWN: readonly Value[] = Object.freeze([Object.freeze({ is: 'unknown' as const })]);

/** Longer texts are not put together; what decides anything is short. */
const MAX_TEXT = 65_536;

/** A text that is known whole. */
export function constant(text: string): Value {
  return text.length > MAX_TEXT
    ? { is: 'text', parts: [undefined] }
    : { is: 'text', parts: [text] };
}

/** Gives a text where every part of it is known. */
export function constantOf(value: Value | undefined): string | undefined {
  if (value?.is !== 'text') return undefined;
  const [first] = value.parts;
  return value.parts.length === 1 ? first : undefined;
}

/** Gives the one text that an expression is, when it is one and known whole. */
export function onlyText(values: readonly Value[]): string | undefined {
  return values.length === 1 ? constantOf(values[0]) : undefined;
}

/** Puts texts together, one behind the other. */
export function joined(values: readonly Value[]): Value {
  const parts: (string | undefined)[] = [];
  for (const value of values) {
    for (const part of value.is === 'text' ? value.parts : [undefined]) {
      const last = parts.at(-1);
      if (part !== undefined && last !== undefined) parts[parts.length - 1] = last + part;
      else if (part !== undefined || parts.length === 0 || last !== undefined) parts.push(part);
    }
  }
  const length = parts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
  return length > MAX_TEXT ? { is: 'text', parts: [undefined] } : { is: 'text', parts };
}
