import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { checkpointOf, METADATA } from '../../engine/fixtures/behaviours.ts';
import { ENTRY, secondsClock, testThreadIndex } from '../../fixtures/run-thread-index.ts';
import { openEmbeddedStorage, type EmbeddedStorage } from '../../index.ts';

let directory: string;
let storage: EmbeddedStorage;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-threads-'));
  storage = await openEmbeddedStorage({ directory, clock: secondsClock() });
});
afterEach(async () => {
  await storage.close();
  rmSync(directory, { recursive: true, force: true });
});

testThreadIndex(() => storage.threads);

test('does not see, as documented, that the list was edited, and believes nothing of it about the state', async () => {
  const config = { configurable: { thread_id: 'spring', checkpoint_ns: '' } };
  const { checkpointer } = storage;
  await checkpointer.put(config, checkpointOf('1', { approved: false }), METADATA, {});
  for (const thread of ['spring', 'summer']) await storage.threads.upsert({ ...ENTRY, thread });
  const other = new Libsql(join(directory, 'state.db'));
  other.exec(`UPDATE threads SET status = 'completed' WHERE thread = 'spring'`);
  other.exec(`DELETE FROM threads WHERE thread = 'summer'`);
  other.close();
  expect(await storage.threads.get('spring')).toMatchObject({ status: 'completed' });
  expect(await storage.threads.get('summer')).toBeUndefined();
  const tuple = await checkpointer.getTuple(config);
  expect(tuple?.checkpoint.channel_values).toEqual({ approved: false });
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
