import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { openEmbeddedStorage } from '../../index.ts';

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-key-'));
  path = join(directory, 'seal.key');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function readOnce(): Promise<Uint8Array> {
  await using storage = await openEmbeddedStorage({ directory });
  return storage.sealKey();
}

test('makes 32 bytes that only the owner can read, and gives the same ones ever after', async () => {
  const key = await readOnce();
  expect(key).toHaveLength(32);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(Buffer.from(key).equals(readFileSync(path))).toBe(true);
  expect(await readOnce()).toEqual(key);
  expect(readdirSync(directory).filter((name) => name.endsWith('.new'))).toEqual([]);
});

test('is another key in another directory', async () => {
  const other = mkdtempSync(join(tmpdir(), 'phasegate-key-'));
  await using storage = await openEmbeddedStorage({ directory: other });
  expect(storage.sealKey()).not.toEqual(await readOnce());
  rmSync(other, { recursive: true });
});

test('gives a copy, so that a caller cannot change the key of others', async () => {
  await using storage = await openEmbeddedStorage({ directory });
  const original = Uint8Array.from(storage.sealKey());
  storage.sealKey().fill(0);
  expect(storage.sealKey()).toEqual(original);
});

test('follows no symbolic link, not even to the very same key', async () => {
  await readOnce();
  renameSync(path, join(directory, 'elsewhere.key'));
  symlinkSync(join(directory, 'elsewhere.key'), path);
  await expect(readOnce()).rejects.toMatchObject({
    code: 'STORAGE_SEAL_KEY_NOT_OWN',
    hint: expect.stringContaining('readlink -f'),
  });
});

test('takes no folder for a key', async () => {
  mkdirSync(path, { mode: 0o700 });
  await expect(readOnce()).rejects.toMatchObject({ code: 'STORAGE_SEAL_KEY_NOT_OWN' });
});

test('reads no key that belongs to another user', async () => {
  await readOnce();
  const { geteuid } = process;
  process.geteuid = () => (geteuid?.() ?? 0) + 1;
  try {
    await expect(readOnce()).rejects.toMatchObject({
      code: 'STORAGE_SEAL_KEY_NOT_OWN',
      hint: expect.stringContaining('chown'),
    });
  } finally {
    if (geteuid !== undefined) process.geteuid = geteuid;
  }
});

test.each([0o640, 0o604, 0o660, 0o644])(
  'refuses a key of mode %o and says how to mend it',
  async (mode) => {
    await readOnce();
    chmodSync(path, mode);
    await expect(readOnce()).rejects.toMatchObject({
      code: 'STORAGE_SEAL_KEY_EXPOSED',
      hint: expect.stringContaining(`chmod 600 ${path}`),
    });
    chmodSync(path, 0o600);
    expect(await readOnce()).toHaveLength(32);
  },
);

test.each([0, 31, 33, 4096])('refuses a key of %i bytes', async (length) => {
  writeFileSync(path, Buffer.alloc(length), { mode: 0o600 });
  await expect(readOnce()).rejects.toMatchObject({
    code: 'STORAGE_SEAL_KEY_LENGTH',
    details: { found: length },
  });
  expect(statSync(path).size).toBe(length);
});

test('refuses to replace a key that is gone, and to take another one', async () => {
  await readOnce();
  rmSync(path);
  await expect(readOnce()).rejects.toMatchObject({
    code: 'STORAGE_SEAL_KEY_CHANGED',
    details: { found: 'none' },
  });
  writeFileSync(path, Buffer.alloc(32, 7), { mode: 0o600 });
  await expect(readOnce()).rejects.toMatchObject({
    code: 'STORAGE_SEAL_KEY_CHANGED',
    details: { found: 'another' },
  });
});

test('uses a key that was put there before the first call', async () => {
  writeFileSync(path, Buffer.alloc(32, 9), { mode: 0o600 });
  expect(await readOnce()).toEqual(Uint8Array.from(Buffer.alloc(32, 9)));
});
