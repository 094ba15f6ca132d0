import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto';

import { PrivacyKeyError, PseudonymError } from '../errors.ts';
import { scanText, type ScanOptions } from '../scan-text.ts';
import type { Redacted } from './redact.ts';
import { replaceFindings } from './replace.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LABEL = 'phasegate/pseudonym/1';
const PSEUDONYM = /<([A-Z][A-Z0-9_]{0,63}):([A-Za-z0-9_-]{38,})>/g;

/** What to look for, and the key that turns it into pseudonyms. */
export interface PseudonymOptions extends ScanOptions {
  /** At least 32 secret bytes. Whoever has them can turn pseudonyms back. */
  readonly key: Uint8Array;
}

/**
 * Puts pseudonyms in the places of data of persons and secrets: `<TYPE:text>`. The same value of the same type gets the
 * same pseudonym under the same key, so that it can be counted and joined; its length can be told from it.
 *
 * The text is base64url of nonce (12 bytes), ciphertext, tag (16 bytes): AES-256-GCM, with the type as additional data.
 * The nonce is the beginning of HMAC-SHA-256 over type and value, so that none is used for two values; both keys are
 * derived from `key` by HKDF.
 *
 * @throws {@link PrivacyKeyError}, and what {@link scanText} throws.
 * @see NIST SP 800-38D; RFC 5869; RFC 5297 for the construction
 */
export function pseudonymise(text: string, options: PseudonymOptions): Redacted {
  const keys = keysOf(options.key);
  const findings = scanText(text, options);
  const replaced = replaceFindings(
    text,
    findings,
    ({ type }, value) => `<${type}:${encrypt(keys, type, value)}>`,
  );
  return Object.freeze({ text: replaced, findings });
}

/**
 * Turns the pseudonyms in a text back.
 *
 * @param keys - The key that they were made with; after a rotation, the older ones as well.
 * @throws {@link PseudonymError} if one was made with another key or was changed; {@link PrivacyKeyError}.
 */
export function revealPseudonyms(text: string, keys: readonly Uint8Array[]): string {
  const derived = keys.map(keysOf);
  return text.replaceAll(PSEUDONYM, (_whole, type: string, body: string) => {
    const bytes = Buffer.from(body, 'base64url');
    for (const key of derived) {
      const value = decrypt(key, type, bytes);
      if (value !== undefined) return value;
    }
    throw new PseudonymError('key');
  });
}

interface Keys {
  readonly nonce: Uint8Array;
  readonly encryption: Uint8Array;
}

function keysOf(key: Uint8Array): Keys {
  if (key.length < KEY_BYTES) throw new PrivacyKeyError(key.length);
  const derive = (use: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', key, '', `${LABEL}/${use}`, KEY_BYTES));
  return { nonce: derive('nonce'), encryption: derive('encryption') };
}

function nonceOf({ nonce }: Keys, type: string, value: string): Buffer {
  const mac = createHmac('sha256', nonce).update(`${type.length}:${type}`).update(value);
  return mac.digest().subarray(0, NONCE_BYTES);
}

function encrypt(keys: Keys, type: string, value: string): string {
  const nonce = nonceOf(keys, type, value);
  const cipher = createCipheriv(CIPHER, keys.encryption, nonce);
  cipher.setAAD(Buffer.from(`${LABEL} ${type}`));
  const parts = [nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64url');
}

function decrypt(keys: Keys, type: string, bytes: Buffer): string | undefined {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new PseudonymError('form');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, keys.encryption, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(`${LABEL} ${type}`));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const body = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    const value = Buffer.concat([body, decipher.final()]).toString('utf8');
    return timingSafeEqual(nonceOf(keys, type, value), nonce) ? value : undefined;
  } catch {
    // Its tag does not fit this key; the caller tries the next one, and refuses when none fits.
    return undefined;
  }
}
