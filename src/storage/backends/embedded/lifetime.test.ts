import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { at, putValues, valuesOf } from '../../engine/fixtures/behaviours.ts';
import { textOf } from '../../engine/fixtures/moving.ts';
import type { Lifetime } from '../../lifetime.ts';
import { openEmbeddedStorage, type EmbeddedStorage } from './index.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-lifetime-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = async (lifetime?: Lifetime): Promise<EmbeddedStorage> =>
  openEmbeddedStorage({ directory, ...(lifetime === undefined ? {} : { lifetime }) });

/** Rows of thread `t` in every table that holds any. */
function rowsLeft(): readonly string[] {
  const database = new Libsql(join(directory, 'state.db'));
  try {
    const tables = ['checkpoints', 'heads', 'segments', 'writes', 'threads', 'lifetimes'];
    return tables.filter((table) => {
      const sql = `SELECT 1 FROM state_${table} WHERE thread_id = 't'`;
      return database.prepare(sql).all().length > 0;
    });
  } finally {
    database.close();
  }
}

async function plant({ checkpointer, threads }: EmbeddedStorage): Promise<void> {
  await putValues(checkpointer, { id: '1', values: { a: ['x'.repeat(600)] } });
  await checkpointer.putWrites(at('1'), [['a', 1]], 'task');
  const entry = { thread: 't', workflow: 'w', status: 'running', phase: null } as const;
  await threads.upsert({ ...entry, inputDigest: 'a'.repeat(64) });
}

test('a thread goes as a whole when its time is over, with its entry in the list', async () => {
  await using storage = await open({ ms: 3_000, from: 'fixed' });
  await plant(storage);
  expect(await valuesOf(storage.checkpointer)).toBeDefined();
  await delay(3_200);
  expect(await storage.checkpointer.getTuple(at())).toBeUndefined();
  expect(await storage.threads.get('t')).toBeUndefined();
  expect(rowsLeft()).toEqual([]);
});

test('a fixed lifetime counts from the beginning, a sliding one from the last use', async () => {
  for (const from of ['fixed', 'sliding'] as const) {
    await using storage = await open({ ms: 6_000, from });
    await storage.checkpointer.deleteThread('t');
    await putValues(storage.checkpointer, { id: '5', values: { a: 1 } });
    for (let round = 0; round < 3; round += 1) {
      await delay(2_100);
      await storage.checkpointer.getTuple(at());
    }
    const left = await storage.checkpointer.getTuple(at());
    expect(left === undefined).toBe(from === 'fixed');
    await delay(6_300);
    expect(await storage.checkpointer.getTuple(at())).toBeUndefined();
  }
});

test('a thread whose time is over may begin again, also where this process remembers it', async () => {
  await using storage = await open({ ms: 3_000, from: 'sliding' });
  await plant(storage);
  await delay(3_200);
  await putValues(storage.checkpointer, { id: '0', values: { a: 'new' } });
  expect(await valuesOf(storage.checkpointer)).toEqual({ a: 'new' });
});

test('it goes also while somebody holds it, and when nobody asks for it', async () => {
  await using holder = await open({ ms: 3_000, from: 'fixed' });
  await using other = await open({ ms: 3_000, from: 'fixed' });
  await using _lock = await holder.lockThread('t');
  await plant(holder);
  await delay(3_200);
  for await (const found of other.checkpointer.list({})) expect(found).toBeUndefined();
  expect(rowsLeft()).toEqual([]);
});

test('a thread that was imported has a lifetime as well', async () => {
  await using storage = await open({ ms: 4_000, from: 'fixed' });
  await plant(storage);
  const text = await textOf(storage.exportThread('t'));
  await delay(4_200);
  await storage.importThread(
    (async function* () {
      yield text;
    })(),
  );
  expect(await valuesOf(storage.checkpointer)).toBeDefined();
  await delay(4_200);
  expect(await storage.checkpointer.getTuple(at())).toBeUndefined();
});

test('a thread without a lifetime stays', async () => {
  await using storage = await open();
  await plant(storage);
  await delay(50);
  expect(rowsLeft()).toEqual(['checkpoints', 'heads', 'segments', 'writes']);
});

test.each(['sliding', 'fixed'] as const)(
  'what is sent late to a deleted thread is refused also when its lifetime (%s) is over',
  async (from) => {
    await using storage = await open({ ms: 3_000, from });
    const saver = storage.checkpointer;
    await plant(storage);
    await saver.deleteThread('t');
    await delay(3_200);
    const put = putValues(saver, { id: '2', parent: '1', values: { a: 2 } });
    await expect(put).rejects.toMatchObject({ code: 'STORAGE_THREAD_DELETED' });
    const write = saver.putWrites(at('2'), [['a', 1]], 'task');
    await expect(write).rejects.toMatchObject({ code: 'STORAGE_THREAD_DELETED' });
    await putValues(saver, { id: '3', values: { a: 3 } });
    await delay(3_200);
    expect(await saver.getTuple(at())).toBeUndefined();
    expect(rowsLeft()).toEqual([]);
  },
);
