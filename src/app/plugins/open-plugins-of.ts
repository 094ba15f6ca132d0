import { join } from 'node:path';

import { loadConfig, type Config, type LoadOptions } from '../../config/index.ts';
import { randomIds, systemClock, type Logger } from '../../kernel/index.ts';
import { createLogger } from '../../observability/index.ts';
import {
  createIsolatedRuntime,
  createProcessRuntime,
  createTrustedRuntime,
  openPlugins,
  PLUGIN_SCHEMA,
  type Plugins,
  type PluginTables,
} from '../../plugins/index.ts';
import type { Principal } from '../../state/index.ts';
import {
  openPostgresRecords,
  openSqliteRecords,
  type RecordsDatabase,
} from '../../storage/index.ts';
import { auditOnDemand, type AppAudit } from '../evidence/index.ts';
import { makeDataFolder } from '../files/make-data-folder.ts';
import { sealKeyOf } from '../store/seal-key-of.ts';
import { personDecides } from './mcp/person-decides.ts';
import { advisoriesFrom } from './scanning/advisories-file.ts';
import { scanRulesOf } from './scanning/scan-rules.ts';
import { builtInPlugins } from './built-in-plugins.ts';
import { engineVersion } from './engine-version.ts';
import { childSettings, onDemand, policyOf, servicesOf } from './plugin-policy.ts';
import { scanningOf } from './scanning/plugin-scanning.ts';
import { recordPluginEvents, type Principals } from './record-plugin-events.ts';
import { pluginModels } from './services/plugin-models.ts';

/** What plugins are opened with: the application, or as much of it as they need. */
export interface PluginSurroundings {
  readonly config: Config;
  readonly logger: Logger;
  readonly audit: AppAudit;
}

/** The plugins of this installation. Close it when done. */
export interface AppPlugins extends AsyncDisposable, Plugins {
  readonly database: RecordsDatabase<PluginTables>;
  readonly config: Config;
  /** The digest of the rules in force; a scan by others is out of date. */
  rulesDigest(): Promise<string>;
}

/** Threads that one command keeps: most call one plugin, and end. */
const POOL = Object.freeze({ minWorkers: 1, maxWorkers: 8, maxWaiting: 1000 });

/** Opens the records of plugins: a file in the data folder, or PostgreSQL. @throws STORAGE_RECORDS_*. */
export async function openPluginRecords({
  dataDir,
  records,
}: Pick<Config, 'dataDir' | 'records'>): Promise<RecordsDatabase<PluginTables>> {
  if (records.kind === 'postgres')
    return await openPostgresRecords({ url: records.url.reveal(), schema: PLUGIN_SCHEMA });
  makeDataFolder(dataDir);
  return await openSqliteRecords({ path: join(dataDir, 'plugins.db'), schema: PLUGIN_SCHEMA });
}

/**
 * Opens the plugins of an application: registry, runtimes, policy, scan and signatures as configured, and the audit trail that
 * every step is written to before it counts.
 *
 * @param principals - Who acts on plugins here.
 * @throws STORAGE_RECORDS_*; APP_UNUSABLE_POLICY; AUDIT_*.
 */
export async function openPluginsOf(
  { config, logger, audit }: PluginSurroundings,
  principals: Principals,
): Promise<AppPlugins> {
  const policy = policyOf(config.plugins);
  const advisories = await advisoriesFrom(config.plugins.scan.osvFile);
  const database = await openPluginRecords(config);
  const { limits } = config.plugins;
  const models = pluginModels(config, logger);
  try {
    const scanning = scanningOf(config.plugins, {
      advisories,
      extraRules: async () => await scanRulesOf(plugins, database),
    });
    const plugins: Plugins = await openPlugins({
      database,
      clock: systemClock,
      ids: randomIds,
      logger,
      engine: engineVersion(),
      events: recordPluginEvents(audit, principals),
      scan: personDecides(scanning.scan),
      checkSignature: scanning.checkSignature,
      sealKey: async () => await sealKeyOf(config, logger),
      policy,
      data: config.plugins.data,
      modules: builtInPlugins(),
      runtimes: {
        isolated: onDemand('isolated', () => createIsolatedRuntime(POOL), limits),
        trusted: onDemand('trusted', createTrustedRuntime, limits),
        process: onDemand('process', () => createProcessRuntime(childSettings(config)), limits),
      },
      services: (plugin) => ({ ...servicesOf(config, plugin), ...models(plugin) }),
    });
    return {
      ...plugins,
      database,
      config,
      rulesDigest: scanning.rulesDigest,
      [Symbol.asyncDispose]: async () => {
        try {
          await plugins[Symbol.asyncDispose]();
        } finally {
          await database.close();
        }
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Opens the plugins by themselves, without the store of the threads. @throws CONFIG_*; what {@link openPluginsOf} throws. */
export async function openPluginsAlone(
  options: LoadOptions,
  principals: readonly Principal[],
): Promise<AppPlugins> {
  return await openPluginsWith(await loadConfig(options), principals);
}

/** The same, with a configuration that was loaded. */
export async function openPluginsWith(
  config: Config,
  principals: readonly Principal[],
): Promise<AppPlugins> {
  const audit = auditOnDemand(config);
  const logger = createLogger({ level: config.logLevel });
  const plugins = await openPluginsOf({ config, logger, audit }, principals);
  return {
    ...plugins,
    [Symbol.asyncDispose]: async () => {
      try {
        await plugins[Symbol.asyncDispose]();
      } finally {
        await audit[Symbol.asyncDispose]();
      }
    },
  };
}
