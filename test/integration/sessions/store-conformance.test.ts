import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { memorySessions } from '../../../src/sessions/index.ts';
import {
  startRedis,
  type RedisServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { openRedisSessions } from '../../../src/storage/backends/redis/index.ts';
import type { SessionRow, SessionStore } from '../../../src/storage/index.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await server.client.flushall();
});

const STORES: readonly (readonly [string, () => SessionStore])[] = [
  ['memory', memorySessions],
  ['Redis', () => openRedisSessions({ deadlineMs: 60_000, url: server.url, prefix: 'test:' })],
];
const row = (id: string, changes: Partial<SessionRow> = {}): SessionRow => ({
  id,
  owner: '-/anna',
  body: `a body with spaces,\nlines and ü: ${id}`,
  createdAtMs: 1_000,
  seenAtMs: 1_000,
  expiresAtMs: 9_000,
  idleMs: 4_000,
  ...changes,
});

describe.each(STORES)('%s', (_name, open) => {
  test('gives back what was stored, and when it was used last', async () => {
    await using store = open();
    expect(await store.put(row('a'))).toBe('stored');
    expect(await store.use('a', 2_000)).toEqual({
      kind: 'live',
      row: row('a', { seenAtMs: 2_000 }),
      revision: 0,
    });
    // A caller whose clock is behind does not set it back.
    expect(await store.use('a', 1_500)).toMatchObject({ row: { seenAtMs: 2_000 } });
    expect(await store.use('b', 2_000)).toMatchObject({ kind: 'unknown' });
  });

  test('does not know a session that was idle, or grew too old, and keeps it until it is swept', async () => {
    await using store = open();
    await store.put(row('idle'));
    expect(await store.use('idle', 4_999)).toMatchObject({ kind: 'live' });
    expect(await store.use('idle', 8_999)).toMatchObject({ kind: 'unknown' });
    expect(await store.count(4_999)).toBe(1);
    await store.put(row('old', { idleMs: 100_000 }));
    expect(await store.use('old', 8_999)).toMatchObject({ kind: 'live' });
    expect(await store.use('old', 9_000)).toMatchObject({ kind: 'unknown' });
    expect(await store.sweep(9_000)).toBe(2);
    expect(await store.use('old', 8_999)).toMatchObject({ kind: 'unknown' });
  });

  test('does an operation that is sent twice once', async () => {
    await using store = open();
    await store.put(row('a'));
    await store.use('a', 2_000);
    expect(await store.put(row('a'))).toBe('stored');
    expect(await store.use('a', 1_000)).toMatchObject({ row: { seenAtMs: 2_000 } });
    expect(await store.replace('a', row('b'), 2_000)).toBe(true);
    expect(await store.replace('a', row('b'), 2_000)).toBe(true);
    expect(await store.amend('b', { from: row('b').body, to: 'new' })).toBe(true);
    expect(await store.amend('b', { from: row('b').body, to: 'new' })).toBe(true);
    expect(await store.revoke(['b'])).toBe(1);
    expect(await store.revoke(['b'])).toBe(0);
    expect(await store.count(2_000)).toBe(0);
  });

  test('does not take again what was revoked or replaced', async () => {
    await using store = open();
    await store.put(row('a'));
    await store.put(row('b'));
    await store.revoke(['a', 'never-there']);
    await store.replace('b', row('c'), 1_000);
    expect(await store.put(row('a'))).toBe('revoked');
    expect(await store.put(row('b'))).toBe('revoked');
    expect(await store.use('a', 1_000)).toMatchObject({ kind: 'unknown' });
    expect(await store.replace('a', row('d'), 1_000)).toBe(false);
    expect(await store.use('d', 1_000)).toMatchObject({ kind: 'unknown' });
  });

  test('revokes what an owner had up to an instant, and takes what was made later', async () => {
    await using store = open();
    await store.put(row('a'));
    await store.put(row('b', { createdAtMs: 1_001 }));
    await store.put(row('c', { owner: '-/ann' }));
    const order = { owner: '-/anna', beforeMs: 1_000, untilMs: 50_000 };
    expect(await store.revokeOwner(order)).toBe(1);
    expect(await store.put(row('late'))).toBe('revoked');
    expect(await store.replace('b', row('d'), 1_001)).toBe(false);
    const rows = await store.list({ limit: 10, nowMs: 1_001 });
    expect(rows.map(({ id }) => id).toSorted()).toEqual(['b', 'c']);
    // An earlier instant that is told later takes nothing back.
    await store.revokeOwner({ ...order, beforeMs: 1 });
    expect(await store.put(row('late'))).toBe('revoked');
  });

  test('changes a body only if it is the one that was read', async () => {
    await using store = open();
    await store.put(row('a', { body: 'one' }));
    expect(await store.amend('a', { from: 'one', to: 'two' })).toBe(true);
    expect(await store.amend('a', { from: 'one', to: 'three' })).toBe(false);
    expect(await store.amend('b', { from: 'one', to: 'three' })).toBe(false);
    expect(await store.use('a', 1_000)).toMatchObject({ row: { body: 'two' } });
  });

  test('lists and counts the live ones, those that end last first', async () => {
    await using store = open();
    await store.put(row('a', { idleMs: 10 }));
    await store.put(row('b', { idleMs: 2_000 }));
    await store.put(row('c', { idleMs: 3_000, owner: '-/bert' }));
    await store.put(row('d', { idleMs: 2_000 }));
    const ids = async (query: { owner?: string; limit: number }): Promise<unknown> =>
      (await store.list({ nowMs: 1_010, ...query })).map(({ id }) => id);
    expect(await ids({ limit: 10 })).toEqual(['c', 'd', 'b']);
    expect(await ids({ limit: 10, owner: '-/anna' })).toEqual(['d', 'b']);
    expect(await ids({ limit: 1 })).toEqual(['c']);
    expect(await ids({ limit: 10, owner: '-/nobody' })).toEqual([]);
    expect(await store.count(1_010)).toBe(3);
  });

  test('sweeps what has ended, and forgets revocations that nothing can need any more', async () => {
    await using store = open();
    await store.put(row('a', { idleMs: 10 }));
    await store.put(row('b'));
    await store.put(row('c'));
    await store.revoke(['c']);
    await store.revokeOwner({ owner: '-/bert', beforeMs: 1_000, untilMs: 9_000 });
    expect(await store.sweep(1_010)).toBe(1);
    expect(await store.put(row('c'))).toBe('revoked');
    expect(await store.sweep(9_000)).toBe(1);
    expect(await store.put(row('c'))).toBe('stored');
    expect(await store.put(row('e', { owner: '-/bert' }))).toBe('stored');
  });
});

