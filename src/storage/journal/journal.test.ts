import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { isPhasegateError } from '../../kernel/index.ts';
import { at, checkpointOf, METADATA, valuesOf } from '../engine/fixtures/behaviours.ts';
import { CheckpointEngine } from '../engine/index.ts';
import { StorageUnavailableError } from '../errors/index.ts';
import { FakeServer, KEYS, openJournal, type OpenedJournal } from './fixtures/fake-server.ts';
import type { JournalOptions } from './index.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-journal-law-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function openOn(server: FakeServer, options: Partial<JournalOptions> = {}): OpenedJournal {
  return openJournal(server, { directory, ...options });
}

const happenings = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('step' as const) },
    { weight: 1, arbitrary: fc.constantFrom('away', 'silent', 'none') },
    { weight: 1, arbitrary: fc.constantFrom('flush', 'rollback', 'restart') },
  ),
  { maxLength: 40 },
);

/** Runs a thread step by step through what happens, and gives what was acknowledged. */
async function live(
  server: FakeServer,
  sequence: readonly (typeof happenings extends fc.Arbitrary<(infer One)[]> ? One : never)[],
): Promise<{ readonly steps: number; readonly told: readonly string[] }> {
  let opened = openOn(server);
  await opened.journal.start();
  const told: string[] = [];
  let steps = 0;
  for (const happening of sequence) {
    if (happening === 'step') {
      if (await isDone(opened.engine, steps + 1)) steps += 1;
    } else if (happening === 'flush') server.lose(Number.POSITIVE_INFINITY);
    else if (happening === 'rollback') server.lose(3);
    else if (happening === 'restart') {
      // As if it had died: it does not get to bring anything to the server.
      server.fault = 'away';
      await opened.journal.close();
      server.fault = 'none';
      await delay(2);
      told.push(...opened.told);
      opened = openOn(server);
      await opened.journal.start();
      // A run begins by reading where it stands.
      await opened.engine.getTuple(at());
    } else server.fault = happening;
    await delay(0);
  }
  server.fault = 'none';
  while (opened.journal.health().state !== 'closed') await delay(1);
  await isDone(opened.engine, steps + 1);
  await isDone(opened.engine, steps + 2);
  await opened.journal.close();
  return { steps: steps + 2, told: [...told, ...opened.told] };
}

async function isDone(engine: CheckpointEngine, step: number): Promise<boolean> {
  const id = String(step).padStart(3, '0');
  const parent = step === 1 ? undefined : String(step - 1).padStart(3, '0');
  try {
    await engine.put(at(parent), checkpointOf(id, logOf(step), step), METADATA, {});
    await engine.putWrites(at(id), [['log', step]], 'task');
    return true;
  } catch (error) {
    if (isPhasegateError(error) && error.code === 'STORAGE_UNAVAILABLE') return false;
    throw error;
  }
}

function logOf(step: number): { readonly log: readonly string[] } {
  return { log: Array.from({ length: step }, (_, index) => `step ${index} `.repeat(30)) };
}

test('whatever happens to the server, it ends with every step that was acknowledged, once', async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (sequence) => {
      rmSync(directory, { recursive: true, force: true });
      const server = new FakeServer();
      const { steps, told } = await live(server, sequence);
      const fresh = new CheckpointEngine({ store: server.store, keys: () => KEYS });
      const ids: string[] = [];
      for await (const { checkpoint, pendingWrites } of fresh.list(at())) {
        ids.unshift(checkpoint.id);
        expect(pendingWrites).toEqual([['task', 'log', Number(checkpoint.id)]]);
      }
      const all = Array.from({ length: steps }, (_, index) => String(index + 1).padStart(3, '0'));
      expect(told.filter((event) => event.startsWith('thread-conflict'))).toEqual([]);
      expect(ids).toEqual(all);
    }),
    {
      numRuns: 100,
      examples: [
        [['step', 'restart', 'step', 'restart', 'flush', 'silent']],
        // Taken in silence, sent again, and lost.
        [['silent', 'step', 'none', 'step', 'flush']],
      ],
    },
  );
}, 120_000);

test('past its retention, the latest state of a thread in use comes back, and its seals hold', async () => {
  const server = new FakeServer();
  const retained = { retentionMs: 20 };
  const first = openOn(server, retained);
  await first.journal.start();
  for (const step of [1, 2, 3, 4]) await isDone(first.engine, step);
  await delay(60);
  server.lose(Number.POSITIVE_INFINITY);
  expect(await valuesOf(first.engine)).toEqual(logOf(4));
  expect(await isDone(first.engine, 5)).toBe(true);
  await first.journal.close();
  const ids = await listed(server);
  expect(ids).toEqual(['004', '005']);
  // The next process knows of the thread what it read, writes it down when the server goes away, and dies.
  const second = openOn(server, retained);
  await second.journal.start();
  await second.engine.getTuple(at());
  server.fault = 'away';
  expect(await isDone(second.engine, 6)).toBe(true);
  await second.journal.close();
  server.fault = 'none';
  server.lose(Number.POSITIVE_INFINITY);
  const third = openOn(server, retained);
  await third.journal.start();
  expect(third.told).toContain('thread-restored {"thread":"t","checkpoints":2}');
  expect(await listed(server)).toEqual(['005', '006']);
  expect(await valuesOf(third.engine)).toEqual(logOf(6));
  await third.journal.close();
});

test('an operation that did not come about is not replayed', async () => {
  const server = new FakeServer();
  const { journal, engine } = openOn(server);
  await journal.start();
  await isDone(engine, 1);
  await journal.close();
  const other = openOn(server);
  await other.journal.start();
  // Nothing is known of the thread here.
  server.fault = 'away';
  expect(await isDone(other.engine, 2)).toBe(false);
  const health = other.journal.health();
  expect(health).toMatchObject({ rejected: 1, journalEntries: 2 });
  expect(health.journalBytes).toBeGreaterThan(2 * 32);
  expect(health.journalAgeMs).toBeGreaterThanOrEqual(0);
  await other.journal.close();
  server.fault = 'none';
  const last = openOn(server);
  await last.journal.start();
  expect(await listed(server)).toEqual(['001']);
  await last.journal.close();
});

test('the last note about a thread that goes on reaches the server with the rest', async () => {
  const server = new FakeServer();
  const { journal, engine } = openOn(server);
  await journal.start();
  const note = async (text: string): Promise<string> =>
    journal.makeNote({
      thread: 't',
      text,
      remotely: async () => (server.fault === 'away' ? away() : 'at the server'),
      locally: () => 'here',
    });
  const read = { remotely: async () => away(), from: (text: string) => text };
  await isDone(engine, 1);
  expect(await note('running')).toBe('at the server');
  server.fault = 'away';
  expect(await note('waiting')).toBe('here');
  expect(await note('completed')).toBe('here');
  expect(await journal.readNote('t', read)).toBe('completed');
  await expect(journal.readNote('other', read)).rejects.toMatchObject({ retryAfterMs: 1 });
  server.fault = 'none';
  while (journal.health().state !== 'closed') await delay(1);
  expect([...server.notes]).toEqual([['t', 'completed']]);
  await journal.close();
});

async function away(): Promise<never> {
  throw new StorageUnavailableError('fake', new Error('away'));
}

async function listed(server: FakeServer): Promise<readonly string[]> {
  const fresh = new CheckpointEngine({ store: server.store, keys: () => KEYS });
  const ids: string[] = [];
  for await (const { checkpoint } of fresh.list(at())) ids.unshift(checkpoint.id);
  return ids;
}
