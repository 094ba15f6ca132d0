import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { SessionRow } from '../storage/index.ts';
import { fakeClock } from '../testing/index.ts';
import { memorySessions, openSessions, type NewSession, type SessionsOptions } from './index.ts';

const HOUR_MS = 3_600_000;
const ANNA: NewSession = { principal: { id: 'anna', kind: 'person', roles: ['author'] } };
const sealKeys = [new Uint8Array(32).fill(7)];
const REFUSED = { outcome: 'refused' };

async function opened(options: SessionsOptions = {}) {
  const clock = fakeClock();
  const store = memorySessions();
  const rows: SessionRow[] = [];
  const watched = {
    ...store,
    put: async (row: SessionRow) => {
      rows.push(row);
      return store.put(row);
    },
  };
  const sessions = await openSessions({
    store: watched,
    sealKeys,
    clock,
    sweepEveryMs: 0,
    ...options,
  });
  return { clock, store, rows, sessions };
}

test('a session says who was authenticated, and for how long it lives: 24 hours', async () => {
  const { sessions } = await opened();
  const { token, session } = await sessions.create({ ...ANNA, tenant: 'north', threads: ['t1'] });
  expect(session).toEqual({
    id: expect.any(String),
    principal: {
      id: 'anna',
      kind: 'person',
      roles: ['author'],
      authenticated: true,
      source: 'session',
    },
    tenant: 'north',
    threads: ['t1'],
    createdAt: '2026-01-01T00:00:00.000Z',
    lastSeenAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2026-01-02T00:00:00.000Z',
    idleMs: 24 * HOUR_MS,
  });
  expect(await sessions.validate(token)).toEqual({ outcome: 'valid', session, isDegraded: false });
});

test('a token has 256 bits, and the store holds its hash alone', async () => {
  const { sessions, rows } = await opened();
  const { token, session } = await sessions.create(ANNA);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(session.id).toBe(createHash('sha256').update(token).digest('base64url'));
  expect(JSON.stringify(rows)).not.toContain(token);
  const tokens = await Promise.all(
    Array.from({ length: 500 }, async () => (await sessions.create(ANNA)).token),
  );
  expect(new Set(tokens).size).toBe(500);
});

test('ends at its absolute end, however much it is used', async () => {
  const { sessions, clock } = await opened();
  const { token } = await sessions.create(ANNA);
  for (let hour = 0; hour < 23; hour += 1) {
    clock.advance(HOUR_MS);
    expect(await sessions.validate(token)).toMatchObject({ outcome: 'valid' });
  }
  clock.advance(HOUR_MS);
  expect(await sessions.validate(token)).toEqual(REFUSED);
});

test('ends when it was not used for long enough, and use keeps it alive', async () => {
  const { sessions, clock } = await opened({ idleMs: HOUR_MS });
  const { token } = await sessions.create(ANNA);
  clock.advance(HOUR_MS - 1);
  const seen = await sessions.validate(token);
  expect(seen).toMatchObject({ session: { lastSeenAt: '2026-01-01T00:59:59.999Z' } });
  clock.advance(HOUR_MS - 1);
  expect(await sessions.validate(token)).toMatchObject({ outcome: 'valid' });
  clock.advance(HOUR_MS);
  expect(await sessions.validate(token)).toEqual(REFUSED);
});

test('a session may be shorter than the settings say, never longer', async () => {
  const { sessions } = await opened({ absoluteMs: 2 * HOUR_MS });
  const short = await sessions.create({ ...ANNA, absoluteMs: HOUR_MS, idleMs: 60_000 });
  expect(short.session).toMatchObject({ expiresAt: '2026-01-01T01:00:00.000Z', idleMs: 60_000 });
  const long = await sessions.create({ ...ANNA, absoluteMs: 48 * HOUR_MS });
  expect(long.session.expiresAt).toBe('2026-01-01T02:00:00.000Z');
});

test('nobody can choose a token or an id', async () => {
  const { sessions } = await opened();
  for (const planted of [{ token: 'a'.repeat(43) }, { id: 'a'.repeat(43) }]) {
    const input: NewSession = { ...ANNA, ...planted };
    await expect(sessions.create(input)).rejects.toMatchObject({ code: 'SESSIONS_INVALID' });
  }
});

