import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { memorySessions, openSessions, type Sessions } from '../../../src/sessions/index.ts';
import {
  startRedis,
  type RedisServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { openRedisSessions } from '../../../src/storage/backends/redis/index.ts';
import { StorageUnavailableError, type SessionStore } from '../../../src/storage/index.ts';
import { fakeClock } from '../../../src/testing/index.ts';

const HOUR_MS = 3_600_000;
const REFUSED = { outcome: 'refused' };
const NEW = { principal: { id: 'kim', kind: 'person' as const, roles: ['editor'] } };

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** One token for each reason to be refused, an hour and a half after all were given. */
async function refusedTokens(
  sessions: Sessions,
  advance: (ms: number) => void,
): Promise<ReadonlyMap<string, string>> {
  const made = async (times = {}): Promise<string> =>
    (await sessions.create({ ...NEW, ...times })).token;
  const [living, revoked, replaced, ofPrincipal] = [
    await made(),
    await made(),
    await made(),
    (await sessions.create({ principal: { ...NEW.principal, id: 'lee' } })).token,
  ];
  const [expired, idle] = [await made({ absoluteMs: HOUR_MS }), await made({ idleMs: HOUR_MS })];
  await sessions.revoke({ token: revoked });
  await sessions.revoke({ principal: 'lee' });
  await sessions.rotate(replaced);
  advance(1.5 * HOUR_MS);
  return new Map([
    ['unknown', randomBytes(32).toString('base64url')],
    ['forged', `${living.startsWith('A') ? 'B' : 'A'}${living.slice(1)}`],
    ['malformed', `${living.slice(1)}!`],
    ['planted before a rotation', replaced],
    ['replayed after its revocation', revoked],
    ['replayed after its principal was revoked', ofPrincipal],
    ['expired', expired],
    ['idle', idle],
  ]);
}

test('a token is refused by the same commands of Redis, whyever it is refused', async () => {
  const clock = fakeClock();
  const store = openRedisSessions({ url: server.url, deadlineMs: 60_000, connections: 1 });
  await using sessions = await openSessions({ store, clock, sweepEveryMs: 0 });
  const tokens = await refusedTokens(sessions, clock.advance);
  const monitor = await server.client.monitor();
  const seen: string[] = [];
  monitor.on('monitor', (_time: string, args: readonly string[]) => {
    // Which command, how many arguments, and on what key; scripts by their name.
    seen.push([args[0]?.toUpperCase(), args.length, args[1]].join(' '));
  });
  const sequences = new Map<string, readonly string[]>();
  for (const [why, token] of tokens) {
    seen.length = 0;
    expect([why, await sessions.validate(token)]).toEqual([why, REFUSED]);
    await server.client.echo(why);
    await expect.poll(() => seen.at(-1), { timeout: 60_000 }).toBe(`ECHO 2 ${why}`);
    sequences.set(why, seen.slice(0, -1));
  }
  monitor.disconnect();
  const [expected = []] = sequences.values();
  expect(expected.map((command) => command.split(' ')[0])).toEqual([
    'EVALSHA',
    'GET',
    'ZSCORE',
    'ZSCORE',
  ]);
  expect(new Map([...sequences.keys()].map((why) => [why, expected]))).toEqual(sequences);
});

test('of the two deadlines that are read, one is there and one is not, whyever a token is refused', async () => {
  const clock = fakeClock();
  const store = openRedisSessions({ url: server.url, deadlineMs: 60_000, prefix: 'two:' });
  await using sessions = await openSessions({ store, clock, sweepEveryMs: 0 });
  const tokens = await refusedTokens(sessions, clock.advance);
  const monitor = await server.client.monitor();
  const members: string[] = [];
  monitor.on('monitor', (_time: string, args: readonly string[]) => {
    if (args[0]?.toUpperCase() === 'ZSCORE') members.push(args[2] ?? '');
  });
  for (const token of tokens.values()) await sessions.validate(token);
  await expect.poll(() => members.length, { timeout: 60_000 }).toBe(2 * tokens.size);
  monitor.disconnect();
  const found = await server.client.zmscore('two:{sessions}d', ...members);
  const there = found.map((score) => score !== null);
  for (let at = 0; at < there.length; at += 2) expect(there[at]).toBe(!there[at + 1]);
});

test('a token is refused by the same operations of any store, whyever it is refused', async () => {
  const clock = fakeClock();
  const calls: string[] = [];
  const store: SessionStore = new Proxy(memorySessions(), {
    get: (target, name, receiver) => {
      calls.push(String(name));
      const member: unknown = Reflect.get(target, name, receiver);
      return member;
    },
  });
  const sessions = await openSessions({ store, clock, sweepEveryMs: 0 });
  const tokens = await refusedTokens(sessions, clock.advance);
  const before = await store.count(0);
  for (const [why, token] of tokens) {
    calls.length = 0;
    expect([why, await sessions.validate(token), ...calls]).toEqual([why, REFUSED, 'use']);
    expect([why, await sessions.rotate(token)]).toEqual([why, undefined]);
    expect([why, await sessions.bindThread(token, 't')]).toEqual([why, undefined]);
    expect([why, ...calls]).toEqual([why, 'use', 'use', 'use']);
  }
  // Nothing was tidied up on the way.
  expect(await store.count(0)).toBe(before);
});

test('what the store refused, memory does not let in when the store is away', async () => {
  const kept = memorySessions();
  const state = { isAway: false };
  const store: SessionStore = {
    ...kept,
    use: async (id, nowMs) => {
      if (state.isAway) throw new StorageUnavailableError('127.0.0.1', undefined);
      return kept.use(id, nowMs);
    },
  };
  const sessions = await openSessions({ store, sweepEveryMs: 0, freshMs: HOUR_MS });
  const { token, session } = await sessions.create(NEW);
  const other = await sessions.create(NEW);
  expect(await sessions.validate(token)).toMatchObject({ outcome: 'valid' });
  // Another process revokes it, of which this one knows by the store alone.
  await kept.revoke([session.id]);
  expect(await sessions.validate(token)).toEqual({ outcome: 'refused' });
  state.isAway = true;
  expect(await sessions.validate(token)).toMatchObject({ outcome: 'undecided' });
  expect(await sessions.validate(other.token)).toMatchObject({ outcome: 'valid' });
});
