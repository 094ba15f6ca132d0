import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { randomIds, silentLogger, systemClock } from '../../src/kernel/index.ts';
import { newRecordsPath } from '../../src/plugins/fixtures/test-plugins.ts';
import { pluginFrom, type PluginFromOptions } from '../../src/plugins/fixtures/plugin-from.ts';
import {
  addPlugin,
  createIsolatedRuntime,
  createTrustedRuntime,
  enablePlugin,
  grantRole,
  openPlugins,
  PLUGIN_SCHEMA,
  type PluginPackage,
  type Plugins,
  type PluginTables,
  type TemplateDocument,
  type Tier,
} from '../../src/plugins/index.ts';
import { packageDigest } from '../../src/plugins/package/index.ts';
import { createScanner } from '../../src/plugins/scan/index.ts';
import { openSqliteRecords, type RecordsDatabase } from '../../src/storage/index.ts';

const OPERATOR = { id: 'operator', roles: ['admin'] };
const ORDER = { caller: OPERATOR, reason: 'a measurement' };
export const USER = { id: 'user', roles: ['clerk'] };
const SEAL_KEY = Buffer.alloc(32, 7);
export const SOURCE = 'export default { execute: (operation, input) => ({ is: input.n + 1 }) };';
/** Pass 1 of the scan, as at registration. */
export const scan = createScanner({ secondPass: 'never' });

/** A registry on SQLite in a folder of its own. */
export interface Registry extends AsyncDisposable {
  readonly plugins: Plugins;
  readonly database: RecordsDatabase<PluginTables>;
}

/** Opens a registry with nothing in it. */
export async function openRegistry(modules: readonly PluginPackage[]): Promise<Registry> {
  const path = newRecordsPath();
  const database = await openSqliteRecords<PluginTables>({ path, schema: PLUGIN_SCHEMA });
  const plugins = await openPlugins({
    database,
    clock: systemClock,
    ids: randomIds,
    logger: silentLogger,
    engine: '0.1.0',
    events: { record: async () => undefined },
    checkSignature: async () => ({ status: 'none' }),
    scan,
    runtimes: { isolated: createIsolatedRuntime(), trusted: createTrustedRuntime() },
    sealKey: () => SEAL_KEY,
    policy: {},
    modules,
  });
  return {
    plugins,
    database,
    [Symbol.asyncDispose]: async () => {
      await plugins[Symbol.asyncDispose]();
      await database.close();
      await rm(dirname(path), { recursive: true });
    },
  };
}

/** A package with an id of its own. */
export function packageOf(name: string, options: PluginFromOptions = {}): PluginPackage {
  const { manifest: given, files } = pluginFrom(`${SOURCE} // ${name}`, options);
  const manifest = { ...given, id: `bench.${name}` };
  return { manifest, files, digest: packageDigest({ manifest, files }) };
}

/** Adds a plugin, enables it, and lets clerks call it. */
export async function enable(plugins: Plugins, plugin: PluginPackage, tier: Tier): Promise<void> {
  const order = { caller: OPERATOR, source: 'bench', tier };
  const version = await addPlugin(plugins.parts, plugin, order);
  await enablePlugin(plugins.parts, version.digest, ORDER);
  const role = { caller: OPERATOR, role: 'clerk', plugin: plugin.manifest.id, operation: '*' };
  await grantRole(plugins.parts, { ...role, permissions: {} });
}

/** A template of three phases with one parameter, like those that come with Phasegate. */
export function templateOf(n: number): TemplateDocument {
  const phase = (id: string): TemplateDocument['phases'][number] => ({
    id,
    agent: `document-${id}`,
    settings: { document: '{{ document }}' },
  });
  const way = (from: string, to: string): TemplateDocument['transitions'][number] => ({
    from,
    to,
    checks: [{ check: `document.${from}-is-sound`, onFailure: 'deny' }],
    approval: { phase: from, roles: ['editor'], validForMs: 86_400_000 },
  });
  return {
    id: `bench.template${n}`,
    version: '1.0.0',
    title: `Template ${n}`,
    description: 'Drafts, reviews and publishes a document.',
    parameters: {
      type: 'object',
      required: ['document'],
      properties: { document: { type: 'string' } },
    },
    workflow: { id: `document-${n}`, title: 'The document {{ document }}', version: 1 },
    phases: [phase('draft'), phase('review'), phase('publish')],
    transitions: [way('draft', 'review'), way('review', 'publish'), way('publish', 'completed')],
  };
}

/** Adds a plugin and does no more. */
export async function register(plugins: Plugins, plugin: PluginPackage): Promise<void> {
  await addPlugin(plugins.parts, plugin, { caller: OPERATOR, source: 'bench', tier: 'isolated' });
}
