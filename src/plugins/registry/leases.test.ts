import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, test } from 'vitest';

import { pluginFrom } from '../fixtures/plugin-from.ts';
import { newRecordsPath, OPERATOR, openTestPlugins, ORDER } from '../fixtures/test-plugins.ts';
import { randomIds } from '../../kernel/index.ts';
import { enablePlugin } from '../lifecycle/activation.ts';
import { createTrustedRuntime } from '../sandbox/index.ts';
import { addPlugin } from './admission.ts';
import { createLeases, holderHere, LEASE_MS, type Holder } from './leases.ts';
import { versionsOf } from './version-records.ts';

/** A process is started and killed, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };
const PROGRAM = fileURLToPath(new URL('../fixtures/die-in-step.ts', import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

const open = async (path: string): ReturnType<typeof openTestPlugins> =>
  await openTestPlugins({ isolated: createTrustedRuntime(), path });

async function stateIn(path: string): Promise<string | undefined> {
  const opened = await open(path);
  const [version] = await versionsOf(opened.database.reader);
  await opened.close();
  return version?.state;
}

describe.each([
  ['verifying', 'discovered'],
  ['loading', 'registered'],
])('a version that a process is %s', (step, before) => {
  test(`stays there while it lives, and is ${before} once it was killed`, SLOW, async () => {
    const path = newRecordsPath();
    const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, path, step], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    expect(String(said)).toBe(`${step}\n`);
    expect(await stateIn(path)).toBe(step);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await stateIn(path)).toBe(before);
  });
});

const plugin = pluginFrom('export default { execute: () => null };');
const order = { caller: OPERATOR, source: 'test', tier: 'isolated' } as const;

test('what was begun can be gone on with after its process has died', SLOW, async () => {
  const path = newRecordsPath();
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, path, 'verifying'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { plugins, close } = await open(path);
  expect(await addPlugin(plugins.parts, plugin, order)).toMatchObject({ state: 'registered' });
  await close();
});

test('an orderly end gives up its steps, so that the next one need not wait', async () => {
  const path = newRecordsPath();
  const first = await open(path);
  const broken = {
    ...first.plugins.parts,
    probe: async (): Promise<never> => await new Promise<never>(() => undefined),
  };
  const { digest } = await addPlugin(first.plugins.parts, plugin, order);
  const entered = first.events.length;
  void enablePlugin(broken, digest, ORDER);
  await expect.poll(() => first.events.length).toBe(entered + 2);
  const second = await open(path);
  expect(await versionsOf(second.database.reader)).toMatchObject([{ state: 'loading' }]);
  await expect(enablePlugin(second.plugins.parts, digest, ORDER)).rejects.toMatchObject({
    code: 'PLUGINS_INVALID_STATE',
  });
  await second.close();
  await first.close();
  expect(await stateIn(path)).toBe('registered');
});

describe('the lease of a step', () => {
  const elsewhere: Holder = { id: 'other', host: 'another-machine', pid: 1 };

  async function leasesAt(now: () => number): Promise<{
    readonly own: ReturnType<typeof createLeases>;
    readonly other: ReturnType<typeof createLeases>;
    readonly database: Awaited<ReturnType<typeof open>>['database'];
    close(): Promise<void>;
  }> {
    const { database, close } = await open(newRecordsPath());
    const clock = { now: () => new Date(now()).toISOString(), monotonicMs: now };
    const own = createLeases(database, clock, holderHere(randomIds));
    const other = createLeases(database, clock, elsewhere);
    return {
      own,
      other,
      database,
      close: async () => {
        await own.close();
        await other.close();
        await close();
      },
    };
  }

  test('keeps a step of another machine until it has not been heard of for its time', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const { own, other, database, close } = await leasesAt(() => now);
    await database.exclusively(async (queries) => await other.hold(queries, 'd'));
    expect(await own.isHeld(database.reader, 'd')).toBe(true);
    await expect(
      database.exclusively(async (queries) => await own.hold(queries, 'd')),
    ).rejects.toMatchObject({ code: 'PLUGINS_STEP_TAKEN' });
    now += LEASE_MS;
    expect(await own.isHeld(database.reader, 'd')).toBe(false);
    await database.exclusively(async (queries) => await own.hold(queries, 'd'));
    // The one that was thought dead goes on, and finds that its step is another one's.
    await expect(
      database.exclusively(async (queries) => await other.release(queries, 'd')),
    ).rejects.toMatchObject({ code: 'PLUGINS_STEP_TAKEN' });
    await close();
  });
});
