import { expect, test } from 'vitest';

import { activate, newRecordsPath, openTestPlugins, USER } from '../fixtures/test-plugins.ts';
import { createIsolatedRuntime } from '../sandbox/index.ts';

test(
  'every instance of a plugin is initialized with a host of its own',
  { timeout: 240_000 },
  async () => {
    const isolated = createIsolatedRuntime({ minWorkers: 1, maxWorkers: 3, maxWaiting: 10 });
    const opened = await openTestPlugins({ isolated, path: newRecordsPath() });
    const source = `
    let began;
    export default {
      async initialize(config, host) { began = await host.now(); },
      async execute() {
        for (let n = 0; n < 2e6; n++);
        return { began: typeof began };
      },
    };`;
    // One call of the host is all that an initialization may make: a host that was used before has none left.
    const { manifest } = await activate(opened.plugins, source, {
      permissions: { time: true },
      limits: { hostCalls: 1, cpuMs: 10_000, wallMs: 30_000 },
    });
    const call = async (): Promise<unknown> =>
      await opened.plugins.executor.execute({
        plugin: manifest.id,
        operation: 'go',
        input: null,
        caller: USER,
      });
    const answers = await Promise.all([call(), call(), call()]);
    expect(answers).toMatchObject(answers.map(() => ({ output: { began: 'string' } })));
    await opened.close();
    await isolated.close();
  },
);
