import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Identity } from '../facts/vocabulary.ts';
import { ownersOf, spellingOf } from './actors.ts';
import { monthsBefore } from './spans.ts';

const human = (id: string): Identity => ({ id, kind: 'human', shared: false });
const agent = (id: string, owner?: string): Identity => ({
  id,
  kind: 'agent',
  shared: false,
  ...(owner === undefined ? {} : { owner }),
});

test('a human answers for himself, under whatever spelling of his id', () => {
  const ownerOf = ownersOf([human('Anna')]);
  expect(ownerOf('anna')).toEqual({ owner: 'anna' });
  expect(ownerOf(' ANNA ')).toEqual(ownerOf('Anna'));
});

test('an id that only looks like another is answered for by the same person', () => {
  const ownerOf = ownersOf([human('alice')]);
  for (const id of ['ali\u200bce', '\u0430lice', 'alice.', 'ali\u0301ce'])
    expect(ownerOf(id)).toEqual({ owner: 'alice' });
});

test('what only looks like a name finds nothing that was given to it', () => {
  expect(spellingOf(' Alice ')).toBe(spellingOf('alice'));
  expect(spellingOf('\u0430lice')).not.toBe(spellingOf('alice'));
});

test('an agent is answered for by its owner, also through another agent', () => {
  const ownerOf = ownersOf([agent('a', 'b'), agent('b', 'Anna'), human('anna')]);
  expect(ownerOf('a')).toEqual({ owner: 'anna' });
});

test('a team may own an agent without being an identity itself', () => {
  expect(ownersOf([agent('a', 'Team 1')])('a')).toEqual({ owner: 'team1' });
});

test.each([
  ['nobody knows', [], 'a'],
  ['has no owner', [agent('a')], 'a'],
  ['owns itself', [agent('a', 'a')], 'a'],
  ['is owned in a circle', [agent('a', 'b'), agent('b', 'a')], 'a'],
])('nobody answers for an id that %s', (_what, identities, id) => {
  expect(ownersOf(identities)(id)).toEqual({ unknown: true });
});

test('an owner is found, or said to be unknown, for any identities', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd');
  const identity = fc.record({
    id: ids,
    kind: fc.constantFrom('human' as const, 'agent' as const, 'service' as const),
    owner: ids,
    shared: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(identity), ids, (identities, id) => {
      const owner = ownersOf(identities)(id);
      expect('unknown' in owner || owner.owner !== '').toBe(true);
    }),
  );
});

test.each([
  ['2026-06-15T10:00:00Z', 3, '2026-03-15T10:00:00.000Z'],
  ['2026-05-31T00:00:00Z', 3, '2026-02-28T00:00:00.000Z'],
  ['2026-01-15T00:00:00Z', 12, '2025-01-15T00:00:00.000Z'],
  ['2024-02-29T00:00:00Z', 12, '2023-02-28T00:00:00.000Z'],
])('the calendar month %s, %i before, is %s', (instant, months, before) => {
  expect(monthsBefore(instant, months)).toBe(before);
});
