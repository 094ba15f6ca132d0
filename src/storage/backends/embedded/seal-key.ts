import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { dirname } from 'node:path';

import { isPhasegateError } from '../../../kernel/index.ts';
import {
  SealKeyChangedError,
  SealKeyExposedError,
  SealKeyLengthError,
  SealKeyNotOwnError,
  SealKeyUnreadableError,
  StorageFullError,
} from '../../errors/index.ts';
import { immediately, type Connection } from './database.ts';
import { explainError } from './explain-error.ts';

const KEY_BYTES = 32;
const FINGERPRINT = 'seal-key-fingerprint';

/**
 * Reads the sealing key at `path`; the first time in a data directory it is created. Processes that do so at the same
 * time get the same key: the database's write lock lets one create it, and it appears complete or not at all.
 *
 * @returns 32 random bytes.
 * @throws {@link SealKeyLengthError}, {@link SealKeyExposedError}, {@link SealKeyNotOwnError}, {@link SealKeyChangedError},
 * {@link SealKeyUnreadableError}, or a STORAGE_* error of the database.
 */
export function readSealKey(connection: Connection, path: string): Uint8Array {
  const key = readKey(path);
  const known = readFingerprint(connection);
  if (key !== undefined && known !== undefined) return checked(key, known, path);
  return immediately(connection, () => {
    const present = readKey(path);
    const expected = readFingerprint(connection);
    if (expected !== undefined) {
      if (present === undefined) throw new SealKeyChangedError(path, 'none');
      return checked(present, expected, path);
    }
    // A key without a fingerprint was left by a process that ended between the two: it sealed nothing yet.
    const adopted = present ?? createKey(path);
    connection
      .prepare('INSERT INTO storage_facts (name, value) VALUES (?, ?)')
      .run(FINGERPRINT, fingerprintOf(adopted));
    return adopted;
  });
}

function checked(key: Uint8Array, known: string, path: string): Uint8Array {
  const found = Buffer.from(fingerprintOf(key));
  const expected = Buffer.from(known);
  if (found.length === expected.length && timingSafeEqual(found, expected)) return key;
  throw new SealKeyChangedError(path, 'another');
}

function fingerprintOf(key: Uint8Array): string {
  return createHmac('sha256', key).update('phasegate/seal-key/1').digest('hex');
}

function readFingerprint(connection: Connection): string | undefined {
  const row: unknown = connection
    .prepare('SELECT value FROM storage_facts WHERE name = ?')
    .get(FINGERPRINT);
  const value: unknown =
    typeof row === 'object' && row !== null ? Reflect.get(row, 'value') : undefined;
  return typeof value === 'string' ? value : undefined;
}

function readKey(path: string): Uint8Array | undefined {
  const file = openKey(path);
  if (file === undefined) return undefined;
  try {
    checkOwn(path, fstatSync(file));
    const key = readFileSync(file);
    if (key.length !== KEY_BYTES) throw new SealKeyLengthError(path, key.length);
    return key;
  } catch (error) {
    throw isPhasegateError(error) ? error : new SealKeyUnreadableError(path, error);
  } finally {
    closeSync(file);
  }
}

/** @returns Undefined where there is no key yet. */
function openKey(path: string): number | undefined {
  try {
    if (lstatSync(path).isSymbolicLink()) throw new SealKeyNotOwnError(path, 'link');
    // The link may have come since; and a pipe must not hold us up. Windows has neither flag, which counts as none.
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (isPhasegateError(error)) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw new SealKeyNotOwnError(path, 'link');
    throw new SealKeyUnreadableError(path, error);
  }
}

/** @throws {@link SealKeyNotOwnError}, {@link SealKeyExposedError} */
function checkOwn(path: string, stats: Stats): void {
  if (!stats.isFile()) throw new SealKeyNotOwnError(path, 'no file');
  // Windows has neither owners nor such mode bits; there the directory's access list decides.
  const user = process.geteuid?.();
  if (user === undefined) return;
  if (stats.uid !== user) throw new SealKeyNotOwnError(path, 'foreign');
  if ((stats.mode & 0o077) !== 0) throw new SealKeyExposedError(path, stats.mode & 0o777);
}

function createKey(path: string): Uint8Array {
  const key = randomBytes(KEY_BYTES);
  const draft = `${path}.${randomBytes(8).toString('hex')}.new`;
  try {
    writeDurably(draft, key);
    renameSync(draft, path);
    syncDirectory(dirname(path));
    return key;
  } catch (error) {
    rmSync(draft, { force: true });
    const explanation = explainError(error, path);
    if (explanation instanceof StorageFullError) throw explanation;
    throw new SealKeyUnreadableError(path, error);
  }
}

function writeDurably(path: string, content: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the new name survive a power cut. */
function syncDirectory(path: string): void {
  // A directory cannot be opened for this on Windows.
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
