import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import type { KeyMaterial, Keyring } from './keyring.ts';
import { FORMS, MOST_UNPACKED_BYTES, unpack, type Packing } from './packing.ts';

/** Set in the form of what is encrypted. */
const ENCRYPTED = 2;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is done to bytes on their way into a store. */
export interface EnvelopeOptions {
  /** How what is long is compressed; `undefined` for not at all. */
  readonly packing: Packing | undefined;
  readonly isEncrypted: boolean;
}

/**
 * Wraps bytes for a store: a byte that says how, then the content; encrypted, the id of the key as well.
 *
 * @param place - Where the bytes will be; encrypted bytes cannot be opened anywhere else.
 * @see NIST SP 800-38D (AES-GCM)
 */
export function wrap(
  bytes: Uint8Array,
  place: string,
  how: EnvelopeOptions & { readonly key: KeyMaterial },
): Uint8Array {
  const { form, content } = packed(bytes, how.packing);
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
  if (!isEncrypted(stored)) return unpack(form, stored.subarray(1));
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
  return unpack(form & ~ENCRYPTED, content);
}

/** Whether these are bytes that {@link wrap} encrypted, so that {@link unwrap} opens them with a key of the ring alone. */
export function isEncrypted(stored: Uint8Array): boolean {
  return ((stored[0] ?? 0) & ENCRYPTED) !== 0;
}

function packed(
  bytes: Uint8Array,
  packing: Packing | undefined,
): { readonly form: number; readonly content: Uint8Array } {
  const plain = { form: FORMS.plain, content: bytes };
  if (packing === undefined) return plain;
  if (bytes.length <= packing.aboveBytes || bytes.length > MOST_UNPACKED_BYTES) return plain;
  const content = packing.pack(bytes);
  return content.length < bytes.length ? { form: packing.form, content } : plain;
}