test('refuses whatever is not a token that it gave, all in the same way', async () => {
  const { sessions } = await opened();
  const { token, session } = await sessions.create(ANNA);
  const changed = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
  const forged = [session.id, changed, '', 'x', `${token} `, 'a'.repeat(1_000_000), token.slice(1)];
  for (const guess of forged) expect(await sessions.validate(guess)).toEqual(REFUSED);
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 60 }), async (guess) => {
      fc.pre(guess !== token);
      expect(await sessions.validate(guess)).toEqual(REFUSED);
    }),
  );
});

test('a token that was revoked is refused from then on, by token and by id', async () => {
  const { sessions } = await opened();
  const one = await sessions.create(ANNA);
  const other = await sessions.create(ANNA);
  expect(await sessions.revoke({ token: one.token })).toEqual({ outcome: 'revoked', sessions: 1 });
  expect(await sessions.revoke({ id: other.session.id })).toMatchObject({ sessions: 1 });
  expect(await sessions.validate(one.token)).toEqual(REFUSED);
  expect(await sessions.validate(other.token)).toEqual(REFUSED);
  expect(await sessions.revoke({ token: one.token })).toMatchObject({ sessions: 0 });
});

test('revokes all sessions of a principal of one tenant, and nobody else', async () => {
  const { sessions } = await opened();
  const of = async (id: string, tenant?: string): Promise<string> => {
    const principal = { id, kind: 'person' as const, roles: [] };
    return (await sessions.create({ principal, ...(tenant === undefined ? {} : { tenant }) }))
      .token;
  };
  const [first, second] = [await of('anna', 'north'), await of('anna', 'north')];
  const others = [await of('anna'), await of('anna', 'south'), await of('ann', 'north')];
  expect(await sessions.revoke({ principal: 'anna', tenant: 'north' })).toMatchObject({
    sessions: 2,
  });
  expect(await sessions.validate(first)).toEqual(REFUSED);
  expect(await sessions.validate(second)).toEqual(REFUSED);
  for (const token of others) {
    expect(await sessions.validate(token)).toMatchObject({ outcome: 'valid' });
  }
});

test('whoever was revoked may sign in anew, in the same millisecond too', async () => {
  const { sessions } = await opened();
  await sessions.create(ANNA);
  await sessions.revoke({ principal: 'anna' });
  const { token } = await sessions.create(ANNA);
  expect(await sessions.validate(token)).toMatchObject({ outcome: 'valid' });
});

test('a rotation gives a new token with the new roles, ends the old one, and lengthens nothing', async () => {
  const { sessions, clock } = await opened();
  const planted = await sessions.create(ANNA);
  clock.advance(HOUR_MS);
  const raised = await sessions.rotate(planted.token, { roles: ['author', 'approver'] });
  expect(raised?.token).not.toBe(planted.token);
  expect(raised?.session).toMatchObject({
    principal: { id: 'anna', roles: ['author', 'approver'] },
    createdAt: planted.session.createdAt,
    expiresAt: planted.session.expiresAt,
  });
  expect(await sessions.validate(planted.token)).toEqual(REFUSED);
  expect(await sessions.validate(raised?.token ?? '')).toMatchObject({ outcome: 'valid' });
  expect(await sessions.rotate(planted.token)).toBeUndefined();
});

test('of many rotations of one token at once, one wins', async () => {
  const { sessions } = await opened();
  const { token } = await sessions.create(ANNA);
  const rotated = await Promise.all(Array.from({ length: 20 }, async () => sessions.rotate(token)));
  expect(rotated.filter((result) => result !== undefined)).toHaveLength(1);
});

test('all threads that are bound at once stay bound', async () => {
  const { sessions } = await opened();
  const { token } = await sessions.create(ANNA);
  const names = Array.from({ length: 5 }, (_, index) => `t${index}`);
  await Promise.all(names.map(async (name) => sessions.bindThread(token, name)));
  const verdict = await sessions.validate(token);
  const threads = verdict.outcome === 'valid' ? verdict.session.threads : [];
  expect([...threads].toSorted()).toEqual(names);
  expect(await sessions.bindThread('x', 't')).toBeUndefined();
});

