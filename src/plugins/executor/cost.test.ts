import { expect, test } from 'vitest';

import { grantRole } from '../access/operator-orders.ts';
import { activate, openTestPlugins, OPERATOR, USER } from '../fixtures/test-plugins.ts';
import { createIsolatedRuntime } from '../sandbox/index.ts';

test('the history says what models have cost in a call, also in one that failed', async () => {
  const permissions = { llm: { models: ['small'], budget: { maxTokens: 1000, maxCostUsd: 1 } } };
  const isolated = createIsolatedRuntime();
  let costUsd = 0;
  const { plugins, database, close } = await openTestPlugins({
    isolated,
    policy: permissions,
    services: {
      complete: async () => {
        costUsd += 0.25;
        return 'an answer';
      },
      spentUsd: () => costUsd,
    },
  });
  const source = `export default { async execute(operation, input, host) {
    await host.complete({ model: 'small', prompt: 'a question' });
    if (input) throw new Error('no');
    return 1;
  } };`;
  const { manifest } = await activate(plugins, source, { permissions });
  const role = { caller: OPERATOR, role: 'clerk', plugin: manifest.id, operation: '*' };
  await grantRole(plugins.parts, { ...role, permissions });
  const call = { plugin: manifest.id, operation: 'go', caller: USER };
  await plugins.executor.execute({ ...call, input: false });
  await expect(plugins.executor.execute({ ...call, input: true })).rejects.toMatchObject({
    code: 'PLUGINS_FAILED',
  });
  await plugins.log.flush();
  const rows = database.reader.selectFrom('plugins_executions').select(['outcome', 'cost_usd']);
  expect(await rows.orderBy('cost_usd').execute()).toEqual([
    { outcome: 'success', cost_usd: 0.25 },
    { outcome: 'failure', cost_usd: 0.5 },
  ]);
  await close();
  await isolated.close();
});
