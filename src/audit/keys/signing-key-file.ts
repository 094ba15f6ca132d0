import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';

import { isPhasegateError } from '../../kernel/index.ts';
import { SigningKeyExposedError, SigningKeyUnreadableError } from '../errors.ts';
import { createOnce, writeDraft } from './create-once.ts';
import { createSigner, generateSigningKey, type Signer } from './signer.ts';

const MASTER_BYTES = 32;

/**
 * Reads the signing key at `path`; where there is none, one is created with mode 0600. Processes that do so at the same
 * time get the same key: it appears complete or not at all, and only once. The public key is written beside it, with the
 * ending `.pub`.
 *
 * @throws {@link SigningKeyUnreadableError}, {@link SigningKeyExposedError}.
 */
export function openSigningKey(path: string): Signer {
  const present = readSigningKey(path);
  return guarded(path, () => {
    // A key that was copied here from another machine came alone.
    if (present !== undefined && !existsSync(`${path}.pub`)) writePublicKey(path, present);
    if (present !== undefined) return present;
    createOnce(path, generateSigningKey());
    const signer = readSigningKey(path);
    if (signer === undefined) throw new SigningKeyUnreadableError(path, undefined);
    writePublicKey(path, signer);
    return signer;
  });
}

/**
 * Reads the master key of data subjects at `path`: 32 bytes in hex. Where there is none, one is created with mode 0600.
 *
 * @throws {@link SigningKeyUnreadableError}, {@link SigningKeyExposedError}.
 */
export function openMasterKey(path: string): Uint8Array {
  return guarded(path, () => {
    if (readSecret(path) === undefined)
      createOnce(path, `${randomBytes(MASTER_BYTES).toString('hex')}\n`);
    const key = Buffer.from(readSecret(path)?.trim() ?? '', 'hex');
    if (key.length !== MASTER_BYTES) throw new SigningKeyUnreadableError(path, undefined);
    return key;
  });
}

/** Gives the key at `path`; undefined where there is no file. */
export function readSigningKey(path: string): Signer | undefined {
  return guarded(path, () => {
    const secret = readSecret(path);
    return secret === undefined ? undefined : createSigner(secret);
  });
}

/** Reads a file that nobody else may read; undefined where there is none. */
function readSecret(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    const { mode } = fstatSync(file);
    // Windows has no such mode bits; there the directory's access list decides.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new SigningKeyExposedError(path, mode & 0o777);
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** A new key that waits beside the present one until the chain has recorded it. */
export interface NextKey {
  readonly signer: Signer;
  /** Puts it in the place of the present key. */
  adopt(): void;
}

/** Creates the key that follows the one at `path`, or gives the one that a rotation which was cut short has left. */
export function prepareNextKey(path: string): NextKey {
  const next = `${path}.next`;
  const signer = openSigningKey(next);
  return { signer, adopt: () => adoptNextKey(path, signer) };
}

/** Puts the prepared key in the place of the present one. */
export function adoptNextKey(path: string, signer: Signer): void {
  guarded(path, () => {
    renameSync(`${path}.next`, path);
    rmSync(`${path}.next.pub`, { force: true });
    writePublicKey(path, signer);
    syncDirectory(dirname(path));
  });
}

function guarded<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw isPhasegateError(error) ? error : new SigningKeyUnreadableError(path, error);
  }
}

function writePublicKey(path: string, signer: Signer): void {
  renameSync(writeDraft(path, signer.publicKey, 0o644), `${path}.pub`);
  syncDirectory(dirname(path));
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

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
