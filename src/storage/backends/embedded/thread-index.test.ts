import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Clock } from '../../../kernel/index.ts';
import { openEmbeddedStorage, type EmbeddedStorage, type ThreadEntry } from '../../index.ts';

const ENTRY: ThreadEntry = {
  thread: 'spring',
  workflow: 'email-campaign',
  status: 'running',
  phase: null,
  inputDigest: 'a'.repeat(64),
};

let directory: string;
let storage: EmbeddedStorage;
let now: number;

const clock: Clock = {
  now: () => new Date((now += 1000)).toISOString(),
  monotonicMs: () => now,
};

beforeEach(async () => {
  now = Date.parse('2026-03-01T08:00:00Z');
  directory = mkdtempSync(join(tmpdir(), 'phasegate-threads-'));
  storage = await openEmbeddedStorage({ directory, clock });
});
afterEach(async () => {
  await storage.close();
  rmSync(directory, { recursive: true, force: true });
});

test('gives back what was written, with the instants of the clock', async () => {
  const written = await storage.threads.upsert(ENTRY);
  expect(written).toEqual({
    ...ENTRY,
    createdAt: '2026-03-01T08:00:01.000Z',
    updatedAt: '2026-03-01T08:00:01.000Z',
  });
  expect(await storage.threads.get('spring')).toEqual(written);
});

test('knows nothing of a thread that was never written', async () => {
  expect(await storage.threads.get('unknown')).toBeUndefined();
});

test('keeps the instant of creation when an entry is written again', async () => {
  const first = await storage.threads.upsert(ENTRY);
  const second = await storage.threads.upsert({ ...ENTRY, status: 'waiting', phase: 'strategy' });
  expect(second.createdAt).toBe(first.createdAt);
  expect(second.updatedAt > first.updatedAt).toBe(true);
  expect(second).toMatchObject({ status: 'waiting', phase: 'strategy' });
  expect(await storage.threads.list()).toHaveLength(1);
});

test('lists the last updated first, filtered and limited', async () => {
  for (const thread of ['a', 'b', 'c']) await storage.threads.upsert({ ...ENTRY, thread });
  await storage.threads.upsert({ ...ENTRY, thread: 'b', status: 'completed' });
  await storage.threads.upsert({ ...ENTRY, thread: 'd', workflow: 'other' });
  const names = async (...query: Parameters<typeof storage.threads.list>): Promise<string[]> =>
    (await storage.threads.list(...query)).map((record) => record.thread);
  expect(await names()).toEqual(['d', 'b', 'c', 'a']);
  expect(await names({ workflow: 'email-campaign' })).toEqual(['b', 'c', 'a']);
  expect(await names({ status: 'running' })).toEqual(['d', 'c', 'a']);
  expect(await names({ workflow: 'other', status: 'completed' })).toEqual([]);
  expect(await names({ limit: 2 })).toEqual(['d', 'b']);
});

test('takes text for text, whatever SQL it holds', async () => {
  const phase = `'; DROP TABLE threads; --`;
  await storage.threads.upsert({ ...ENTRY, phase });
  expect((await storage.threads.get('spring'))?.phase).toBe(phase);
  expect(await storage.threads.list({ workflow: `' OR 1=1 --` })).toEqual([]);
});

test('refuses an id that cannot name a thread', async () => {
  const refusal = expect.objectContaining({ code: 'STORAGE_INVALID_THREAD_ID' });
  await expect(storage.threads.upsert({ ...ENTRY, thread: '../x' })).rejects.toEqual(refusal);
  await expect(storage.threads.get('')).rejects.toEqual(refusal);
});

test('says so when a stored entry does not have the shape that was written', async () => {
  await storage.threads.upsert(ENTRY);
  const other = new Libsql(join(directory, 'state.db'));
  other.exec(`UPDATE threads SET status = 'maybe'`);
  other.close();
  await expect(storage.threads.get('spring')).rejects.toEqual(
    expect.objectContaining({ code: 'STORAGE_UNREADABLE_ROW' }),
  );
});
