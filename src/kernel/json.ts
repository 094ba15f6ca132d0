import { frozenShell, isFrozenJson, keepFrozenJson } from './deep-frozen.ts';
import { NotJsonError } from './errors.ts';

/** Any value that JSON can hold, read-only. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Keys that could reach a prototype, or be revived as a class by a LangChain serializer. */
const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype', 'lc']);
const MAX_DEPTH = 64;

/**
 * Gives `value` back as a deeply frozen copy when it is plain JSON.
 *
 * @param value - Anything; `undefined` members of objects are left out, as JSON does.
 * @param path - Where the value stands, for the error.
 * @throws {@link NotJsonError} for functions, symbols, bigint, NaN, infinities, class instances, Dates, cycles (depth
 * over 64), lone surrogates and the keys `__proto__`, `constructor`, `prototype`, `lc`.
 */
export function frozenJson(value: unknown, path = '$'): JsonValue {
  const result = copy(value, path, 0);
  if (typeof result === 'object' && result !== null) keepFrozenJson(result);
  return result;
}

function copy(value: unknown, path: string, depth: number): JsonValue {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return wellFormed(value, path);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new NotJsonError(path, String(value));
  }
  if (typeof value !== 'object') throw new NotJsonError(path, typeof value);
  if (isFrozenJson(value)) return value as JsonValue;
  if (depth >= MAX_DEPTH) throw new NotJsonError(path, `nesting over ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) {
    return frozenShell(copyItems(value, path, depth + 1), depth);
  }
  return copyObject(value, path, depth);
}

function copyItems(values: readonly unknown[], path: string, depth: number): JsonValue[] {
  const items: JsonValue[] = [];
  // By index, so that a hole counts as what it is read as.
  for (let index = 0; index < values.length; index += 1) {
    const item = values[index];
    items.push(isScalar(item) ? item : copy(item, `${path}[${index}]`, depth));
  }
  return items;
}

/** Whether `value` can be kept as it is; spares most values the making of a path that only an error would name. */
function isScalar(value: unknown): value is string | number | boolean | null {
  if (typeof value === 'string') return value.isWellFormed();
  return typeof value === 'number'
    ? Number.isFinite(value)
    : value === null || typeof value === 'boolean';
}

function copyObject(value: object, path: string, depth: number): JsonValue {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new NotJsonError(path, `an instance of ${className(prototype)}`);
  }
  const result: Record<string, JsonValue> = {};
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members)) {
    if (REFUSED_KEYS.has(key)) throw new NotJsonError(`${path}.${key}`, 'a reserved key');
    const member = members[key];
    if (member === undefined) continue;
    result[wellFormed(key, path)] = isScalar(member)
      ? member
      : copy(member, `${path}.${key}`, depth + 1);
  }
  return frozenShell(result, depth);
}

function className(prototype: unknown): string {
  const maker: unknown =
    typeof prototype === 'object' && prototype !== null && 'constructor' in prototype
      ? prototype.constructor
      : undefined;
  return typeof maker === 'function' ? maker.name : 'a class';
}

/** Stores and digests know UTF-8 only, in which half a character cannot be written. */
function wellFormed(text: string, path: string): string {
  if (text.isWellFormed()) return text;
  throw new NotJsonError(path, 'a lone surrogate');
}
