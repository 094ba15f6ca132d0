import { expect, test } from 'vitest';

import {
  eraseSessionsOfPrincipal,
  memorySessions,
  openSessions,
  sessionsOfPrincipal,
  type NewSession,
  type Sessions,
} from './index.ts';

const ada: NewSession = { principal: { id: 'ada lovell/1', kind: 'person', roles: ['author'] } };
const bob: NewSession = { principal: { id: 'lovell/1', kind: 'person', roles: [] } };

async function begun(sessions: Sessions): Promise<readonly string[]> {
  const made = [
    await sessions.create({ ...ada, tenant: 'north', threads: ['offer'] }),
    await sessions.create(ada),
    await sessions.create({ ...bob, tenant: 'ada lovell' }),
  ];
  return made.map(({ token }) => token);
}

test('finds the sessions of one principal of all tenants, and of nobody whose name looks like it', async () => {
  const store = memorySessions();
  await using sessions = await openSessions({ store, sealKeys: [new Uint8Array(32)] });
  await begun(sessions);
  const found = await sessionsOfPrincipal(store, 'ada lovell/1');
  expect(new Set(found.map(({ tenant }) => tenant))).toEqual(new Set(['north', null]));
  expect(found).toHaveLength(2);
  expect(found.find(({ tenant }) => tenant === 'north')).toMatchObject({
    roles: ['author'],
    threads: ['offer'],
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  expect(await sessionsOfPrincipal(store, 'lovell/1')).toHaveLength(1);
});

test('revokes and deletes them, and leaves those of others', async () => {
  const store = memorySessions();
  await using sessions = await openSessions({ store });
  const tokens = await begun(sessions);
  expect(await eraseSessionsOfPrincipal(store, 'ada lovell/1')).toBe(2);
  expect(await sessionsOfPrincipal(store, 'ada lovell/1')).toEqual([]);
  const outcomes = await Promise.all(
    tokens.map(async (token) => (await sessions.validate(token)).outcome),
  );
  expect(outcomes).toEqual(['refused', 'refused', 'valid']);
});
