import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

import type { KeyMaterial, Keyring } from './keyring.ts';

const PLAIN = 0;
const DEFLATED = 1;
const ENCRYPTED = 2;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is done to bytes on their way into a store. */
export interface EnvelopeOptions {
  /** Compress what is longer than so many bytes; `undefined` for never. */
  readonly compressAboveBytes: number | undefined;
  readonly isEncrypted: boolean;
}

/**
 * Wraps bytes for a store: a byte that says how, then the content; encrypted, the id of the key as well.
 *
 * @param place - Where the bytes will be; encrypted bytes cannot be opened anywhere else.
 * @see NIST SP 800-38D (AES-GCM); RFC 1951 (DEFLATE)
 */
export function wrap(
  bytes: Uint8Array,
  place: string,
  how: EnvelopeOptions & { readonly key: KeyMaterial },
): Uint8Array {
  const limit = how.compressAboveBytes;
  const deflated =
    limit !== undefined && bytes.length > limit ? deflateRawSync(bytes, { level: 1 }) : undefined;
  const isSmaller = deflated !== undefined && deflated.length < bytes.length;
  const content = isSmaller ? deflated : bytes;
  const form = isSmaller ? DEFLATED : PLAIN;
  if (!how.isEncrypted) {
    const wrapped = Buffer.allocUnsafe(1 + content.length);
    wrapped[0] = form;
    wrapped.set(content, 1);
    return wrapped;
  }
  const id = Buffer.from(how.key.id);
  const head = Buffer.concat([
    Buffer.of(ENCRYPTED | form, id.length),
    id,
    randomBytes(NONCE_BYTES),
  ]);
  const cipher = createCipheriv('aes-256-gcm', how.key.encryption, head.subarray(-NONCE_BYTES));
  cipher.setAAD(Buffer.from(`${place}|${head.toString('base64')}`));
  return Buffer.concat([head, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens what {@link wrap} closed.
 *
 * @throws Error where the bytes were changed, moved, or encrypted with a key that the ring has not.
 */
export function unwrap(stored: Uint8Array, place: string, keys: Keyring): Uint8Array {
  const form = stored[0] ?? -1;
  if (form === PLAIN) return stored.subarray(1);
  if (form === DEFLATED) return inflateRawSync(stored.subarray(1));
  if ((form & ~DEFLATED) !== ENCRYPTED) throw new TypeError('stored bytes of an unknown form');
  const start = 2 + (stored[1] ?? 0);
  const key = keys.find(Buffer.from(stored.subarray(2, start)).toString());
  if (key === undefined) throw new TypeError('stored bytes are encrypted with an unknown key');
  const end = start + NONCE_BYTES;
  const head = Buffer.from(stored.subarray(0, end));
  const options = { authTagLength: TAG_BYTES };
  const nonce = stored.subarray(start, end);
  const decipher = createDecipheriv('aes-256-gcm', key.encryption, nonce, options);
  decipher.setAAD(Buffer.from(`${place}|${head.toString('base64')}`));
  decipher.setAuthTag(stored.subarray(-TAG_BYTES));
  const content = Buffer.concat([
    decipher.update(stored.subarray(end, -TAG_BYTES)),
    decipher.final(),
  ]);
  return (form & DEFLATED) === 0 ? content : inflateRawSync(content);
}
