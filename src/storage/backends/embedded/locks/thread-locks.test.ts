import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { emptyCheckpoint, type CheckpointMetadata } from '@langchain/langgraph-checkpoint';
import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { openEmbeddedStorage } from '../../../index.ts';

const FRONT_DOOR = new URL('../../../index.ts', import.meta.url).href;
const METADATA: CheckpointMetadata = { source: 'loop', step: 1, parents: {} };
const PATIENCE_MS = 240_000;

let directory: string;
let children: ChildProcess[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-locks-'));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

/** Another process with an opened `storage`; `script` speaks through `say`, and `heard` gives its next line. */
function start(
  script: string,
  leaseMs = 15_000,
): { child: ChildProcess; heard: () => Promise<string> } {
  const program = `
    import { openEmbeddedStorage } from ${JSON.stringify(FRONT_DOOR)};
    const say = (line) => process.stdout.write(line + '\\n');
    const options = { directory: ${JSON.stringify(directory)}, leaseMs: ${leaseMs} };
    const storage = await openEmbeddedStorage(options);
    const config = { configurable: { thread_id: 't', checkpoint_ns: '' } };
    const put = (id) => storage.checkpointer.put(config,
      { v: 4, id, ts: '', channel_values: {}, channel_versions: {}, versions_seen: {} },
      { source: 'loop', step: 1, parents: {} }, {});
    ${script}`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    heard: async () => {
      const line = await lines.next();
      return line.done === true ? 'ended' : line.value;
    },
  };
}

const HOLD = `const lock = await storage.lockThread('t', { owner: 'child' }); say('locked');`;
const STAY = `setInterval(() => undefined, 1000);`;
const configOf = (thread: string) => ({ configurable: { thread_id: thread, checkpoint_ns: '' } });

test(
  'one process works on a thread, the other is told who does',
  { timeout: PATIENCE_MS },
  async () => {
    const { child, heard } = start(HOLD + STAY);
    expect(await heard()).toBe('locked');
    await using storage = await openEmbeddedStorage({ directory });
    await expect(storage.lockThread('t')).rejects.toMatchObject({
      code: 'STORAGE_THREAD_BUSY',
      retryable: true,
      details: {
        thread: 't',
        pid: child.pid,
        owner: 'child',
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      },
    });
    await using other = await storage.lockThread('another');
    expect(other.signal.aborted).toBe(false);
  },
);

test('a killed holder frees its thread at once', { timeout: PATIENCE_MS }, async () => {
  const { child, heard } = start(HOLD + STAY, 600_000);
  expect(await heard()).toBe('locked');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await using storage = await openEmbeddedStorage({ directory });
  await using lock = await storage.lockThread('t');
  expect(lock.epoch).toBe(2);
});

test(
  'an ending process frees its thread without releasing it',
  { timeout: PATIENCE_MS },
  async () => {
    const { child, heard } = start(HOLD);
    expect(await heard()).toBe('locked');
    // Nothing holds the child open: the renewal timer must not.
    await once(child, 'exit');
    await using storage = await openEmbeddedStorage({ directory });
    await expect(storage.lockThread('t')).resolves.toMatchObject({ epoch: 2 });
  },
);

test(
  'a holder that slept through its lease cannot write, and learns that it lost the lock',
  { timeout: PATIENCE_MS },
  async () => {
    // It falls asleep between two writes, so that its first act after waking is a write.
    const script = `${HOLD}
      lock.signal.addEventListener('abort', () => say('told ' + lock.signal.reason.code));
      await put('a');
      say('asleep');
      process.kill(process.pid, 'SIGSTOP');
      await put('b').catch((error) => say('refused ' + error.code));
      ${STAY}`;
    await using storage = await openEmbeddedStorage({ directory });
    const { child, heard } = start(script, 6_000);
    expect(await heard()).toBe('locked');
    expect(await heard()).toBe('asleep');
    await expect(storage.lockThread('t')).rejects.toMatchObject({ code: 'STORAGE_THREAD_BUSY' });
    const lock = await storage.lockThread('t', { whenBusy: 'enqueue', waitMs: 120_000 });
    expect(lock.epoch).toBe(2);
    const checkpoint = { ...emptyCheckpoint(), id: 'z' };
    await storage.checkpointer.put(configOf('t'), checkpoint, METADATA, {});
    // Also after the new holder has finished, the sleeper is out of date.
    await lock.release();
    const before = await countCheckpoints();
    child.kill('SIGCONT');
    expect(await heard()).toBe('refused STORAGE_THREAD_LOCK_LOST');
    expect(await heard()).toBe('told STORAGE_THREAD_LOCK_LOST');
    expect(await countCheckpoints()).toBe(before);
  },
);

test('a holder whose lease was taken is told by its signal', { timeout: PATIENCE_MS }, async () => {
  const script = `${HOLD} lock.signal.addEventListener('abort',
    () => say(lock.signal.reason.code + ' ' + lock.signal.reason.details.thread)); ${STAY}`;
  const { child, heard } = start(script, 600);
  expect(await heard()).toBe('locked');
  child.kill('SIGSTOP');
  await delay(900);
  await using storage = await openEmbeddedStorage({ directory });
  await using lock = await storage.lockThread('t');
  child.kill('SIGCONT');
  expect(await heard()).toBe('STORAGE_THREAD_LOCK_LOST t');
  expect(lock.signal.aborted).toBe(false);
});