test('of many that replace one session at once, one wins', async () => {
  await using one = openRedisSessions({ deadlineMs: 60_000, url: server.url });
  await using other = openRedisSessions({ deadlineMs: 60_000, url: server.url });
  await one.put(row('a'));
  const results = await Promise.all(
    Array.from({ length: 40 }, async (_, index) =>
      (index % 2 === 0 ? one : other).replace('a', row(`next${index}`), 1_000),
    ),
  );
  expect(results.filter(Boolean)).toHaveLength(1);
  expect(await one.count(1_000)).toBe(1);
});

test('uses its connections again, as many as it was told', async () => {
  const clients = async (): Promise<number> =>
    String(await server.client.client('LIST'))
      .trim()
      .split('\n').length;
  const before = await clients();
  await using store = openRedisSessions({ deadlineMs: 60_000, url: server.url, connections: 3 });
  await Promise.all(Array.from({ length: 200 }, async (_, index) => store.put(row(`s${index}`))));
  expect(await clients()).toBe(before + 3);
  expect(await store.count(1_000)).toBe(200);
});

test('counts the revocations that it took, so that a loss of some can be seen', async () => {
  await using store = openRedisSessions({ deadlineMs: 60_000, url: server.url });
  for (const id of ['a', 'b', 'c', 'd']) await store.put(row(id));
  const revision = async (): Promise<number> => (await store.use('x', 1_000)).revision;
  expect(await revision()).toBe(0);
  await store.revoke(['a', 'never-there']);
  expect(await revision()).toBe(1);
  await store.revoke(['never-there']);
  expect(await revision()).toBe(1);
  await store.replace('b', row('e'), 1_000);
  await store.revokeOwner({ owner: '-/anna', beforeMs: 1_000, untilMs: 9_000 });
  expect(await revision()).toBe(3);
});

test('leaves no key on the server for ever', async () => {
  await using store = openRedisSessions({ deadlineMs: 60_000, url: server.url });
  await store.put(row('a'));
  await store.revoke(['a']);
  await store.put(row('b'));
  await store.revokeOwner({ owner: '-/carl', beforeMs: 1_000, untilMs: 9_000 });
  const keys = await server.client.keys('*');
  expect(keys.length).toBeGreaterThan(5);
  for (const key of keys) expect(await server.client.pttl(key)).toBeGreaterThan(0);
});
