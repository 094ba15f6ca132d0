import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { FLOORS } from '../../floors.mjs';
import { isTest, repository, typescriptFiles } from './tree.ts';

const MAX_SOURCES_IN_A_FOLDER = 12;
const ROOTS = ['src', 'agents', 'graphs', 'examples', 'bench', 'test'];
const files = typescriptFiles(ROOTS);
const pathsWith = (pattern: RegExp): readonly string[] =>
  files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

test(`no folder holds more than ${MAX_SOURCES_IN_A_FOLDER} source files`, () => {
  const sources = files
    .map(({ path }) => path)
    .filter((path) => !isTest(path) && !path.startsWith('examples/'));
  const folders = new Map<string, number>();
  for (const path of sources) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
  expect([...folders].filter(([, count]) => count > MAX_SOURCES_IN_A_FOLDER)).toEqual([]);
});

test('every folder of src stands on a floor', () => {
  const floors = FLOORS.flat();
  const folders = readdirSync(join(repository, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/${name}`);
  expect(folders.filter((folder) => !floors.includes(folder))).toEqual([]);
});

test('no file switches off a rule about structure, or every rule at once', () => {
  const structural =
    /(?:eslint|oxlint)-disable.*(max-|complexity|no-process-env|no-console|no-cycle|no-explicit-any|no-default-export)/;
  // An override cannot choose how many parameters it takes.
  const inherited = /oxlint-disable-next-line max-params -- The signature is /;
  const offending = files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        structural.test(line) && !inherited.test(line) ? [`${path}:${index + 1}`] : [],
      ),
  );
  expect(offending).toEqual([]);
  expect(pathsWith(/(?:eslint|oxlint)-disable(?:-next-line|-line)?\s*(?:\*\/|--|$)/m)).toEqual([]);
  expect(pathsWith(/@ts-(?:ignore|nocheck)/)).toEqual([]);
});

test('no test is skipped, put off, or run alone', () => {
  const tests = files.filter(({ path }) => isTest(path));
  const switched =
    /\b(test|it|describe|suite)(\.\w+)*\.(skip|skipIf|runIf|todo|only|fails)\b|\bcontext\.skip\(/;
  expect(tests.filter(({ text }) => switched.test(text)).map(({ path }) => path)).toEqual([]);
});

test('a front door only exports', () => {
  const doors = files.filter(({ path }) =>
    /^(src|agents)\/.*\/index\.ts$|^src\/index\.ts$/.test(path),
  );
  const withMore = doors.filter(({ text }) => withoutExports(text).trim() !== '');
  expect(withMore.map(({ path }) => path)).toEqual([]);
});

test('a front door names what it passes on', () => {
  expect(pathsWith(/^export \* from/m)).toEqual([]);
});

describe('agents', () => {
  const agents = readdirSync(join(repository, 'agents'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  test.each(agents)('%s has its artifact, front door, page and tests', (name) => {
    const has = (file: string): boolean => existsSync(join(repository, 'agents', name, file));
    expect(['artifact.ts', 'index.ts', 'README.md'].filter((file) => !has(file))).toEqual([]);
    expect(
      files.filter(({ path }) => path.startsWith(`agents/${name}/`) && isTest(path)),
    ).not.toEqual([]);
  });
});

/** The text of a front door without comments and `export { ... } from '...'`. */
function withoutExports(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .replaceAll(/export (type )?\{[^}]*\} from '[^']+';/g, '');
}
