import { Buffer } from 'node:buffer';

import { constant, constantOf, joined, onlyText, type Value } from './values.ts';

/** A call of something known, with what it was given. */
export interface FoldableCall {
  /** The name of a function of the world outside: `String.fromCharCode`, `atob`. */
  readonly path: string;
  readonly args: readonly (readonly Value[])[];
}

/** A call of a method on something known. */
export interface FoldableMethod {
  readonly method: string;
  readonly target: Value;
  readonly args: readonly (readonly Value[])[];
}

/** Gives what a function without effects answers to constants; undefined when it is none, or they are not known. */
export function foldCall({ path, args }: FoldableCall): Value | undefined {
  const texts = args.map(onlyText);
  const [first] = texts;
  switch (path) {
    case 'String':
      return first === undefined ? undefined : constant(first);
    case 'String.fromCharCode':
    case 'String.fromCodePoint': {
      const codes = texts.map(Number);
      const known = codes.every(
        (code) => Number.isInteger(code) && code >= 0 && code <= 0x10_ff_ff,
      );
      return known && codes.length > 0 ? constant(String.fromCodePoint(...codes)) : undefined;
    }
    case 'atob':
      return first === undefined
        ? undefined
        : constant(Buffer.from(first, 'base64').toString('latin1'));
    case 'Buffer.from':
      return first === undefined ? undefined : bytes(first, texts[1]);
    case 'unescape':
    case 'decodeURI':
    case 'decodeURIComponent':
      return first === undefined ? undefined : decoded(first);
    default:
      return undefined;
  }
}

function bytes(text: string, encoding = 'utf8'): Value | undefined {
  if (!Buffer.isEncoding(encoding)) return undefined;
  return constant(Buffer.from(text, encoding).toString('utf8'));
}

function decoded(text: string): Value | undefined {
  try {
    return constant(decodeURIComponent(text));
  } catch {
    // Not the encoding that it claims to be: it stands for nothing that we know.
    return undefined;
  }
}

/** Gives what a method of a text or an array without effects answers. */
export function foldMethod({ method, target, args }: FoldableMethod): Value | undefined {
  if (target.is === 'array') return foldArrayMethod(method, target.items, args);
  if (method === 'concat' && target.is === 'text')
    return joined([target, ...args.map((options) => options[0] ?? constant(''))]);
  const text = constantOf(target);
  if (text === undefined) return undefined;
  const texts = args.map(onlyText);
  if (texts.includes(undefined) && args.length > 0) return undefined;
  return foldTextMethod(method, text, texts.map(String));
}

function foldTextMethod(method: string, text: string, args: readonly string[]): Value | undefined {
  const [first = '', second = ''] = args;
  const [start, end] = args.map(Number);
  switch (method) {
    case 'toString':
    case 'valueOf':
    case 'trim':
    case 'normalize':
      return constant(method === 'trim' ? text.trim() : text);
    case 'toLowerCase':
    case 'toUpperCase':
    case 'toLocaleLowerCase':
    case 'toLocaleUpperCase':
      return constant(method.includes('Lower') ? text.toLowerCase() : text.toUpperCase());
    case 'slice':
      return constant(text.slice(start, end));
    case 'substring':
      return constant(text.substring(start ?? 0, end));
    case 'at':
    case 'charAt':
      return constant(text.at(start ?? 0) ?? '');
    case 'replace':
      return constant(text.replace(first, () => second));
    case 'replaceAll':
      return constant(text.replaceAll(first, () => second));
    case 'split': {
      const pieces = args.length === 0 ? [text] : text.split(first);
      return pieces.length > 10_000 ? undefined : arrayOf(pieces);
    }
    default:
      return undefined;
  }
}

function foldArrayMethod(
  method: string,
  items: readonly (readonly Value[])[],
  args: readonly (readonly Value[])[],
): Value | undefined {
  if (method === 'reverse' || method === 'toReversed')
    return { is: 'array', items: items.toReversed() };
  if (method === 'concat') return { is: 'array', items: [...items, ...args] };
  if (method !== 'join') return undefined;
  const separator = args.length === 0 ? ',' : onlyText(args[0] ?? []);
  if (separator === undefined) return undefined;
  const parts = items.flatMap((options, index) => [
    ...(index === 0 ? [] : [constant(separator)]),
    options[0] ?? constant(''),
  ]);
  return joined(parts);
}

function arrayOf(texts: readonly string[]): Value {
  return { is: 'array', items: texts.map((text) => [constant(text)]) };
}
