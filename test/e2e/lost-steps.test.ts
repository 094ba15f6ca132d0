import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { startRedis, startServer } from '../../src/storage/backends/redis/fixtures/redis-server.ts';
import { openPlace, WHOLE_BRIEF, type Ended, type Place } from './phasegate.ts';

const SLOW = { timeout: 480_000 };
const KEY = { PHASEGATE_SEAL_KEY: '5e'.repeat(31) + '01' };
const PATIENT = 'command_timeout_ms = 60000\n';

/** Runs one command, and asserts how it ends; what it said is shown where it ends otherwise. */
async function ends(
  code: number,
  { place, env }: { readonly place: Place; readonly env: NodeJS.ProcessEnv },
  words: readonly string[],
): Promise<Ended> {
  const ended = await place.start(words, env).ended;
  expect(ended.code, `${ended.err}${ended.out}`).toBe(code);
  return ended;
}

/** Asserts that the command is refused because of an older state, and completes behind the replay that it names. */
async function assertGoesOnByFork(
  at: { readonly place: Place; readonly env: NodeJS.ProcessEnv },
  thread: string,
  words: readonly string[],
): Promise<void> {
  const { err } = await ends(2, at, words);
  expect(err).toContain('WORKFLOW_STATE_BEHIND_TRAIL');
  const [, from = ''] = new RegExp(`phasegate replay ${thread} --from ([\\w-]+)`).exec(err) ?? [];
  await ends(3, at, ['replay', thread, '--from', from]);
  await ends(0, at, words);
  const shown = await ends(0, at, ['show', thread, '--json']);
  expect(JSON.parse(shown.out)).toMatchObject({ status: 'completed' });
  await ends(0, at, ['audit', 'verify']);
}

test(
  'a run whose last steps a failover lost is refused, and completes behind a replay',
  SLOW,
  async () => {
    using place = openPlace();
    writeFileSync(join(place.directory, 'phasegate.toml'), `[storage]\n${PATIENT}`);
    await using master = await startRedis();
    await using replica = await startRedis('--replicaof', `127.0.0.1 ${master.port}`);
    const begun = { place, env: { ...KEY, REDIS_URL: master.url } };
    await ends(3, begun, ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'lost']);
    expect(await master.client.wait(1, 60_000)).toBe(1);
    // From here on the replica hears nothing more, while the master goes on confirming what it alone has.
    await replica.client.replicaof('127.0.0.1', 1);
    await ends(0, begun, ['approve', 'lost']);
    await master.kill();
    await replica.client.replicaof('NO', 'ONE');
    const env = { ...KEY, REDIS_URL: replica.url };
    await assertGoesOnByFork({ place, env }, 'lost', ['approve', 'lost']);
  },
);

test(
  'a run whose journal died with its machine is refused, and completes behind a replay',
  SLOW,
  async () => {
    using place = openPlace();
    await using first = await startRedis('--appendfsync', 'always');
    writeFileSync(
      join(place.directory, 'phasegate.toml'),
      `[storage]\njournal = true\n${PATIENT}[thread]\nlease_ms = 180000\n`,
    );
    const words = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'lost'];
    const approved = [...words, '--approve-as', 'ci'];
    const env = { ...KEY, REDIS_URL: first.url };
    const run = place.start([...approved, '--json', '--log-level', 'info'], env);
    await run.says('"phase":"strategy"');
    await first.kill();
    const ended = await run.ended;
    expect(ended.code, `${ended.err}${ended.out}`).toBe(0);
    rmSync(join(place.directory, '.phasegate/journal'), { recursive: true });
    await using back = await startServer({
      port: first.port,
      settings: ['--dir', first.directory],
    });
    // The lease that the run could not give back, which would run out in time.
    const [lease = ''] = await back.client.keys('*{lost}m');
    await back.client.hset(lease, 'until', 0);
    await assertGoesOnByFork({ place, env }, 'lost', approved);
  },
);
