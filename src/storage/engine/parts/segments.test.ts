import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cutSegments, cutText, joinSegments, segmentLengths } from './segments.ts';

const items = fc.array(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  { maxLength: 700 },
);

test('a list that is cut and joined is the same list', () => {
  fc.assert(
    fc.property(items, (texts) => {
      const joined: unknown = JSON.parse(joinSegments(cutSegments(texts)));
      expect(joined).toEqual(texts.map((text): unknown => JSON.parse(text)));
    }),
  );
});

test('the parts of a list cover it, and are few', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000), (count) => {
      const lengths = segmentLengths(count);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(count);
      expect(lengths.length).toBeLessThanOrEqual(45 + count / 4096);
    }),
  );
});

test('appending one item changes one part, or merges the last ones', () => {
  fc.assert(
    fc.property(fc.nat(20_000), (count) => {
      const before = segmentLengths(count);
      const after = segmentLengths(count + 1);
      const same = after.slice(0, -1);
      expect(before.slice(0, same.length)).toEqual(same);
    }),
  );
});

const texts = fc
  .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), fc.nat(3_000))
  .map(([text, times]) => text.repeat(times));

test('a text that is cut is the same text, each part of whole characters', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const parts = cutText(Buffer.from(text)).map((part) => Buffer.from(part).toString());
      expect(parts.join('')).toBe(text.toWellFormed());
    }),
  );
});

test('a text that grows at its end keeps its parts up to the last ones', () => {
  const start = Buffer.from('Füße '.repeat(40_000));
  const before = cutText(start).map((part) => Buffer.from(part).toString());
  const grown = Buffer.concat([start, Buffer.from('€'.repeat(400))]);
  const after = cutText(grown).map((part) => Buffer.from(part).toString());
  const same = after.filter((part, index) => part === before[index]);
  const kept = same.reduce((sum, part) => sum + part.length, 0);
  expect(kept).toBeGreaterThan(start.toString().length - 20_000);
  expect(after.length).toBeLessThan(45);
});
