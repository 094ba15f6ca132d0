import { createKeyring, isEncrypted, unwrap, wrap } from '../engine/seals/index.ts';

/** What closed texts begin with; no JSON does. */
export const SEALED_MARK = 'sealed/1:';

/** Closes texts for a column, so that the database, its journal and their copies show nothing of them. */
export interface TextSeal {
  /** Encrypts `text` for its place; the same text gives another one each time. */
  seal(text: string, place: string): string;
  /** Decrypts. @throws Error for what was changed, moved, sealed with a key that is not here, or never sealed. */
  open(sealed: string, place: string): string;
}

/**
 * Makes a seal of the keys that checkpoints are encrypted with (AES-256-GCM).
 *
 * @param secrets - At least one, 32 bytes or more each. The first seals; the others open what they sealed.
 * @throws STORAGE_STATE_KEY.
 * @see NIST SP 800-38D
 */
export function createTextSeal(secrets: readonly Uint8Array[]): TextSeal {
  const keys = createKeyring(secrets);
  const how = { packing: undefined, isEncrypted: true, key: keys.current };
  // Checkpoints have places of their own under the same keys.
  const within = (place: string): string => `records/${place}`;
  return {
    seal: (text, place) => {
      const bytes = wrap(Buffer.from(text), within(place), how);
      return `${SEALED_MARK}${Buffer.from(bytes).toString('base64')}`;
    },
    open: (sealed, place) => {
      if (!sealed.startsWith(SEALED_MARK)) throw new TypeError('the text was never sealed');
      const bytes = Buffer.from(sealed.slice(SEALED_MARK.length), 'base64');
      // Bytes that only say how they are packed, and not under which key, were not sealed here.
      if (!isEncrypted(bytes)) throw new TypeError('the text was never sealed');
      return Buffer.from(unwrap(bytes, within(place), keys)).toString('utf8');
    },
  };
}
