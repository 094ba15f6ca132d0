import { readdirSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';
import { z } from 'zod';

import { findStandard, PRIMITIVES, STANDARD_IDS } from '../index.ts';

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /^[a-z]+\/[a-z-]+\.ts$/.test(file) && !file.endsWith('/index.ts'))
  .filter((file) => readFileSync(new URL(file, folder), 'utf8').includes('definePrimitive('));

test('every primitive check is in the registry under its own id, which is the name of its file', () => {
  const ids = files.map((file) => (file.split('/')[1] ?? '').replace('.ts', '').replace('-', '.'));
  expect([...PRIMITIVES.keys()]).toEqual(ids.toSorted());
  expect([...PRIMITIVES].filter(([id, primitive]) => primitive.id !== id)).toEqual([]);
  expect(PRIMITIVES.size).toBe(51);
});

test('every primitive check is used by a standard', () => {
  const used = new Set(
    STANDARD_IDS.flatMap((id) => findStandard(id).checks.map(({ primitive }) => primitive.id)),
  );
  expect([...PRIMITIVES.keys()].filter((id) => !used.has(id))).toEqual([]);
});

test('every primitive check takes no parameters at all, and refuses those that it does not have', () => {
  const wrong = [...PRIMITIVES.values()].filter(
    ({ parameters }) =>
      !parameters.safeParse({}).success || parameters.safeParse({ nobodyKnows: 1 }).success,
  );
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

test('every primitive check has a side, and each side knows what it needs', () => {
  const wrong = [...PRIMITIVES.values()].filter(
    ({ gate, report }) =>
      (gate === undefined && report === undefined) ||
      [gate, report].some((side) => side?.needs.length === 0),
  );
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

test('what a check of a standard is given is JSON, so that packs can be written down', () => {
  const parameters = STANDARD_IDS.flatMap((id) =>
    findStandard(id).checks.map((check) => check.parameters),
  );
  expect(parameters.filter((given) => !z.json().safeParse(given).success)).toEqual([]);
});
