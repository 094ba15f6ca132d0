import { expect, test } from 'vitest';

import { startPostgres } from '../../../src/audit/fixtures/postgres-server.ts';
import {
  activate,
  openTestPlugins,
  ORDER,
  OPERATOR,
  USER,
} from '../../../src/plugins/fixtures/test-plugins.ts';
import {
  createIsolatedRuntime,
  disablePlugin,
  grantRole,
  liftStops,
  PLUGIN_SCHEMA,
  revokeRole,
  stopCalls,
} from '../../../src/plugins/index.ts';
import { openPostgresRecords } from '../../../src/storage/index.ts';

test(
  'what an operator takes back on PostgreSQL holds from the next call on in a registry that is open elsewhere',
  { timeout: 240_000 },
  async () => {
    await using server = await startPostgres();
    const isolated = createIsolatedRuntime({ minWorkers: 1, maxWorkers: 2, maxWaiting: 10 });
    const open = async (): ReturnType<typeof openTestPlugins> => {
      const options = { url: server.url, schema: PLUGIN_SCHEMA };
      return await openTestPlugins({ isolated, database: await openPostgresRecords(options) });
    };
    const here = await open();
    const elsewhere = await open();
    const { parts } = here.plugins;
    const call = async (): Promise<unknown> => {
      const order = { plugin: 'test.plugin', operation: 'go', input: null, caller: USER };
      return (await elsewhere.plugins.executor.execute(order)).output;
    };
    const role = { role: 'clerk', plugin: 'test.plugin', operation: '*' };

    await activate(here.plugins, 'export default { execute: () => 1 };');
    expect(await call()).toBe(1);
    await revokeRole(parts, role);
    await expect(call()).rejects.toThrow('no role of the caller allows it');
    await grantRole(parts, { ...role, caller: OPERATOR, permissions: {} });
    expect(await call()).toBe(1);
    for (const [scope, name] of [
      ['plugin', 'test.plugin'],
      ['publisher', 'test'],
      ['all', ''],
    ] as const) {
      // One stop after the other: each is lifted before the next.
      /* oxlint-disable no-await-in-loop */
      await stopCalls(parts, { ...ORDER, scope, name });
      await expect(call()).rejects.toThrow(`a stop is in force for ${scope}`);
      await liftStops(parts, { ...ORDER, scope, name });
      expect(await call()).toBe(1);
      /* oxlint-enable no-await-in-loop */
    }
    await disablePlugin(parts, 'test.plugin', ORDER);
    await expect(call()).rejects.toMatchObject({ code: 'PLUGINS_CALL_REFUSED' });
    await elsewhere.close();
    await here.close();
    await isolated.close();
  },
);
