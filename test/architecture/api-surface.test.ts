import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { apiSurface, publishedNames } from '../../scripts/generate/api-surface.mjs';
import { repository } from './tree.ts';

test('the published names are those of the committed snapshot: if the change is meant, run npm run generate', () => {
  for (const { file, text } of apiSurface()) {
    expect(text).toBe(readFileSync(join(repository, file), 'utf8'));
  }
});

test('every published name has a docstring', () => {
  const undocumented = publishedNames().flatMap(({ subpath, names }) =>
    names.filter(({ documented }) => !documented).map(({ name }) => `${subpath}: ${name}`),
  );
  expect(undocumented).toEqual([]);
});

test('nothing is published as a default export', () => {
  const names = publishedNames().flatMap((entry) => entry.names.map(({ name }) => name));
  expect(names).not.toContain('default');
});
