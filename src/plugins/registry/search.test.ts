import { afterEach, beforeEach, expect, test } from 'vitest';

import type { PluginPackage } from '../contract/index.ts';
import { pluginFrom } from '../fixtures/plugin-from.ts';
import {
  newRecordsPath,
  OPERATOR,
  openTestPlugins,
  ORDER,
  type TestPlugins,
} from '../fixtures/test-plugins.ts';
import { removePlugin } from '../lifecycle/activation.ts';
import { packageDigest } from '../package/index.ts';
import { createTrustedRuntime } from '../sandbox/index.ts';
import { addPlugin } from './admission.ts';

let path: string;
let opened: TestPlugins;
beforeEach(async () => {
  path = newRecordsPath();
  opened = await openTestPlugins({ isolated: createTrustedRuntime(), path });
});
afterEach(() => opened.close());

function packageOf(id: string, more: object = {}): PluginPackage {
  const { manifest: given, files } = pluginFrom('export default {};');
  const manifest = { ...given, id, ...more };
  return { manifest, files, digest: packageDigest({ manifest, files }) };
}

async function add(plugin: PluginPackage, { plugins } = opened): Promise<string> {
  const order = { caller: OPERATOR, source: 'test', tier: 'isolated' } as const;
  return (await addPlugin(plugins.parts, plugin, order)).digest;
}

const idsFor = async (
  query: Parameters<typeof opened.plugins.search.find>[0],
): Promise<readonly string[]> =>
  (await opened.plugins.search.find(query))
    .map(({ id }) => id)
    .toSorted((a, b) => (a < b ? -1 : 1));

test('finds plugins by kind, industry, standard, capability, state and text', async () => {
  await add(packageOf('acme.bank', { industries: ['banking'], title: 'Ledger checks' }));
  await add(packageOf('acme.clinic', { industries: ['healthcare'], standards: ['hipaa'] }));
  expect(await idsFor({})).toEqual(['acme.bank', 'acme.clinic']);
  expect(await idsFor({ industry: 'banking' })).toEqual(['acme.bank']);
  expect(await idsFor({ standard: 'hipaa' })).toEqual(['acme.clinic']);
  expect(await idsFor({ capability: 'go' })).toEqual(['acme.bank', 'acme.clinic']);
  expect(await idsFor({ capability: 'come' })).toEqual([]);
  expect(await idsFor({ state: 'registered', text: 'LEDGER' })).toEqual(['acme.bank']);
  expect(await idsFor({ kind: 'business-rule' })).toEqual([]);
});

test('tells of what another process has added and removed since', async () => {
  const first = await add(packageOf('acme.one'));
  expect(await idsFor({})).toEqual(['acme.one']);
  const other = await openTestPlugins({ isolated: createTrustedRuntime(), path });
  await add(packageOf('acme.two'), other);
  expect(await idsFor({})).toEqual(['acme.one', 'acme.two']);
  await removePlugin(other.plugins.parts, first, ORDER);
  expect(await idsFor({})).toEqual(['acme.two']);
  await other.close();
});
