import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  openSessions,
  revocationFile,
  type NewSession,
  type Sessions,
  type SessionsOptions,
} from '../../../src/sessions/index.ts';
import { openRedisSessions } from '../../../src/storage/backends/redis/index.ts';
import { fakeClock, type FakeClock } from '../../../src/testing/index.ts';
import { startRestartableRedis, type RestartableRedis } from './restartable-redis.ts';

const ANNA: NewSession = { principal: { id: 'anna', kind: 'person', roles: ['author'] } };
const REFUSED = { outcome: 'refused' };
const UNDECIDED = { outcome: 'undecided' };
const VALID = { outcome: 'valid' };
const RETRY_MS = 1_000;

let server: RestartableRedis;
let clock: FakeClock;
let directory: string;

beforeEach(async () => {
  server = await startRestartableRedis();
  clock = fakeClock();
  directory = mkdtempSync(join(tmpdir(), 'phasegate-sessions-'));
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

const open = async (options: SessionsOptions = {}): Promise<Sessions> =>
  openSessions({
    store: openRedisSessions({ url: server.url, deadlineMs: 500 }),
    sealKeys: [new Uint8Array(32).fill(5)],
    clock,
    retryMs: RETRY_MS,
    sweepEveryMs: 0,
    ...options,
  });
/** The server is back, and the pause after the last failure is over. */
const backAgain = async (sessions: Sessions): Promise<void> => {
  await server.restart();
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    clock.advance(RETRY_MS);
    if (!(await sessions.statistics()).isDegraded) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the sessions did not find the server again');
};

test('a session lives in all processes that share the server, and ends in all of them', async () => {
  await using one = await open();
  await using other = await open();
  const { token } = await one.create(ANNA);
  expect(await other.validate(token)).toMatchObject({ ...VALID, isDegraded: false });
  await other.revoke({ token });
  expect(await one.validate(token)).toEqual(REFUSED);
});

test('survives the death of the server', async () => {
  await using sessions = await open();
  const { token } = await sessions.create(ANNA);
  await server.kill();
  await backAgain(sessions);
  expect(await sessions.validate(token)).toMatchObject({ ...VALID, isDegraded: false });
});

test('while the server is away, memory answers for what it saw lately, and says so', async () => {
  await using sessions = await open({ freshMs: 10_000 });
  await using stranger = await open();
  const { token } = await sessions.create(ANNA);
  await server.kill();
  expect(await sessions.validate(token)).toMatchObject({ ...VALID, isDegraded: true });
  expect(await stranger.validate(token)).toMatchObject(UNDECIDED);
  expect(await sessions.validate('forged')).toMatchObject(UNDECIDED);
  await expect(sessions.list()).rejects.toMatchObject({ code: 'SESSIONS_UNAVAILABLE' });
  expect(await sessions.statistics()).toMatchObject({
    active: 1,
    fallbackOperations: 1,
    isDegraded: true,
  });
  clock.advance(10_000);
  expect(await sessions.validate(token)).toMatchObject(UNDECIDED);
});

test('with no time for memory, everything is refused while the server is away', async () => {
  await using sessions = await open({ freshMs: 0 });
  const { token } = await sessions.create(ANNA);
  await server.kill();
  expect(await sessions.validate(token)).toMatchObject({
    ...UNDECIDED,
    retryAfterMs: expect.any(Number),
  });
  await expect(sessions.create(ANNA)).rejects.toMatchObject({
    code: 'SESSIONS_UNAVAILABLE',
    retryable: true,
  });
  await expect(sessions.rotate(token)).rejects.toMatchObject({ code: 'SESSIONS_UNAVAILABLE' });
});

test('what was revoked while the server was away stays refused, before and after it is back', async () => {
  await using sessions = await open();
  await using other = await open();
  const single = await sessions.create(ANNA);
  const bert: NewSession = { principal: { id: 'bert', kind: 'person', roles: [] } };
  const elsewhere = await other.create(bert);
  await server.kill();
  expect(await sessions.revoke({ token: single.token })).toEqual({ outcome: 'pending' });
  expect(await sessions.revoke({ principal: 'bert' })).toEqual({ outcome: 'pending' });
  expect(await sessions.validate(single.token)).toMatchObject(UNDECIDED);
  expect((await sessions.statistics()).pendingRevocations).toBe(2);
  await backAgain(sessions);
  expect(await sessions.validate(single.token)).toEqual(REFUSED);
  expect((await sessions.statistics()).pendingRevocations).toBe(0);
  clock.advance(RETRY_MS);
  expect(await other.validate(single.token)).toEqual(REFUSED);
  expect(await other.validate(elsewhere.token)).toEqual(REFUSED);
});

test('a revocation that waits outlives the process that took it', async () => {
  const path = join(directory, 'revocations.jsonl');
  const sessions = await open({ journal: revocationFile(path) });
  const { token } = await sessions.create(ANNA);
  await server.kill();
  await sessions.revoke({ token });
  await sessions.close();
  await server.restart();
  await using next = await open({ journal: revocationFile(path) });
  expect(await next.validate(token)).toEqual(REFUSED);
  expect(await revocationFile(path).read()).toEqual([]);
});

test('a journal that was cut short is read up to its end; a damaged one is refused', async () => {
  const path = join(directory, 'revocations.jsonl');
  const kept = { id: 'a', untilMs: 1 };
  writeFileSync(path, `${JSON.stringify(kept)}\n{"id":"b","unt`);
  expect(await revocationFile(path).read()).toEqual([kept]);
  writeFileSync(path, `{"id":"b"}\n`);
  await expect(open({ journal: revocationFile(path) })).rejects.toMatchObject({
    code: 'SESSIONS_JOURNAL',
  });
});

test('a server that comes back as it was before a revocation is told of it again', async () => {
  await using sessions = await open();
  const { token } = await sessions.create(ANNA);
  const keys = await server.client.keys('*');
  const before = await Promise.all(
    keys.map(async (key) => [key, await server.client.dumpBuffer(key)] as const),
  );
  await sessions.revoke({ token });
  await server.client.flushall();
  for (const [key, bytes] of before) await server.client.restore(key, 0, bytes);
  await server.kill();
  await sessions.validate(token);
  await backAgain(sessions);
  expect(await sessions.validate(token)).toEqual(REFUSED);
  await using other = await open();
  expect(await other.validate(token)).toEqual(REFUSED);
});

test('a server that was turned back unnoticed is told again, as soon as it counts too few revocations', async () => {
  await using sessions = await open();
  const first = await sessions.create(ANNA);
  const { token } = await sessions.create(ANNA);
  await sessions.revoke({ token: first.token });
  const keys = await server.client.keys('*');
  const before = await Promise.all(
    keys.map(async (key) => [key, await server.client.dumpBuffer(key)] as const),
  );
  await sessions.revoke({ token });
  await sessions.validate('anything');
  await server.client.flushall();
  for (const [key, bytes] of before) await server.client.restore(key, 0, bytes);
  expect(await sessions.validate(token)).toEqual(REFUSED);
  expect((await sessions.statistics()).pendingRevocations).toBe(0);
  await using other = await open();
  expect(await other.validate(token)).toEqual(REFUSED);
});

test('sessions that were made while the server was away are known to all when it is back', async () => {
  await using sessions = await open();
  await sessions.create(ANNA);
  await server.kill();
  const made = await sessions.create(ANNA);
  expect(made.isDegraded).toBe(true);
  const ended = await sessions.create(ANNA);
  await sessions.revoke({ token: ended.token });
  const rotated = await sessions.rotate(made.token, { roles: ['approver'] });
  expect(rotated?.isDegraded).toBe(true);
  await backAgain(sessions);
  await using other = await open();
  expect(await other.validate(rotated?.token ?? '')).toMatchObject({
    ...VALID,
    session: { principal: { roles: ['approver'] } },
  });
  expect(await other.validate(made.token)).toEqual(REFUSED);
  expect(await other.validate(ended.token)).toEqual(REFUSED);
  expect((await other.statistics()).active).toBe(2);
});

test('a session made while the server was away is not taken if its owner was revoked elsewhere', async () => {
  await using sessions = await open();
  await sessions.create(ANNA);
  await server.kill();
  const made = await sessions.create(ANNA);
  await server.restart();
  await using admin = await open();
  await admin.revoke({ principal: 'anna' });
  clock.advance(RETRY_MS);
  expect(await sessions.validate(made.token)).toEqual(REFUSED);
  expect((await admin.statistics()).active).toBe(0);
});

test('starts while the server is away, and finds it later', async () => {
  await server.kill();
  await using sessions = await open();
  const { token } = await sessions.create(ANNA);
  expect(await sessions.validate(token)).toMatchObject({ ...VALID, isDegraded: true });
  await backAgain(sessions);
  expect(await sessions.validate(token)).toMatchObject({ ...VALID, isDegraded: false });
});

test('a server that hangs costs one deadline, and not one for every request', async () => {
  await using sessions = await open({ freshMs: 60_000 });
  const { token } = await sessions.create(ANNA);
  server.hang();
  const verdicts = [];
  const startedAt = performance.now();
  for (let request = 0; request < 50; request += 1) verdicts.push(await sessions.validate(token));
  const tookMs = performance.now() - startedAt;
  server.resume();
  expect(verdicts).toEqual(verdicts.map(() => expect.objectContaining(VALID)));
  expect(tookMs).toBeLessThan(20_000);
});

test('while the server dies and comes back, no request is let in by a revoked token', async () => {
  await using sessions = await open({ retryMs: 1 });
  const kept = await sessions.create(ANNA);
  const tokens = await Promise.all(
    Array.from({ length: 40 }, async () => (await sessions.create(ANNA)).token),
  );
  const revoked = new Set<string>();
  const wrong: string[] = [];
  const ask = async (token: string): Promise<void> => {
    const wasRevoked = revoked.has(token);
    clock.advance(1);
    const { outcome } = await sessions.validate(token);
    if (wasRevoked && outcome === 'valid') wrong.push(token);
  };
  const work = async (token: string, index: number): Promise<void> => {
    for (let round = 0; round < 30; round += 1) {
      await ask(token);
      if (round === index % 30) {
        await sessions.revoke({ token });
        revoked.add(token);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const working = Promise.all(tokens.map(work));
  await server.kill();
  await new Promise((resolve) => setTimeout(resolve, 100));
  await server.restart();
  await working;
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    clock.advance(1);
    if ((await sessions.validate(kept.token)).outcome === 'valid') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const token of tokens) expect(await sessions.validate(token)).toEqual(REFUSED);
  expect(wrong).toEqual([]);
  await using other = await open();
  for (const token of tokens) expect(await other.validate(token)).toEqual(REFUSED);
  expect((await other.statistics()).active).toBe(1);
});
