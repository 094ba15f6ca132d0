import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

/** Keeps the keys of persons, under which sensitive fields are stored. */
export interface FieldVault {
  /** Encrypts a text under the key of a subject, which is made the first time. The same text gives the same ciphertext. */
  conceal(subject: string, text: string): Promise<string>;
  /**
   * Decrypts.
   *
   * @returns `erased` once the subject's key was destroyed.
   * @throws when the key is not here without having been destroyed, or the ciphertext was changed.
   */
  reveal(concealed: string): Promise<Revealed>;
}

/** Gives the subject under whose key a thread's fields are kept that name no person. */
export function threadSubject(thread: string): string {
  return `thread\n${thread}`;
}

/** What came of a ciphertext. */
export type Revealed =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'erased' };

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LABEL = 'phasegate/fields/1';

/**
 * Makes a vault whose keys are derived from one: what it conceals cannot be read without that key, and cannot be erased by
 * subject either.
 *
 * @see NIST SP 800-38D (GCM), RFC 5869 (HKDF); the nonce is a MAC of the text, so it repeats with the same text only
 */
export function derivedVault(master: Uint8Array): FieldVault {
  const nonceKey = Buffer.from(hkdfSync('sha256', master, '', `${LABEL}/nonce`, KEY_BYTES));
  const keyFor = (subject: string): Buffer =>
    Buffer.from(hkdfSync('sha256', master, '', `${LABEL}/subject/${subject}`, KEY_BYTES));
  return Object.freeze({
    conceal: async (subject: string, text: string) => {
      const name = Buffer.from(subject).toString('base64url');
      const iv = createHmac('sha256', nonceKey)
        .update(`${name}\n${text}`)
        .digest()
        .subarray(0, IV_BYTES);
      const cipher = createCipheriv(CIPHER, keyFor(name), iv).setAAD(Buffer.from(LABEL));
      const parts = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      // Whose it is says nothing without the key, and is needed to find the key again.
      const named = createCipheriv(CIPHER, nonceKey, iv).setAAD(Buffer.from('name'));
      const hidden = Buffer.concat([named.update(name, 'utf8'), named.final(), named.getAuthTag()]);
      return `derived/1:${hidden.toString('base64url')}:${Buffer.concat(parts).toString('base64url')}`;
    },
    reveal: async (concealed: string) => {
      const [, hidden = '', sealed = ''] = concealed.split(':');
      const bytes = Buffer.from(sealed, 'base64url');
      const iv = bytes.subarray(0, IV_BYTES);
      const name = opened(nonceKey, iv, {
        bytes: Buffer.from(hidden, 'base64url'),
        context: 'name',
      });
      const body = { bytes: bytes.subarray(IV_BYTES), context: LABEL };
      return { kind: 'text' as const, text: opened(keyFor(name), iv, body) };
    },
  });
}

/** @throws what node:crypto throws for a tag that does not fit. */
function opened(
  key: Buffer,
  iv: Buffer,
  { bytes, context }: { readonly bytes: Buffer; readonly context: string },
): string {
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  const start = decipher.update(bytes.subarray(0, -TAG_BYTES));
  return Buffer.concat([start, decipher.final()]).toString('utf8');
}
