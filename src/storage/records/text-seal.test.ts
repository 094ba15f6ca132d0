import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createTextSeal } from './text-seal.ts';

const KEY = randomBytes(32);
const seal = createTextSeal([KEY]);

test('gives back what it sealed, whatever it was, and shows nothing of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
      const sealed = seal.seal(text, place);
      expect(seal.open(sealed, place)).toBe(text);
      expect(seal.seal(text, place)).not.toBe(sealed);
    }),
  );
});

test('opens nothing that was changed, moved, made with another key, or never sealed', () => {
  const sealed = seal.seal('{"sent":true}', 'here');
  const bytes = Buffer.from(sealed.slice('sealed/1:'.length), 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => seal.open(`sealed/1:${bytes.toString('base64')}`, 'here')).toThrow('authenticate');
  expect(() => seal.open(sealed, 'there')).toThrow('authenticate');
  expect(() => createTextSeal([randomBytes(32)]).open(sealed, 'here')).toThrow('unknown key');
  // Texts, also packed in any of the forms that need no key, and in none.
  for (const form of [0, 1, 4, 5, 8, 128]) {
    const plain = Buffer.concat([Buffer.of(form), Buffer.from('{"sent":true}')]).toString('base64');
    expect(() => seal.open(`sealed/1:${plain}`, 'here')).toThrow('never sealed');
  }
  expect(() => seal.open('{"sent":true}', 'here')).toThrow('never sealed');
});

test('opens with an older key what it sealed', () => {
  const both = createTextSeal([randomBytes(32), KEY]);
  expect(both.open(seal.seal('old', 'here'), 'here')).toBe('old');
});

test('refuses a key that is too short', () => {
  expect(() => createTextSeal([randomBytes(16)])).toThrow(
    expect.objectContaining({ code: 'STORAGE_STATE_KEY' }),
  );
});
