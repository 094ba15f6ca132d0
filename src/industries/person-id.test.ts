import { expect, test } from 'vitest';
import { z } from 'zod';

import { comparableId, Decider } from './person-decides.ts';
import { personId } from './person-id.ts';

const Id = personId(z.string().trim().min(1));

test.each(['ro\u200bot', 'ro\u00adot', 'root\u0000', '\u0430lice', '...'])(
  'refuses %j where a person is named, and says why',
  (id) => {
    const parsed = Id.safeParse(id);
    expect(parsed.error?.issues[0]?.message).toMatch(/^the id (holds|mixes) /);
    expect(Decider.safeParse({ id, kind: 'person', authenticated: true }).success).toBe(false);
  },
);

test('takes the ids of accounts', () => {
  expect(Id.parse(' maria.keller ')).toBe('maria.keller');
  expect(comparableId('Maria.Keller.')).toBe('maria.keller');
});
