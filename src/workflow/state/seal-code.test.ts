import { createHmac } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createSealCode } from './seal-code.ts';

/** What node:crypto gives, which knows nothing of how the code is made here. */
function expected(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

test('is the HMAC-SHA256 of node:crypto for every length of a key', () => {
  const text = `phasegate/1/approval/${'a'.repeat(64)}`;
  const wrong: number[] = [];
  for (let length = 1; length <= 1024; length += 1) {
    const key = Uint8Array.from({ length }, (_, index) => (index * 31 + length) % 256);
    if (createSealCode(key)(text) !== expected(key, text)) wrong.push(length);
  }
  expect(wrong).toEqual([]);
});

test('is the HMAC-SHA256 of node:crypto for any key and any texts, one after the other', () => {
  const keys = fc.uint8Array({ minLength: 1, maxLength: 1024 });
  const texts = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme-ascii', maxLength: 600 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    ),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(keys, texts, (key, given) => {
      const code = createSealCode(key);
      expect(given.map(code)).toEqual(given.map((text) => expected(key, text)));
    }),
  );
});

test('does not change with the caller’s key', () => {
  const key = new Uint8Array(32).fill(7);
  const code = createSealCode(key);
  const before = code('text');
  key.fill(0);
  expect(code('text')).toBe(before);
});