test('a row that somebody changed in the store opens nothing', async () => {
  const { sessions, rows } = await opened();
  const { token } = await sessions.create(ANNA);
  const [row] = rows;
  if (row === undefined) throw new Error('no row');
  const edits: Partial<SessionRow>[] = [
    { body: row.body.replace('author', 'admins') },
    { expiresAtMs: row.expiresAtMs + 1 },
    { idleMs: row.idleMs + 1 },
    { createdAtMs: row.createdAtMs - 1 },
    { owner: '-/bert' },
    { body: '' },
    { body: row.body.slice(row.body.indexOf('.')) },
  ];
  for (const edit of edits) {
    const store = memorySessions();
    await store.put({ ...row, ...edit });
    const { sessions: attacked } = await opened({ store });
    expect(await attacked.validate(token)).toEqual(REFUSED);
    expect(await attacked.list()).toEqual([]);
  }
  const store = memorySessions();
  await store.put(row);
  const { sessions: rotated } = await opened({
    store,
    sealKeys: [new Uint8Array(32).fill(8), ...sealKeys],
  });
  expect(await rotated.validate(token)).toMatchObject({ outcome: 'valid' });
});

test('lists the live sessions, of all or of one, without anything that opens them', async () => {
  const { sessions, clock } = await opened();
  const anna = await sessions.create(ANNA);
  await sessions.create({ ...ANNA, absoluteMs: 1 });
  clock.advance(10);
  const bert = await sessions.create({ principal: { id: 'bert', kind: 'service', roles: [] } });
  const listed = await sessions.list();
  expect(listed.map(({ id }) => id)).toEqual([bert.session.id, anna.session.id]);
  expect(await sessions.list({ principal: 'anna' })).toEqual([anna.session]);
  expect(await sessions.list({ limit: 1 })).toHaveLength(1);
  expect(JSON.stringify(listed)).not.toContain(anna.token);
});

test('counts what happened, and cleans up what expired', async () => {
  const { sessions, clock } = await opened({ idleMs: 1_000 });
  const used = await sessions.create(ANNA);
  const gone = await sessions.create({ ...ANNA, idleMs: 10 });
  await sessions.create({ ...ANNA, idleMs: 10 });
  await sessions.create({ principal: { id: 'bert', kind: 'person', roles: [] } });
  clock.advance(20);
  await sessions.validate(used.token);
  await sessions.validate(gone.token);
  await sessions.validate('forged');
  await sessions.revoke({ principal: 'bert' });
  expect(await sessions.cleanUp()).toBe(2);
  expect(await sessions.statistics()).toEqual({
    active: 1,
    created: 4,
    expired: 2,
    revoked: 1,
    hits: 1,
    misses: 2,
    fallbackOperations: 0,
    pendingRevocations: 0,
    isDegraded: false,
  });
});

test('says what is wrong with its settings and input, without repeating it', async () => {
  await expect(opened({ absoluteMs: 0 })).rejects.toMatchObject({ code: 'SESSIONS_INVALID' });
  await expect(opened({ idleMs: Number.NaN })).rejects.toMatchObject({ code: 'SESSIONS_INVALID' });
  await expect(opened({ sweepEveryMs: 2 ** 31 })).rejects.toMatchObject({
    code: 'SESSIONS_INVALID',
  });
  await expect(opened({ sealKeys: [new Uint8Array(31)] })).rejects.toMatchObject({
    code: 'SESSIONS_KEY',
  });
  const { sessions } = await opened();
  const input = { principal: { id: 'private-name', kind: 'person' as const, roles: [''] } };
  const failure: unknown = await sessions.create(input).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'SESSIONS_INVALID' });
  expect(String(failure)).not.toContain('private-name');
  await sessions.close();
  await expect(sessions.validate('x')).rejects.toMatchObject({ code: 'SESSIONS_CLOSED' });
});
