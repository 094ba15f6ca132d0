import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { makeFolder } from './make-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phasegate-folder-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('makes a folder and those above it, with the mode, and finds them the second time', () => {
  const path = join(root, 'a', 'b', 'c');
  makeFolder(path, 0o700);
  makeFolder(path, 0o700);
  expect(statSync(path).isDirectory()).toBe(true);
  if (process.platform !== 'win32') expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o700);
});

test('refuses a place that a file stands at or above', () => {
  writeFileSync(join(root, 'file'), '');
  expect(() => makeFolder(join(root, 'file'))).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  expect(() => makeFolder(join(root, 'file', 'below', 'it'))).toThrow(
    expect.objectContaining({ code: 'EEXIST' }),
  );
});

test('ends where nothing can ever be made', () => {
  expect(() => makeFolder('/proc/phasegate/folder')).toThrow(
    expect.objectContaining({ code: 'ENOENT' }),
  );
});
