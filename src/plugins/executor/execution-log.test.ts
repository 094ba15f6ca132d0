import { expect, test } from 'vitest';

import { randomIds, systemClock } from '../../kernel/index.ts';
import { openSqliteRecords } from '../../storage/index.ts';
import { pluginFrom } from '../fixtures/plugin-from.ts';
import { newRecordsPath, USER } from '../fixtures/test-plugins.ts';
import type { ActivePlugin } from '../registry/registry-parts.ts';
import { PLUGIN_SCHEMA } from '../registry/schema.ts';
import type { PluginTables } from '../registry/tables.ts';
import { createExecutionLog, type Execution } from './execution-log.ts';

const { manifest, digest } = pluginFrom('');
const version = { id: manifest.id, digest, manifest };
const execution: Execution = {
  // The history reads nothing else of a version.
  plugin: { version } as unknown as ActivePlugin,
  operation: 'go',
  call: { plugin: manifest.id, operation: 'go', input: null, caller: USER },
  inputDigest: digest,
  effect: undefined,
  usage: { wallMs: 1, outputBytes: 0 },
};

test('writes what has piled up while nothing could be written, however much it is', async () => {
  const database = await openSqliteRecords<PluginTables>({
    path: newRecordsPath(),
    schema: PLUGIN_SCHEMA,
  });
  let isAway = true;
  const log = createExecutionLog({
    database: {
      ...database,
      exclusively: async (work) => {
        if (isAway) throw new Error('The disk is away.');
        return await database.exclusively(work);
      },
    },
    clock: systemClock,
    ids: randomIds,
    onFailure: () => undefined,
  });
  for (let n = 0; n < 4000; n++) log.add(execution);
  await expect(log.flush()).rejects.toThrow('away');
  isAway = false;
  await log.close();
  const rows = await database.reader.selectFrom('plugins_executions').select('id').execute();
  expect(rows).toHaveLength(4000);
  await database.close();
});
