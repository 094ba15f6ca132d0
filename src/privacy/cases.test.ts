import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { PERSONAL_TYPES, scanText, SECRET_TYPES } from './index.ts';

/** Texts that resemble keys stand in pieces, so that no other scanner takes the file for a leak. */
const Text = z.union([z.string(), z.array(z.string()).transform((parts) => parts.join(''))]);
const Cases = z.strictObject({
  type: z.string().optional(),
  found: z
    .array(z.strictObject({ type: z.string().optional(), text: Text, value: Text }))
    .default([]),
  /** Texts in which nothing of the type is found; of no type of secrets, where no type is named. */
  clean: z.array(Text).default([]),
  /** What belongs to nobody: nothing at all is found. */
  tokens: z.array(Text).default([]),
  /** What is known not to be found exactly, and why that is left so: the bench counts it. */
  missed: z
    .array(z.strictObject({ text: Text, value: Text, why: z.string().optional() }))
    .default([]),
  /** What belongs to nobody and is known to be taken for something: the bench counts it. */
  flagged: z.array(Text).default([]),
});
const folder = new URL('./cases/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const casesOf = (name: string) =>
  Cases.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

describe.each(files)('%s', (name) => {
  const { type, found, clean, tokens, missed, flagged } = casesOf(name);
  const isFound = ({ text, value, type: own = type }: (typeof found)[number]): boolean =>
    scanText(text).some(
      (finding) => finding.type === own && text.slice(finding.start, finding.end) === value,
    );

  test('finds what is there, exactly', () => {
    expect(found.filter((entry) => !isFound(entry))).toEqual([]);
  });

  test('finds nothing where nothing is', () => {
    const types: readonly string[] = type === undefined ? SECRET_TYPES : [type];
    const wrong = [
      ...clean.filter((text) => scanText(text).some((finding) => types.includes(finding.type))),
      ...tokens.filter((text) => scanText(text).length > 0),
    ];
    expect(wrong).toEqual([]);
  });

  test('misses and flags what the cases say it does, until they say otherwise', () => {
    expect(missed.filter(isFound)).toEqual([]);
    expect(flagged.filter((text) => scanText(text).length === 0)).toEqual([]);
  });
});

test('every type has cases', () => {
  const covered = new Set(
    files.flatMap((name) => {
      const { type, found } = casesOf(name);
      return found.map((entry) => entry.type ?? type);
    }),
  );
  expect([...PERSONAL_TYPES, ...SECRET_TYPES].filter((type) => !covered.has(type))).toEqual([]);
});
