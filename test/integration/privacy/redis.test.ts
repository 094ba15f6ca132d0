import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { eraseSubject, findSubject, openApp, type App } from '../../../src/app/index.ts';
import {
  startRedis,
  type RedisServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { openRedisSessions } from '../../../src/storage/backends/redis/index.ts';
import { openSessions, type NewSession } from '../../../src/sessions/index.ts';
import { dumped } from './dumped.ts';
import { clerk, letterOf, writeLetter } from './people.ts';

const ADA = { person: 'p-17', name: 'Quillon Vantreese', ssn: '536-22-1234', topic: 'spring fair' };
let server: RedisServer;
let folder: string;

beforeAll(async () => {
  server = await startRedis();
  folder = mkdtempSync(join(tmpdir(), 'canary-redis-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function withApp<Result>(work: (app: App) => Promise<Result>): Promise<Result> {
  await using app = await openApp({
    environment: { REDIS_URL: server.url, PHASEGATE_SEAL_KEY: KEY },
    workingDirectory: folder,
    overrides: { dataDir: join(folder, 'data') },
  });
  return await work(app);
}
const KEY = randomBytes(32).toString('hex');

test('a Redis holds no sensitive field in clear, and gives it back', async () => {
  await withApp(async (app) => writeLetter(app, 'ada', ADA));
  const text = await dumped(server.url);
  expect(text).toContain(ADA.topic);
  expect(text).not.toContain(ADA.name);
  expect(text).not.toContain(ADA.ssn);
  expect(readdirSync(join(folder, 'data'))).not.toContain('state.db');
  expect(await withApp(async (app) => letterOf(app, 'ada'))).toMatchObject({
    greeting: 'Dear Quillon Vantreese (536-22-1234)',
  });
}, 60_000);

test('sessions of a person who has nothing else here are found, revoked and deleted, with a signed receipt', async () => {
  const store = openRedisSessions({ url: server.url, deadlineMs: 60_000 });
  await using sessions = await openSessions({ store, freshMs: 0 });
  const principal: NewSession['principal'] = { id: 'quillon.vantreese', kind: 'person', roles: [] };
  const { token } = await sessions.create({ principal, tenant: 'north' });
  const other = await sessions.create({ principal: { ...principal, id: 'tamsin.orrelby' } });
  expect(await dumped(server.url)).toContain(principal.id);
  const found = await withApp(async (app) => findSubject(app, principal.id));
  expect(found).toMatchObject({ key: 'none', sessions: 1 });
  const erased = await withApp(async (app) => eraseSubject(app, principal.id, clerk));
  expect(erased).toMatchObject({ outcome: 'erased', held: { sessions: 1 } });
  expect(JSON.parse(erased.receipt)).toBeTypeOf('object');
  expect((await sessions.validate(token)).outcome).toBe('refused');
  expect((await sessions.validate(other.token)).outcome).toBe('valid');
  expect(await dumped(server.url)).not.toContain(principal.id);
  expect(await withApp(async (app) => findSubject(app, principal.id))).toMatchObject({
    key: 'erased',
    sessions: 0,
  });
}, 60_000);
