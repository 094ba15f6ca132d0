import { z } from 'zod';

import { canonicalJson, type JsonValue } from '../../../../../kernel/index.ts';

/** What is to be done with values. */
export const JsonOptions = z.strictObject({
  trim: z.boolean().default(true),
  /** Unicode normalization form C, so that equal words are equal text. */
  normalizeText: z.boolean().default(true),
  dropNulls: z.boolean().default(false),
  /** Members that are empty text, lists or objects. */
  dropEmpty: z.boolean().default(false),
  keys: z.enum(['keep', 'camel', 'snake']).default('keep'),
  sortKeys: z.boolean().default(true),
  /** Types by path, such as `lines[].amount`, after keys were renamed. */
  types: z.record(z.string(), z.enum(['text', 'number', 'integer', 'boolean'])).default({}),
});
export type JsonOptions = z.infer<typeof JsonOptions>;

const Count = z.int().nonnegative();

/** What was changed, without the values. */
export const JsonReport = z.strictObject({
  values: Count,
  trimmed: Count,
  normalized: Count,
  dropped: Count,
  renamed: Count,
  retyped: Count,
  /** Values that are not of their path's type and were kept, the first hundred. */
  problems: z.array(z.strictObject({ path: z.string(), why: z.string() })),
});
export type JsonReport = z.infer<typeof JsonReport>;

/** A report of nothing. */
export const NO_CHANGES: JsonReport = Object.freeze({
  values: 0,
  trimmed: 0,
  normalized: 0,
  dropped: 0,
  renamed: 0,
  retyped: 0,
  problems: [],
});

const MAX_PROBLEMS = 100;

/** Cleans one value, and adds to a report. */
export function cleanValue(
  value: JsonValue,
  options: JsonOptions,
  before: JsonReport,
): { readonly value: JsonValue; readonly report: JsonReport } {
  const cleaner = new Cleaner(options, before);
  const cleaned = cleaner.clean(value, '');
  const report = cleaner.report();
  return { value: cleaned, report: { ...report, values: report.values + 1 } };
}

class Cleaner {
  readonly #options: JsonOptions;
  readonly #report: JsonReport;

  constructor(options: JsonOptions, before: JsonReport) {
    this.#options = options;
    this.#report = { ...before, problems: [...before.problems] };
  }

  report(): JsonReport {
    return this.#report;
  }

  clean(value: JsonValue, path: string): JsonValue {
    if (Array.isArray(value)) {
      const items = value as readonly JsonValue[];
      return items.map((item) => this.clean(item, `${path}[]`)).filter((item) => this.#stays(item));
    }
    if (typeof value === 'object' && value !== null)
      return this.#cleanObject(value as Readonly<Record<string, JsonValue>>, path);
    return this.#retyped(typeof value === 'string' ? this.#text(value) : value, path);
  }

  #cleanObject(value: Readonly<Record<string, JsonValue>>, path: string): JsonValue {
    const members: [string, JsonValue][] = [];
    for (const [key, member] of Object.entries(value)) {
      const name = this.#renamed(key, Object.keys(value));
      const cleaned = this.clean(member, path === '' ? name : `${path}.${name}`);
      if (this.#stays(cleaned)) members.push([name, cleaned]);
    }
    if (this.#options.sortKeys) members.sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(members);
  }

  /** A name in the wanted case, unless another key would be lost by it. */
  #renamed(key: string, siblings: readonly string[]): string {
    const { keys } = this.#options;
    const wanted = inCase(key, keys);
    if (wanted === key) return key;
    const alike = siblings.filter((other) => inCase(other, keys) === wanted);
    if (alike.length > 1) {
      this.#note(key, 'another key would have the same name');
      return key;
    }
    this.#report.renamed += 1;
    return wanted;
  }

  #text(text: string): string {
    const normal = this.#options.normalizeText ? text.normalize('NFC') : text;
    if (normal !== text) this.#report.normalized += 1;
    const trimmed = this.#options.trim ? normal.trim() : normal;
    if (trimmed !== normal) this.#report.trimmed += 1;
    return trimmed;
  }

  #stays(value: JsonValue): boolean {
    const { dropNulls, dropEmpty } = this.#options;
    const empty = value === '' || (typeof value === 'object' && value !== null && isEmpty(value));
    const goes = (dropNulls && value === null) || (dropEmpty && empty);
    if (goes) this.#report.dropped += 1;
    return !goes;
  }

  #retyped(value: JsonValue, path: string): JsonValue {
    const { types } = this.#options;
    const type = Object.hasOwn(types, path) ? types[path] : undefined;
    if (type === undefined || value === null) return value;
    const typed = TYPED[type](value);
    if (typed === undefined) {
      this.#note(path, `it is no ${type}`);
      return value;
    }
    if (typed !== value) this.#report.retyped += 1;
    return typed;
  }

  #note(path: string, why: string): void {
    if (this.#report.problems.length < MAX_PROBLEMS) this.#report.problems.push({ path, why });
  }
}

const TYPED: Readonly<
  Record<JsonOptions['types'][string], (value: JsonValue) => JsonValue | undefined>
> = {
  text: (value) => (typeof value === 'string' ? value : canonicalJson(value)),
  number: numberOf,
  integer: (value) => {
    const number = numberOf(value);
    return Number.isSafeInteger(number) ? number : undefined;
  },
  boolean: (value) => {
    if (typeof value === 'boolean') return value;
    const word = typeof value === 'string' ? value.toLowerCase() : '';
    return word === 'true' || (word === 'false' ? false : undefined);
  },
};

function numberOf(value: JsonValue): number | undefined {
  if (typeof value === 'number') return value;
  // As JSON writes numbers: what only looks like one, such as 0x10 or 1e999, is none.
  if (typeof value !== 'string' || !/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value))
    return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function inCase(key: string, keys: JsonOptions['keys']): string {
  if (keys === 'keep') return key;
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  if (words.length === 0 || !/^[\w -]+$/.test(key)) return key;
  if (keys === 'snake') return words.join('_');
  return words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
