import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  startRedis,
  startServer,
  type RedisServer,
} from '../../src/storage/backends/redis/fixtures/redis-server.ts';
import {
  campaign,
  openPlace as openEmptyPlace,
  openSilentServer,
  type Ended,
  type Place,
} from './phasegate.ts';

const SLOW = { timeout: 240_000 };
const KEY = '5e'.repeat(31) + '01';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => server[Symbol.asyncDispose]());

/** Waits that suit a busy machine, and a lease that a test can wait for. */
const SETTINGS = '[thread]\nlease_ms = 6000\n[storage]\ncommand_timeout_ms = 60000\n';

function openPlace(): Place {
  const place = openEmptyPlace();
  writeFileSync(join(place.directory, 'phasegate.toml'), SETTINGS);
  return place;
}

const on = (url: string): Readonly<Record<string, string>> => ({
  REDIS_URL: url,
  PHASEGATE_SEAL_KEY: KEY,
});
const command = (place: Place, url: string, ...words: readonly string[]): Promise<Ended> =>
  place.start(words, on(url)).ended;

/** Asserts how a command ended; what it said is shown where it ended otherwise. */
function expectCode(ended: Ended, code: number): void {
  expect(ended.code, `${ended.err}${ended.out}`).toBe(code);
}

/** Keeps the lease of a thread, as the holder would if it lived, until `end`. */
async function holdingLease(thread: string, end: Promise<void>): Promise<void> {
  const redis = new Redis(server.url);
  const until = new AbortController();
  const ended = end.finally(() => until.abort());
  try {
    const [key, ...others] = await redis.keys(`*{${thread}}m`);
    if (key === undefined || others.length > 0) throw new Error(`No one lease of ${thread}.`);
    while (!until.signal.aborted) {
      await redis.hset(key, 'until', Date.now() + 6000);
      await Promise.race([ended, sleep(500)]);
    }
    await ended;
  } finally {
    redis.disconnect();
  }
}

test(
  'with REDIS_URL a campaign is run, shown, decided and gone back in on Redis alone',
  SLOW,
  async () => {
    using place = openPlace();
    const at = (...words: readonly string[]): Promise<Ended> =>
      command(place, server.url, ...words);
    const begun = await at(...campaign('spring'));
    expectCode(begun, 3);
    expect(begun.out).toContain(`Redis at 127.0.0.1:${server.port}`);
    expectCode(await at('reject', 'spring', '--comment', 'Make it two emails'), 3);
    expectCode(await at('approve', 'spring'), 0);
    const shown = JSON.parse((await at('show', 'spring', '--json')).out);
    expect(shown).toMatchObject({
      status: 'completed',
      storage: { kind: 'redis', place: `127.0.0.1:${server.port}` },
      approvals: [{ by: { source: 'os-user' } }],
    });
    const { threads } = JSON.parse((await at('threads', '--json')).out);
    expect(threads).toMatchObject([{ thread: 'spring', status: 'completed' }]);
    const { checkpoints } = JSON.parse((await at('history', 'spring', '--json')).out);
    const from = checkpoints.findLast(({ next }: { next: string[] }) => next.includes('strategy'));
    expectCode(await at('fork', 'spring', '--from', from.checkpoint), 0);
    expectCode(await at('replay', 'spring', '--from', from.checkpoint), 3);
    expect(existsSync(join(place.directory, '.phasegate/state.db'))).toBe(false);
    expect(readdirSync(join(place.directory, '.phasegate/output/spring')).length).toBeGreaterThan(
      3,
    );
  },
);

test('both stores give the same campaign', SLOW, async () => {
  // Each has an audit trail of its own, which would miss the thread in the other's state.
  using place = openPlace();
  using elsewhere = openPlace();
  const words = [...campaign('same'), '--approve-as', 'ci', '--json'];
  const [onRedis, onFile] = await Promise.all([
    command(elsewhere, server.url, ...words),
    place.run(...words),
  ]);
  expectCode(onRedis, 0);
  expectCode(onFile, 0);
  const artifacts = ({ out }: Ended): unknown => {
    const { requirements, strategy, generation } = JSON.parse(out).artifacts;
    return { requirements, strategy, generation };
  };
  expect(artifacts(onRedis)).toEqual(artifacts(onFile));
  expect(existsSync(join(place.directory, '.phasegate/state.db'))).toBe(true);
});

test('without a sealing key that machines share, Redis is refused, with the way out', async () => {
  using place = openPlace();
  const environment = { REDIS_URL: server.url, PHASEGATE_SEAL_KEY: '' };
  const { code, out, err } = await place.start([...campaign('keyless')], environment).ended;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('APP_SEAL_KEY_MISSING');
  expect(err).toContain('openssl rand -hex 32');
});

