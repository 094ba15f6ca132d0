import { expect, test } from 'vitest';

import { grantRole } from '../access/operator-orders.ts';
import { activate, openTestPlugins, OPERATOR, USER } from '../fixtures/test-plugins.ts';
import { createIsolatedRuntime } from '../sandbox/index.ts';

const SOURCE = `export default { async execute(operation, input, host) {
  try { return await host.callTool('test.plugin/go', null); } catch (error) { return error.message; }
} };`;

test(
  'plugins that call one another in a circle are refused, with the way they took',
  { timeout: 240_000 },
  async () => {
    const isolated = createIsolatedRuntime({ minWorkers: 1, maxWorkers: 10, maxWaiting: 10 });
    const permissions = { tools: { names: ['test.plugin/go'] } };
    const opened = await openTestPlugins({ isolated, policy: permissions });
    const { plugins } = opened;
    await activate(plugins, SOURCE, { permissions, limits: { wallMs: 60_000 } });
    const role = { role: 'clerk', plugin: 'test.plugin', operation: '*', permissions };
    await grantRole(plugins.parts, { caller: OPERATOR, ...role });
    const call = { plugin: 'test.plugin', operation: 'go', input: null, caller: USER };
    const { output } = await plugins.executor.execute(call);
    const way = Array.from({ length: 9 }, () => 'test.plugin/go').join(' → ');
    expect(output).toContain(`PLUGINS_CALL_REFUSED`);
    expect(output).toContain(`8 deep, and this is ${way}`);
    await opened.close();
    await isolated.close();
  },
);
