import { expect, test } from 'vitest';

import { InvalidManifestError } from '../errors/index.ts';
import { SOUND_MANIFEST } from '../fixtures/sound-manifest.ts';
import { readManifest } from './read-manifest.ts';

function problemsIn(text: string): readonly string[] {
  try {
    readManifest(text, 'm.json');
  } catch (error) {
    if (error instanceof InvalidManifestError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
  return [];
}

const written = (changes: object): string =>
  JSON.stringify({ ...SOUND_MANIFEST, ...changes }, null, 2);

test('reads a sound manifest and fills in the limits', () => {
  const { id, limits } = readManifest(written({}), 'm.json');
  expect(id).toBe('acme.upper');
  expect(limits).toEqual({
    wallMs: 5000,
    cpuMs: 1000,
    memoryMb: 32,
    hostCalls: 100,
    outputKb: 256,
  });
});

test('names file, line and column of an unknown key, at every depth', () => {
  const problems = problemsIn(
    written({
      permisions: {},
      permissions: { net: { hosts: ['a.example'], methods: ['GET'], ports: [] } },
    }),
  );
  expect(problems).toHaveLength(2);
  expect(problems[0]).toMatch(/^m\.json:\d+:\d+ permissions\.net\.ports: There is no such key\.$/);
  expect(problems[1]).toMatch(/^m\.json:\d+:3 permisions: There is no such key\.$/);
});

test('reports all mistakes at once, each at its place', () => {
  const problems = problemsIn(written({ id: 'Upper', version: 'v1', kind: 'gadget' }));
  expect(problems.map((line) => line.split(' ')[0])).toEqual([
    'm.json:3:9',
    'm.json:4:14',
    'm.json:5:11',
  ]);
});

test.each([
  ['nothing', ''],
  ['a comment', '{ /* a */ }'],
  ['a trailing comma', '{ "a": 1, }'],
  ['half a file', '{ "manifestVersion": 1, "id": "acme'],
  ['an array', '[]'],
])('refuses %s with a place', (_name, text) => {
  expect(problemsIn(text)[0]).toMatch(/^m\.json:\d+:\d+ /);
});

test('refuses a key that is there twice, which readers would understand differently', () => {
  const text = written({}).replace(
    '"entry": "index.js"',
    '"entry": "index.js", "entry": "evil.js"',
  );
  expect(problemsIn(text)).toEqual([
    expect.stringMatching(/^m\.json:\d+:\d+ entry: The key is there twice\.$/),
  ]);
});

test('refuses two operations of one name, and a fallback that is not another operation', () => {
  const [operation] = SOUND_MANIFEST.contributes.operations;
  const problems = problemsIn(
    written({ contributes: { operations: [{ ...operation, fallback: 'upper' }, operation] } }),
  );
  expect(problems.join('\n')).toMatch(/operations\.1\.name: Another operation has this name/);
  expect(problems.join('\n')).toMatch(/operations\.0\.fallback: A fallback is another operation/);
});

test.each(['../index.js', '/etc/passwd', 'a/../../b.js', 'a\\b.js', '.hidden/x.js'])(
  'refuses the entry %s',
  (entry) => {
    expect(problemsIn(written({ entry }))).toHaveLength(1);
  },
);
