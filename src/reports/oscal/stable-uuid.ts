import { createHash } from 'node:crypto';

/** Names of our own, as the namespace of RFC 9562 wants them: chosen once, never changed. */
const NAMESPACE = Buffer.from('6f0c7ad25b1e4c0f9a3d2e8b41c7f590', 'hex');

/**
 * A UUID that the same names always give, so that the same report is the same file. OSCAL takes versions 4 and 5.
 *
 * @see RFC 9562, section 5.5 (version 5, which is defined by SHA-1; nothing here relies on it for safety)
 */
export function stableUuid(...names: readonly string[]): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(JSON.stringify(names)).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20, 32)].join('-');
}
