import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { PluginRuntime } from './contract/index.ts';
import { pluginFrom } from './fixtures/plugin-from.ts';
import {
  activate,
  openTestPlugins,
  OPERATOR,
  ORDER,
  USER,
  type TestPlugins,
} from './fixtures/test-plugins.ts';
import { enablePlugin } from './lifecycle/activation.ts';
import { packageDigest } from './package/index.ts';
import { addPlugin } from './registry/admission.ts';
import { versionsOf } from './registry/version-records.ts';
import { createIsolatedRuntime } from './sandbox/index.ts';

let isolated: PluginRuntime;
let opened: TestPlugins;

beforeAll(async () => {
  isolated = createIsolatedRuntime({ minWorkers: 2, maxWorkers: 3, maxWaiting: 10 });
  opened = await openTestPlugins({ isolated });
  await activate(opened.plugins, 'export default { execute: (operation, input) => input };');
});
afterAll(async () => {
  await opened.close();
  await isolated.close();
});

let count = 0;
const LIMITS = { cpuMs: 200, wallMs: 20_000, memoryMb: 16 };

describe.each(['initialize', 'validate', 'health'])('a plugin whose %s', (method) => {
  test.each([
    ['never ends', 'for (;;);', /^PLUGINS_LIMIT$/],
    ['waits for nothing', 'return new Promise(() => 0);', /^PLUGINS_(FAILED|LIMIT)$/],
    ['takes all memory', 'const all = []; for (;;) all.push("x".repeat(1e6));', /^PLUGINS_LIMIT$/],
    ['throws', 'throw new Error("no");', /^PLUGINS_FAILED$/],
    [
      'answers with what it should not',
      'return { toJSON() { throw 1; } };',
      /^PLUGINS_(FAILED|CRASHED)$/,
    ],
  ])(
    '%s is not enabled, and another one goes on',
    { timeout: 240_000 },
    async (_what, text, code) => {
      const source = `export default { execute: () => 1, ${method}() { ${text} } };`;
      const { manifest: given, files } = pluginFrom(source, { limits: LIMITS });
      const manifest = { ...given, id: `test.bad${count++}` };
      const order = { caller: OPERATOR, source: 'test', tier: 'isolated' } as const;
      const { parts, executor } = opened.plugins;
      const { digest } = await addPlugin(
        parts,
        { manifest, files, digest: packageDigest({ manifest, files }) },
        order,
      );
      const enabling = enablePlugin(parts, digest, ORDER);
      const call = { plugin: 'test.plugin', operation: 'go', input: 7, caller: USER };
      await Promise.all([
        expect(enabling).rejects.toMatchObject({ code: expect.stringMatching(code) as string }),
        expect(executor.execute(call)).resolves.toMatchObject({ output: 7 }),
      ]);
      const versions = await versionsOf(opened.database.reader);
      expect(versions.find((version) => version.digest === digest)?.state).not.toBe('active');
      expect((await executor.execute(call)).output).toBe(7);
    },
  );
});

test.each([
  ['are not as its manifest says', { level: 'high' }, 'PLUGINS_SCHEMA_MISMATCH'],
  ['it does not take itself', { level: 9 }, 'PLUGINS_UNSUITABLE_CONFIG'],
])(
  'a plugin whose settings %s is not enabled',
  { timeout: 240_000 },
  async (_what, config, code) => {
    const source =
      'export default { execute: () => 1, validate: ({ level }) => level > 5 ? ["too high"] : [] };';
    const { manifest: given, files } = pluginFrom(source);
    const shape = { type: 'object', properties: { level: { type: 'integer' } } };
    const manifest = { ...given, id: `test.bad${count++}`, config: shape };
    const order = { caller: OPERATOR, source: 'test', tier: 'isolated' } as const;
    const { parts } = opened.plugins;
    const { digest } = await addPlugin(
      parts,
      { manifest, files, digest: packageDigest({ manifest, files }) },
      order,
    );
    await expect(enablePlugin(parts, digest, { ...ORDER, config })).rejects.toMatchObject({ code });
    expect(await enablePlugin(parts, digest, { ...ORDER, config: { level: 1 } })).toMatchObject({
      state: 'active',
    });
  },
);
