import { expect, test } from 'vitest';

import { openSqliteRecords } from '../../storage/index.ts';
import { activate, newRecordsPath, openTestPlugins, USER } from '../fixtures/test-plugins.ts';
import { PLUGIN_SCHEMA } from '../registry/schema.ts';
import type { PluginTables } from '../registry/tables.ts';
import { createIsolatedRuntime } from '../sandbox/index.ts';

test('a call that would leave no trace is not made, and calls go on when the store answers again', async () => {
  const records = await openSqliteRecords<PluginTables>({
    path: newRecordsPath(),
    schema: PLUGIN_SCHEMA,
  });
  let isAway = false;
  const database: typeof records = {
    ...records,
    exclusively: async (work) => {
      if (isAway) throw new Error('The disk is away.');
      return await records.exclusively(work);
    },
  };
  const isolated = createIsolatedRuntime();
  const { plugins, close } = await openTestPlugins({ database, isolated });
  const { manifest } = await activate(plugins, 'export default { execute: () => 1 };');
  const call = { plugin: manifest.id, operation: 'go', input: null, caller: USER };
  await plugins.executor.execute(call);
  await plugins.log.flush();

  isAway = true;
  const plugin = await plugins.executor.active(manifest.id);
  if (plugin === undefined) throw new Error('expected it to be active');
  const usage = { wallMs: 1, outputBytes: 1 };
  const before = {
    plugin,
    operation: 'go',
    call,
    inputDigest: '',
    effect: undefined,
    usage,
    costUsd: 0,
  };
  for (let n = 0; n < 20_000; n++) plugins.log.add(before);
  await expect(plugins.executor.execute(call)).rejects.toMatchObject({
    code: 'PLUGINS_HISTORY_FULL',
  });
  expect(plugins.history()).toMatchObject({ waiting: 20_000, refuses: 'every-call' });

  isAway = false;
  await plugins.log.flush();
  expect((await plugins.executor.execute(call)).output).toBe(1);
  await close();
  await isolated.close();
});