test.each(['requirements', 'strategy', 'generation'])(
  'Redis killed in the phase %s and started again: the same command completes the run',
  SLOW,
  async (phase) => {
    using place = openPlace();
    await using first = await startRedis('--appendfsync', 'always');
    const words = [...campaign('killed'), '--approve-as', 'ci'];
    const { says, ended } = place.start(words, on(first.url));
    await says(`phase ${phase}: started`);
    await first.kill();
    const stopped = await ended;
    expectCode(stopped, 1);
    expect(stopped.err).toContain('STORAGE_UNAVAILABLE');
    expect(stopped.err).toContain('--thread killed');
    await using again = await startServer({
      port: first.port,
      settings: ['--dir', first.directory],
    });
    expectCode(await command(place, again.url, ...words), 0);
    const report = JSON.parse((await command(place, again.url, 'show', 'killed', '--json')).out);
    expect(report).toMatchObject({ status: 'completed' });
    const attempts = report.visits.filter((visit: { phase: string }) => visit.phase === phase);
    expect(attempts).toHaveLength(1);
  },
);

test('two processes on one thread: one works, the other is told who', SLOW, async () => {
  using place = openPlace();
  await using model = await openSilentServer();
  const asked = model.asked();
  const working = place.start([...campaign('shared'), '--model', 'local'], {
    ...on(server.url),
    OLLAMA_BASE_URL: `${model.url}/v1`,
  });
  await asked;
  const second = await command(place, server.url, ...campaign('shared'), '--json');
  expectCode(second, 1);
  expect(JSON.parse(second.out)).toMatchObject({
    error: {
      code: 'STORAGE_THREAD_BUSY',
      message: expect.stringContaining(`process ${working.child.pid}`),
    },
  });
  working.child.kill('SIGINT');
  expectCode(await working.ended, 130);
  expectCode(await command(place, server.url, ...campaign('shared')), 3);
});

test(
  'killed while it holds the thread, a run is gone on with once its lease has run out',
  SLOW,
  async () => {
    using place = openPlace();
    await using model = await openSilentServer();
    const asked = model.asked();
    const working = place.start([...campaign('left'), '--model', 'local'], {
      ...on(server.url),
      OLLAMA_BASE_URL: `${model.url}/v1`,
    });
    await asked;
    working.child.kill('SIGKILL');
    await working.ended;
    const next = place.start(campaign('left'), on(server.url));
    // A busy machine may take longer to begin than the lease lasts.
    await holdingLease('left', next.says('waiting until its lock runs out'));
    expectCode(await next.ended, 3);
  },
);

test(
  'doctor tells which store is used, what it promises, and what is wrong with it',
  SLOW,
  async () => {
    using place = openPlace();
    const sound = JSON.parse((await command(place, server.url, 'doctor', '--json')).out);
    const told = (id: string): unknown =>
      sound.findings.find((finding: { id: string }) => finding.id === id);
    expect(told('store')).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('Redis'),
    });
    expect(told('persistence')).toMatchObject({ status: 'ok' });
    expect(told('eviction')).toMatchObject({ message: expect.stringContaining('noeviction') });

    await using forgetful = await startRedis('--appendonly', 'no');
    const warned = await command(place, forgetful.url, 'doctor');
    expectCode(warned, 0);
    expect(warned.out).toContain('appendonly yes');

    await using unflushed = await startRedis('--appendfsync', 'no');
    const left = await command(place, unflushed.url, 'doctor');
    expectCode(left, 0);
    expect(left.out).toContain('appendfsync everysec');

    await unflushed.client.config('SET', 'maxmemory', '100kb');
    const full = await command(place, unflushed.url, 'doctor');
    expectCode(full, 1);
    expect(full.out).toContain('Raise maxmemory');

    await using evicting = await startRedis('--maxmemory-policy', 'allkeys-lru');
    const refused = await command(place, evicting.url, 'doctor');
    expectCode(refused, 1);
    expect(refused.out).toContain('maxmemory-policy noeviction');

    const nobody = await command(place, 'redis://127.0.0.1:9', 'doctor');
    expectCode(nobody, 1);
    expect(nobody.out).toContain('cannot be reached');
  },
);

test(
  'a thread of a server that was emptied is told as such, and goes on as it says',
  SLOW,
  async () => {
    using place = openPlace();
    await using emptied = await startRedis();
    const approved = [...campaign('flushed'), '--approve-as', 'ci'];
    expectCode(await command(place, emptied.url, ...approved), 0);
    await emptied.client.flushall();
    const shown = await command(place, emptied.url, 'show', 'flushed');
    expectCode(shown, 2);
    expect(shown.err).toMatch(/knows thread "flushed", and its state is missing/);
    const refused = await command(place, emptied.url, ...approved);
    expectCode(refused, 2);
    const [, ...words] = /(replay) (flushed) (--from) ([\w-]+)/.exec(refused.err) ?? [];
    expectCode(await command(place, emptied.url, ...words), 3);
    expectCode(await command(place, emptied.url, ...approved), 0);
  },
);
