const SLOTS = 16_384;
const POLYNOMIAL = 0x10_21;

/**
 * Gives the slot of a key in a cluster.
 *
 * @see Redis cluster specification, "Key distribution model" and "Hash tags"
 */
export function keySlot(key: string): number {
  const open = key.indexOf('{');
  const close = open < 0 ? -1 : key.indexOf('}', open + 1);
  return crc16(close > open + 1 ? key.slice(open + 1, close) : key) % SLOTS;
}

/** CRC-16/XMODEM over the bytes of a text. */
function crc16(text: string): number {
  let crc = 0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x80_00) === 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
      crc &= 0xff_ff;
    }
  }
  return crc;
}
