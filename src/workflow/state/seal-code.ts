import { createHmac, hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const MAX_TEXT_BYTES = 256;
const INNER = 0x36;
const OUTER = 0x5c;

/**
 * Gives the HMAC-SHA256 of texts by one key, in base64url: for short ASCII texts two digests over buffers that are made
 * once. What `createHmac` makes and gives up for each text costs twice that, and again at the next garbage collection.
 *
 * @param key - Secret bytes, as many as there are; they are copied.
 * @see RFC 2104 (HMAC), FIPS 180-4 (SHA-256)
 */
export function createSealCode(key: Uint8Array): (text: string) => string {
  // A key that is longer than a block of the digest stands for its digest (RFC 2104, section 2).
  const own = key.byteLength > BLOCK_BYTES ? hash('sha256', key, 'buffer') : Buffer.from(key);
  const inner = Buffer.concat([padded(own, INNER), Buffer.alloc(MAX_TEXT_BYTES)]);
  const outer = Buffer.concat([padded(own, OUTER), Buffer.alloc(DIGEST_BYTES)]);
  return (text) => {
    // A text that the buffer does not hold would be cut, and two texts would have one code.
    if (!isShortAscii(text)) return createHmac('sha256', own).update(text).digest('base64url');
    const bytes = inner.write(text, BLOCK_BYTES, 'latin1');
    const digest = hash('sha256', inner.subarray(0, BLOCK_BYTES + bytes), 'binary');
    outer.write(digest, BLOCK_BYTES, 'latin1');
    return hash('sha256', outer, 'base64url');
  };
}

function isShortAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return text.length <= MAX_TEXT_BYTES && /^[\x00-\x7F]*$/.test(text);
}

function padded(key: Uint8Array, byte: number): Buffer {
  const pad = Buffer.alloc(BLOCK_BYTES, byte);
  for (const [index, part] of key.entries()) pad[index] = part ^ byte;
  return pad;
}
