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
});
const folder = new URL('./cases/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const casesOf = (name: string) =>
  Cases.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

describe.each(files)('%s', (name) => {
  const { type, found, clean, tokens } = casesOf(name);

  test('finds what is there, exactly', () => {
    const missed = found.filter(({ text, value, type: own }) => {
      const wanted = `${own ?? type} ${value}`;
      return !scanText(text).some(
        (finding) => `${finding.type} ${text.slice(finding.start, finding.end)}` === wanted,
      );
    });
    expect(missed).toEqual([]);
  });

  test('finds nothing where nothing is', () => {
    const types: readonly string[] = type === undefined ? SECRET_TYPES : [type];
    const wrong = [
      ...clean.filter((text) => scanText(text).some((finding) => types.includes(finding.type))),
      ...tokens.filter((text) => scanText(text).length > 0),
    ];
    expect(wrong).toEqual([]);
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
