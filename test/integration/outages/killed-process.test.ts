import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  startServer,
  type RedisServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { openJournaled, readThread, until } from './runs.ts';

const RUNS = new URL('./runs.ts', import.meta.url).href;
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-journal-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A process that counts on one thread for ever, and says each checkpoint that was acknowledged. */
function startCounting(url: string): ChildProcess {
  const program = `
    const { openJournaled, countingGraph, Witness } = await import(${JSON.stringify(RUNS)});
    const { storage } = await openJournaled(${JSON.stringify(url)}, { directory: ${JSON.stringify(directory)} });
    const witness = new Witness(storage.checkpointer);
    const put = witness.put.bind(witness);
    witness.put = async (...call) => {
      const done = await put(...call);
      const marks = storage.degradedSince('counted') === undefined ? 'stored' : 'degraded';
      process.stdout.write(marks + ' ' + call[1].id + ' ' + (call[1].channel_values.log ?? []).length + '\\n');
      return done;
    };
    const lock = await storage.lockThread('counted');
    const graph = countingGraph(witness, () => undefined);
    await graph.invoke({ target: 10000 }, { configurable: { thread_id: 'counted' }, recursionLimit: 10001,
      durability: 'sync', signal: lock.signal });`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Kills the server once the process has counted, and the process with SIGKILL once it has gone on without it. */
async function countWithout(server: RedisServer): Promise<readonly string[][]> {
  const child = startCounting(server.url);
  const said: string[][] = [];
  let without = 0;
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    said.push(line.split(' '));
    if (said.length === 20) await server.kill();
    if (line.startsWith('degraded')) without += 1;
    if (without === 20) break;
  }
  child.kill('SIGKILL');
  if (child.signalCode === null) await once(child, 'exit');
  return said;
}

async function assertFound(url: string, said: readonly string[][]): Promise<void> {
  const { log, tuples } = await readThread(url, 'counted');
  const ids = new Set(tuples.map(({ checkpoint }) => checkpoint.id));
  expect(said.filter(([, id = '']) => !ids.has(id))).toEqual([]);
  const [, , last = ''] = said.at(-1) ?? [];
  const counted = Array.isArray(log) ? log : [];
  // The step that was under way may have come through as well, and nobody heard of it.
  expect([Number(last), Number(last) + 1]).toContain(counted.length);
  expect(counted).toEqual(Array.from(counted, (_, index) => index + 1));
}

test('what a killed process had acknowledged without the server is brought there by the next one', async () => {
  await using server = await startServer({ settings: ['--appendfsync', 'always'] });
  const said = await countWithout(server);
  const files = readdirSync(directory);
  expect(files.filter((name) => name.endsWith('.db'))).toHaveLength(1);
  for (const name of files) expect(statSync(join(directory, name)).mode & 0o077).toBe(0);
  const settings = ['--appendfsync', 'always', '--dir', server.directory];
  await using back = await startServer({ port: server.port, settings });
  await using next = await openJournaled(back.url, { directory });
  expect(next.told('thread-replayed')).toEqual([
    { thread: 'counted', operations: expect.any(Number) },
  ]);
  expect(next.storage.health()).toMatchObject({ state: 'closed', conflicts: 0 });
  await assertFound(back.url, said);
  // The dead process's lease is not in the way of the next run.
  await using lock = await next.storage.lockThread('counted');
  expect(lock.epoch).toBe(2);
}, 60_000);

test('it is brought there as well when the server comes back empty', async () => {
  await using server = await startServer({});
  const said = await countWithout(server);
  await using empty = await startServer({ port: server.port });
  await using next = await openJournaled(empty.url, { directory });
  expect(next.told('thread-restored')).toHaveLength(1);
  await assertFound(empty.url, said);
}, 60_000);

test('the journal of a process that lives is left alone', async () => {
  await using server = await startServer({});
  await using one = await openJournaled(server.url, { directory });
  await using lock = await one.storage.lockThread('t');
  await one.storage.checkpointer.putWrites(
    { configurable: { thread_id: lock.thread, checkpoint_ns: '', checkpoint_id: '1' } },
    [['a', 1]],
    'task',
  );
  await using other = await openJournaled(server.url, { directory });
  expect(readdirSync(directory).filter((name) => name.endsWith('.db'))).toHaveLength(2);
  await other.storage.close();
  await until(() => readdirSync(directory).filter((name) => name.endsWith('.db')).length === 1);
  expect(one.storage.health()).toMatchObject({ state: 'closed', journalEntries: 1 });
});
