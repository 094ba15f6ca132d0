import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';

import { parseThreadId } from './index.ts';

const allowed = 'ABCXYZabcxyz0189._:-'.split('');

test.each(['a', 'spring-campaign', '7', 'a.b:c_d-e', '_x', 'A'.repeat(128), 'a..b'])(
  'accepts %s',
  (id) => {
    expect(parseThreadId(id)).toBe(id);
  },
);

test.each([
  '',
  '.',
  '..',
  '../x',
  'a/b',
  'a\\b',
  '.hidden',
  '-rf',
  'a b',
  'a\n',
  'ä',
  'a\u0000',
  '%2e',
  'A'.repeat(129),
  7,
  null,
  undefined,
  ['a'],
])('refuses %j', (id) => {
  expect(() => parseThreadId(id)).toThrow(
    expect.objectContaining({ code: 'STORAGE_INVALID_THREAD_ID' }),
  );
});

test('accepts exactly the ids made of the allowed characters that begin with neither dot nor dash', () => {
  const ids = string({ unit: constantFrom(...allowed, '/', ' ', 'é'), maxLength: 130 });
  assert(
    property(ids, (id) => {
      const fits =
        id.length >= 1 &&
        id.length <= 128 &&
        id.split('').every((character) => allowed.includes(character)) &&
        !'.-'.includes(id.charAt(0));
      let accepted = true;
      try {
        parseThreadId(id);
      } catch {
        accepted = false;
      }
      expect(accepted).toBe(fits);
    }),
  );
});
