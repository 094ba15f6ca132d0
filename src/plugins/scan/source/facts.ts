import type { Value } from './evaluation/values.ts';

/** One thing that a file's code does, by its line (counted from 1). */
export type Fact = { readonly line: number } & (
  | {
      readonly kind: 'import';
      readonly module: string;
      readonly how: 'static' | 'dynamic' | 'require';
    }
  /** A module whose name is put together at run time. */
  | { readonly kind: 'computed-import'; readonly how: 'dynamic' | 'require' }
  /** A name of the world outside, or a member of one: `process.env`. */
  | { readonly kind: 'global'; readonly path: string }
  /** A member of the global object whose name is not known. */
  | { readonly kind: 'computed-global' }
  /** Code made of text. */
  | {
      readonly kind: 'code';
      readonly how: 'eval' | 'function' | 'constructor' | 'timer' | 'handed-over';
    }
  /** A write to what all objects share. */
  | { readonly kind: 'prototype-write'; readonly how: 'built-in' | '__proto__' }
  | {
      readonly kind: 'host-call';
      readonly call: string;
      readonly args: readonly (readonly Value[])[];
      /** Gives what stands under a key of an argument. */
      readonly member: (values: readonly Value[], key: string) => readonly Value[];
      /** Whether it only looks like one: a call of that name on something that is not known. */
      readonly isGuess: boolean;
    }
  | { readonly kind: 'computed-host-call' }
  /** The host was handed to something that is not followed. */
  | { readonly kind: 'host-escape' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly flags: string }
  | { readonly kind: 'with' }
);

/** The kinds of facts. */
export type FactKind = Fact['kind'];

/** The facts of one kind. */
export type FactOf<Kind extends FactKind> = Extract<Fact, { readonly kind: Kind }>;

/** A fact before its line is known. */
export type Placed = Fact extends infer Each
  ? Each extends Fact
    ? Omit<Each, 'line'> & { readonly at: number }
    : never
  : never;
