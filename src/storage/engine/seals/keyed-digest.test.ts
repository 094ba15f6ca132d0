import { createHmac } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createKeyedDigest } from './keyed-digest.ts';

/** What node:crypto gives, which knows nothing of how the digest is made here. */
function expected(key: Uint8Array, parts: readonly (string | Uint8Array)[]): string {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest('hex');
}

test('is the HMAC-SHA256 of node:crypto for any key and any messages, one after the other', () => {
  const keys = fc.uint8Array({ minLength: 1, maxLength: 64 });
  const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 300 }));
  const messages = fc.array(fc.array(part, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(keys, messages, (key, given) => {
      const digest = createKeyedDigest(key);
      const found = given.map((parts) => digest(...parts).toString('hex'));
      expect(found).toEqual(given.map((parts) => expected(key, parts)));
    }),
  );
});

test('is the HMAC-SHA256 of node:crypto for texts and bytes of every length', () => {
  const key = new Uint8Array(32).fill(7);
  const digest = createKeyedDigest(key);
  const lengths = [0, 1, 5_461, 5_462, 16_383, 16_384, 16_385, 100_000];
  const messages = lengths.flatMap((length) => [
    ['é'.repeat(length)],
    ['€'.repeat(length)],
    [new Uint8Array(length).fill(1), 'end'],
  ]);
  for (const parts of messages) {
    expect(digest(...parts).toString('hex')).toBe(expected(key, parts));
  }
});

test('does not change with the caller’s key', () => {
  const key = new Uint8Array(32).fill(7);
  const digest = createKeyedDigest(key);
  const before = digest('text').toString('hex');
  key.fill(0);
  expect(digest('text').toString('hex')).toBe(before);
});