test('a lease is renewed for as long as its holder lives', async () => {
  await using storage = await openEmbeddedStorage({ directory, leaseMs: 4_000 });
  await using second = await openEmbeddedStorage({ directory, leaseMs: 4_000 });
  await using lock = await storage.lockThread('t');
  await delay(9_000);
  await expect(second.lockThread('t')).rejects.toMatchObject({ code: 'STORAGE_THREAD_BUSY' });
  expect(lock.signal.aborted).toBe(false);
});

test(
  'what was reported as stored is there after its writer was killed',
  { timeout: PATIENCE_MS },
  async () => {
    const script = `${HOLD}
    for (let i = 0; ; i += 1) {
      const id = 'id-' + String(i).padStart(9, '0');
      await put(id);
      say(id);
      await new Promise((resolve) => setImmediate(resolve));
    }`;
    const { child, heard } = start(script);
    expect(await heard()).toBe('locked');
    let last = '';
    for (let line = await heard(); line !== 'ended'; line = await heard()) {
      last = line;
      if (line.endsWith('50')) child.kill('SIGKILL');
    }
    await using storage = await openEmbeddedStorage({ directory });
    await storage.verify();
    const config = { configurable: { thread_id: 't', checkpoint_ns: '', checkpoint_id: last } };
    expect((await storage.checkpointer.getTuple(config))?.checkpoint.id).toBe(last);
  },
);

test('a released thread can be taken again, with a greater epoch', async () => {
  await using storage = await openEmbeddedStorage({ directory });
  const epochs: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await using lock = await storage.lockThread('t');
    epochs.push(lock.epoch);
    await lock.release();
  }
  expect(epochs).toEqual([1, 2, 3]);
});

test('a closed storage frees its threads and tells their holders', async () => {
  const storage = await openEmbeddedStorage({ directory });
  const lock = await storage.lockThread('t');
  await storage.close();
  expect(lock.signal.reason).toMatchObject({ code: 'STORAGE_CLOSED' });
  await using again = await openEmbeddedStorage({ directory });
  await expect(again.lockThread('t')).resolves.toMatchObject({ epoch: 2 });
});

test('who does not hold the lock cannot write the thread while another does', async () => {
  await using holder = await openEmbeddedStorage({ directory });
  await using other = await openEmbeddedStorage({ directory });
  await using lock = await holder.lockThread('t', { owner: 'holder' });
  const put = async (storage: typeof holder): Promise<unknown> =>
    storage.checkpointer.put(configOf('t'), emptyCheckpoint(), METADATA, {});
  const config = { configurable: { thread_id: 't', checkpoint_ns: '', checkpoint_id: 'x' } };
  await expect(put(other)).rejects.toMatchObject({ code: 'STORAGE_THREAD_BUSY' });
  const writes = other.checkpointer.putWrites(config, [['a', 1]], 'task');
  await expect(writes).rejects.toMatchObject({ code: 'STORAGE_THREAD_BUSY' });
  await expect(put(holder)).resolves.toBeDefined();
  const deletion = other.checkpointer.deleteThread('t');
  await expect(deletion).rejects.toMatchObject({ code: 'STORAGE_THREAD_BUSY' });
  await lock.release();
  await expect(put(other)).resolves.toBeDefined();
});

test(
  'of many processes that begin at once, one gets the thread and all get one key',
  { timeout: PATIENCE_MS },
  async () => {
    const script = `
    const key = Buffer.from(storage.sealKey()).toString('hex');
    let got = 'busy';
    try { await storage.lockThread('t'); got = 'locked'; }
    catch (error) { if (error.code !== 'STORAGE_THREAD_BUSY') throw error; }
    say(got + ' ' + key); ${STAY}`;
    const said = await Promise.all(Array.from({ length: 5 }, () => start(script).heard()));
    const words = said.map((line) => line.split(' '));
    expect(words.map(([got]) => got)).toContain('locked');
    expect(words.filter(([got]) => got === 'busy')).toHaveLength(4);
    expect(new Set(words.map(([, key]) => key)).size).toBe(1);
  },
);

test('a process number that was given to another process does not hold a lock', async () => {
  await using storage = await openEmbeddedStorage({ directory });
  await storage.lockThread('t');
  const database = new Libsql(join(directory, 'state.db'));
  database.exec(`UPDATE thread_locks SET process_start = '1'`);
  database.close();
  await using second = await openEmbeddedStorage({ directory });
  // Where the system does not tell when a process started, only the end of the lease frees the thread.
  const told = process.platform === 'linux';
  const attempt = second.lockThread('t').then(
    () => 'locked',
    () => 'busy',
  );
  expect(await attempt).toBe(told ? 'locked' : 'busy');
});

async function countCheckpoints(): Promise<number> {
  await using storage = await openEmbeddedStorage({ directory });
  let count = 0;
  for await (const _ of storage.checkpointer.list(configOf('t'))) count += 1;
  return count;
}
