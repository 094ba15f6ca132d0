import { expect, test } from 'vitest';

import { pluginFrom } from '../../fixtures/plugin-from.ts';
import { withoutHost } from '../without-host.ts';
import { createIsolatedRuntime } from './isolated-runtime.ts';

test('does not end a plugin for the time that its host was busy', async () => {
  const runtime = createIsolatedRuntime({ minWorkers: 1, maxWorkers: 1, maxWaiting: 10 });
  const plugin = pluginFrom(
    'export default { async execute() { for (let i = 0; i < 1e4; i++); return 1; } };',
    {
      limits: { cpuMs: 1000, wallMs: 60_000 },
    },
  );
  const loaded = await runtime.load(plugin, plugin.manifest.limits);
  const host = withoutHost('test.plugin');
  const signal = AbortSignal.timeout(60_000);
  const call = loaded.execute({ operation: 'go', input: null, host, signal });
  // The order is on its way once others have had their turn; then nothing else happens here for a while.
  await Promise.resolve();
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  const until = performance.now() + 2000;
  while (performance.now() < until);
  expect((await call).output).toBe(1);
  await runtime.close();
});
