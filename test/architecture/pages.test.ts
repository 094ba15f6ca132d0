import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { isTest, repository, typescriptFiles } from './tree.ts';

const FOLDERS = ['docs', 'agents', 'src', 'examples', 'bench'];
const pages = [
  ...readdirSync(repository),
  ...FOLDERS.filter((folder) => existsSync(join(repository, folder))).flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file}`,
    ),
  ),
].filter(
  (path) => path.endsWith('.md') && !path.includes('/briefs/') && !path.includes('/fixtures/'),
);
const textOf = (path: string): string => readFileSync(join(repository, path), 'utf8');

test('every link of a page to a file of the project leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
      .map(([, target]) => join(dirname(page), decodeURI(target ?? '')))
      .filter((target) => !existsSync(join(repository, target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every page of docs/ that the source names exists', () => {
  const named = typescriptFiles(['src', 'agents'])
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\bdocs\/[\w/-]+\.md\b/g)].map(([page]) => ({ path, page })),
    );
  expect(named.filter(({ page }) => !existsSync(join(repository, page)))).toEqual([]);
});

test('ARCHITECTURE.md is a page to read in one go: at most 120 lines', () => {
  expect(textOf('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(121);
});

test('every npm script that a page names exists', () => {
  const manifest = textOf('package.json');
  const missing = pages.flatMap((page) =>
    [...textOf(page).matchAll(/npm run ([a-z:-]+)/g)]
      .filter(([, name]) => !manifest.includes(`"${name}":`))
      .map(([command]) => `${page}: ${command}`),
  );
  expect(missing).toEqual([]);
});
