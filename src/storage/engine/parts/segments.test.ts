import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cutSegments, joinSegments, segmentLengths } from './segments.ts';

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
