import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import type { PluginRuntime, ScanReport } from '../contract/index.ts';
import { pluginFrom } from '../fixtures/plugin-from.ts';
import {
  activate,
  OPERATOR,
  openTestPlugins,
  ORDER,
  USER,
  type TestPlugins,
} from '../fixtures/test-plugins.ts';
import { disablePlugin, enablePlugin, removePlugin } from '../lifecycle/activation.ts';
import { createIsolatedRuntime } from '../sandbox/index.ts';
import { addPlugin } from './admission.ts';

const SOURCE = 'export default { async execute() { return 1; } };';
const ADD = { caller: OPERATOR, source: 'test', tier: 'isolated' } as const;
const CALL = { plugin: 'test.plugin', operation: 'go', input: null, caller: USER };

let isolated: PluginRuntime;
let opened: TestPlugins;
let decision: ScanReport['decision'];

beforeAll(() => {
  isolated = createIsolatedRuntime();
});
afterAll(() => isolated.close());
beforeEach(async () => {
  decision = 'accept';
  opened = await openTestPlugins({ isolated, decision: () => decision });
});
afterEach(() => opened.close());

test('a version that was removed is added again with its files, and answers', async () => {
  const { plugins } = opened;
  const { digest } = await activate(plugins, SOURCE);
  await disablePlugin(plugins.parts, 'test.plugin', ORDER);
  await removePlugin(plugins.parts, digest, ORDER);
  await addPlugin(plugins.parts, pluginFrom(SOURCE), { ...ADD, source: 'elsewhere' });
  const version = await enablePlugin(plugins.parts, digest, ORDER);
  expect(version).toMatchObject({ state: 'active', source: 'elsewhere' });
  expect(await plugins.executor.execute(CALL)).toMatchObject({ output: 1 });
});

test('a version that was rejected is scanned and verified anew, with the signature that it has now', async () => {
  const { plugins } = opened;
  decision = 'reject';
  const plugin = pluginFrom(SOURCE);
  expect(await addPlugin(plugins.parts, plugin, ADD)).toMatchObject({ state: 'rejected' });
  decision = 'accept';
  const signed = { ...plugins.parts, checkSignature: async () => ({ status: 'trusted' }) as const };
  expect(await addPlugin(signed, plugin, ADD)).toMatchObject({ state: 'registered', signed: true });
});
