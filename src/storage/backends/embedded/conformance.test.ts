import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runConformance } from '../../engine/fixtures/conformance.ts';
import { openEmbeddedStorage, type EmbeddedStorage } from './open-embedded-storage.ts';

const opened = new Map<unknown, EmbeddedStorage>();

runConformance({
  checkpointerName: 'phasegate/storage on SQLite',
  createCheckpointer: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'phasegate-conformance-'));
    const storage = await openEmbeddedStorage({ directory });
    opened.set(storage.checkpointer, storage);
    return storage.checkpointer;
  },
  destroyCheckpointer: async (checkpointer) => {
    const storage = opened.get(checkpointer);
    await storage?.close();
    if (storage !== undefined) rmSync(storage.directory, { recursive: true, force: true });
  },
});
