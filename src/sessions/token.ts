import { createHash, hash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Makes a token: 256 random bits, base64url. It exists outside the caller's hands only until it is returned. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * Gives the id of a token's session. What cannot be a token gets an id that no token has, so that it is looked up, and
 * refused, in the same time as a forged one.
 */
export function idOf(token: unknown): string {
  const isToken = typeof token === 'string' && TOKEN.test(token);
  return hash('sha256', isToken ? token : 'not a token', 'base64url');
}

/** Compares two texts in a time that depends on neither. */
export function equalInConstantTime(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
