import { createHmac, hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const MAX_BYTES = 16_384;
/** What a UTF-16 unit takes at most in UTF-8. */
const UNIT_BYTES = 3;
const INNER = 0x36;
const OUTER = 0x5c;

/** Gives the HMAC-SHA256 of a message, of which the parts are given. */
export type KeyedDigest = (...parts: readonly (string | Uint8Array)[]) => Buffer;

/**
 * Gives the HMAC-SHA256 by one key: for messages that are not long two digests over buffers that are made once. What
 * `createHmac` makes and gives up for each message costs more than that, and again at the next garbage collection.
 *
 * @param key - At most 64 bytes; they are copied.
 * @see RFC 2104 (HMAC), FIPS 180-4 (SHA-256)
 */
export function createKeyedDigest(key: Uint8Array): KeyedDigest {
  const own = Buffer.from(key);
  const inner = Buffer.concat([padded(own, INNER), Buffer.alloc(MAX_BYTES)]);
  const outer = Buffer.concat([padded(own, OUTER), Buffer.alloc(DIGEST_BYTES)]);
  return (...parts) => {
    let most = 0;
    for (const part of parts) most += part.length * (typeof part === 'string' ? UNIT_BYTES : 1);
    // A message that the buffer does not hold would be cut, and two messages would have one digest.
    if (most > MAX_BYTES) return ofAnyLength(own, parts);
    let end = BLOCK_BYTES;
    for (const part of parts) {
      if (typeof part === 'string') end += inner.write(part, end);
      else {
        inner.set(part, end);
        end += part.length;
      }
    }
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK_BYTES, 'latin1');
    return hash('sha256', outer, 'buffer');
  };
}

function ofAnyLength(key: Uint8Array, parts: readonly (string | Uint8Array)[]): Buffer {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

function padded(key: Uint8Array, byte: number): Buffer {
  const pad = Buffer.alloc(BLOCK_BYTES, byte);
  for (const [index, part] of key.entries()) pad[index] = part ^ byte;
  return pad;
}
