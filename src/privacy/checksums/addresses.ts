import { hash } from 'node:crypto';

import { keccak_256 } from '@noble/hashes/sha3.js';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const BECH32_FINAL = 1;
const BECH32M_FINAL = 0x2bc830a3;
const CHECKSUM_BYTES = 4;

/** Gives what a Base58Check text holds, its version byte first; undefined where the checksum fails. */
export function decodeBase58Check(text: string): Uint8Array | undefined {
  const bytes = decodeBase58(text);
  if (bytes === undefined || bytes.length <= CHECKSUM_BYTES) return undefined;
  const payload = bytes.subarray(0, -CHECKSUM_BYTES);
  const expected = sha256(sha256(payload)).subarray(0, CHECKSUM_BYTES);
  return expected.equals(bytes.subarray(-CHECKSUM_BYTES)) ? payload : undefined;
}

/**
 * Tells whether a text is a segregated witness address: version 0 with the checksum of Bech32, later ones with that of
 * Bech32m. @see BIP 173, BIP 350
 */
export function isSegwitAddress(text: string): boolean {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return false;
  const end = lower.lastIndexOf('1');
  const prefix = lower.slice(0, end);
  const values = Array.from(lower.slice(end + 1), (letter) => BECH32.indexOf(letter));
  const [version = -1] = values;
  if (values.includes(-1) || values.length < 14 || version > 16) return false;
  const expanded = [
    ...[...prefix].map((letter) => letter.charCodeAt(0) >> 5),
    0,
    ...[...prefix].map((letter) => letter.charCodeAt(0) & 31),
  ];
  return polymod([...expanded, ...values]) === (version === 0 ? BECH32_FINAL : BECH32M_FINAL);
}

/** Tells whether the case of an Ethereum address is right: all lower, all upper, or as EIP-55 has it. */
export function isEthereumAddress(text: string): boolean {
  const digits = text.slice(2);
  const lower = digits.toLowerCase();
  if (digits === lower || digits === digits.toUpperCase()) return true;
  const hashed = Buffer.from(keccak_256(new TextEncoder().encode(lower))).toString('hex');
  return [...lower].every((digit, index) => {
    const isUpper = Number.parseInt(hashed[index] ?? '0', 16) >= 8;
    return digits[index] === (isUpper ? digit.toUpperCase() : digit);
  });
}

function decodeBase58(text: string): Buffer | undefined {
  const bytes: number[] = [];
  for (const letter of text) {
    let carry = BASE58.indexOf(letter);
    if (carry === -1) return undefined;
    for (let index = 0; index < bytes.length; index += 1) {
      carry += (bytes[index] ?? 0) * 58;
      bytes[index] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  return Buffer.from([...Array.from({ length: zeros }, () => 0), ...bytes.toReversed()]);
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (let bit = 0; bit < GENERATOR.length; bit += 1) {
      if (((top >>> bit) & 1) === 1) sum ^= GENERATOR[bit] ?? 0;
    }
  }
  return sum >>> 0;
}

function sha256(bytes: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', bytes, 'hex'), 'hex');
}
