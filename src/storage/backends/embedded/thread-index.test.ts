import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';

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

test('says so when a stored entry does not have the shape that was written', async () => {
  await storage.threads.upsert(ENTRY);
  const other = new Libsql(join(directory, 'state.db'));
  other.exec(`UPDATE threads SET status = 'maybe'`);
  other.close();
  await expect(storage.threads.get('spring')).rejects.toEqual(
    expect.objectContaining({ code: 'STORAGE_UNREADABLE_ROW' }),
  );
});
