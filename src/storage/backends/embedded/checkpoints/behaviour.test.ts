import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import { runBehaviours, type OpenedStore } from '../../../engine/fixtures/run-behaviours.ts';
import { CheckpointEngine, createKeyring, type EngineOptions } from '../../../engine/index.ts';
import { openDatabase } from '../database.ts';
import { sqliteVandal } from './fixtures/sqlite-vandal.ts';
import { createSqliteStore } from './index.ts';

runBehaviours('SQLite', async (): Promise<OpenedStore> => {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-behaviour-'));
  const path = join(directory, 'state.db');
  writeFileSync(path, '');
  const connection = await openDatabase(path);
  connection.exec('PRAGMA synchronous = OFF');
  const keys = createKeyring([new Uint8Array(32).fill(1)]);
  const saver = (options: Partial<EngineOptions> = {}): BaseCheckpointSaver =>
    new CheckpointEngine({ store: createSqliteStore(connection), keys: () => keys, ...options });
  return {
    saver,
    store: createSqliteStore(connection),
    vandal: sqliteVandal(path),
    close: async () => {
      connection.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
});
