import { secretOf, type Secret } from './secret.ts';

const BYTES = 32;

/** What a sealing key must look like, for messages. */
export const SEAL_KEY_FORM = '32 random bytes as 64 hexadecimal digits or as base64';

/**
 * Reads a sealing key written as 64 hexadecimal digits, or as base64 (also URL-safe) of 32 bytes.
 *
 * @returns Undefined when the text is neither, or repeats one byte. Every `reveal` gives a fresh copy.
 */
export function readSealKey(text: string): Secret<Uint8Array> | undefined {
  const bytes = decode(text.trim());
  if (bytes?.length !== BYTES || new Set(bytes).size < 2) return undefined;
  return secretOf(() => Uint8Array.from(bytes));
}

function decode(text: string): Uint8Array | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Uint8Array.from(Buffer.from(text, 'hex'));
  if (!/^[\w+/-]{43}=?$/.test(text)) return undefined;
  return Uint8Array.from(Buffer.from(text, 'base64url'));
}
