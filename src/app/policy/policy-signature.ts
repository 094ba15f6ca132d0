import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { z } from 'zod';

import { canonicalJson, systemClock } from '../../kernel/index.ts';
import { openEnvelope, signPayload, type VerifyingKey } from '../../plugins/index.ts';
import { UnreadableFileError } from '../errors.ts';
import { UnusableKeyFileError } from '../plugins/errors.ts';
import { readDataFile } from './read-policy-file.ts';

const PAYLOAD_TYPE = 'application/vnd.phasegate.policy+json';

const Statement = z.strictObject({
  id: z.string(),
  version: z.string(),
  /** SHA-256 of the file, 64 lowercase hex digits. */
  digest: z.string(),
  signedAt: z.iso.datetime(),
});

/** What a signature says about a file of rules. */
export type PolicySignature =
  | { readonly status: 'signed'; readonly keyId: string; readonly signedAt: string }
  | { readonly status: 'unsigned' | 'unknown-key' | 'other-content' };

/** Gives the file that a signature of `file` stands in. */
export function signatureFile(file: string): string {
  return `${file}.sig`;
}

/**
 * Signs a file of rules, as it is byte for byte, and writes the envelope beside it.
 *
 * @throws {@link UnusableKeyFileError}, {@link UnreadableFileError}; PLUGINS_UNUSABLE_KEY for a key that is not Ed25519.
 * @see DSSE 1.0.2
 */
export async function signPolicy(
  file: string,
  keyFile: string,
): Promise<{ readonly file: string; readonly keyId: string; readonly digest: string }> {
  const { bytes, value } = await readDataFile(file);
  const { id, version } = z.looseObject({ id: z.string(), version: z.string() }).parse(value);
  const privateKey = await readFile(keyFile, 'utf8').catch((error: unknown) => {
    throw new UnusableKeyFileError(keyFile, 'cannot be read', error);
  });
  const keyId = basename(keyFile).replace(/\.pem$/, '');
  const digest = digestOfFile(bytes);
  const statement = { id, version, digest, signedAt: systemClock.now() };
  const payload = Buffer.from(canonicalJson(statement), 'utf8');
  const envelope = signPayload(PAYLOAD_TYPE, payload, { keyId, privateKey });
  const target = signatureFile(file);
  try {
    await writeFile(`${target}.part`, `${JSON.stringify(envelope, null, 2)}\n`, { flush: true });
    await rename(`${target}.part`, target);
  } catch (error) {
    throw new UnusableKeyFileError(target, 'cannot be written', error);
  }
  return { file: target, keyId, digest };
}

/** Looks whether one of `keys` has signed exactly these bytes. @throws {@link UnreadableFileError} */
export async function checkPolicySignature(
  file: string,
  bytes: Uint8Array,
  keys: readonly VerifyingKey[],
): Promise<PolicySignature> {
  const target = signatureFile(file);
  let text: string;
  try {
    text = await readFile(target, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { status: 'unsigned' };
    throw new UnreadableFileError(target, error);
  }
  const opened = openEnvelope(PAYLOAD_TYPE, jsonOf(text), keys);
  if (opened === undefined) return { status: 'unknown-key' };
  const statement = Statement.safeParse(jsonOf(Buffer.from(opened.payload).toString('utf8')));
  if (!statement.success || statement.data.digest !== digestOfFile(bytes))
    return { status: 'other-content' };
  return { status: 'signed', keyId: opened.keyId, signedAt: statement.data.signedAt };
}

function digestOfFile(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is not JSON is no envelope, and is told as such.
    return undefined;
  }
}
