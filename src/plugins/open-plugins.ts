import { randomBytes } from 'node:crypto';

import type { Clock, Ids, Logger } from '../kernel/index.ts';
import type { RecordsDatabase } from '../storage/index.ts';
import type {
  Permissions,
  PluginHealth,
  PluginPackage,
  PluginRuntime,
  Tier,
} from './contract/index.ts';
import type { DataPolicy } from './data/index.ts';
import { UnhealthyPluginError, UnknownPluginError, UnsuitableConfigError } from './errors/index.ts';
import { compileSchema } from './executor/compile-schemas.ts';
import {
  createEffectOutputs,
  sealClearOutputs,
  type SealKeySource,
} from './executor/effect-outputs.ts';
import {
  createExecutionLog,
  type ExecutionLog,
  type HistoryCondition,
} from './executor/execution-log.ts';
import { createExecutor, type Executor } from './executor/executor.ts';
import {
  createLoadedPlugins,
  DEFAULT_LOADING,
  type Condition,
  type LoadedPlugins,
  type LoadingSettings,
} from './executor/loaded-plugins.ts';
import { settleEffect, tellInterrupted, type SettleOrder } from './executor/interrupted.ts';
import type { PluginMetrics } from './executor/metrics.ts';
import type { OperationCall } from './executor/operation-call.ts';
import { createHost, type HostServices } from './host/index.ts';
import { withRulesModule } from './kinds/business-rule/index.ts';
import { withMountedModule } from './kinds/integration-connector/index.ts';
import type { LifecycleParts } from './lifecycle/activation.ts';
import { createLeases, holderHere } from './registry/leases.ts';
import { createPluginState } from './registry/plugin-state.ts';
import type { ActivePlugin, Caller, RegistryParts } from './registry/registry-parts.ts';
import { createPluginSearch, type PluginSearch } from './registry/search.ts';
import type { PluginTables } from './registry/tables.ts';
import { packageOf, recoverVersions, takeStep } from './registry/version-records.ts';
import { withoutHost } from './sandbox/index.ts';

/** What a process opens its plugins with. */
export interface PluginsOptions extends RegistryParts {
  readonly database: RecordsDatabase<PluginTables>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly runtimes: Readonly<Partial<Record<Tier, PluginRuntime>>>;
  /**
   * Gives the secret that what came of effects is encrypted with: 32 bytes or more, the same in all processes that share the records.
   * Asked for by the first effect.
   */
  readonly sealKey: SealKeySource;
  /** What this installation allows at most, whatever was granted. */
  readonly policy: Permissions;
  /** What data of persons may go to plugins and come from them; only the defaults hold unless told. */
  readonly data?: DataPolicy;
  /** Modules that the host imports itself, by digest: their code is in no record. */
  readonly modules?: readonly PluginPackage[];
  /** What stands behind the host's calls besides clock, chance and state. */
  readonly services?: (plugin: ActivePlugin, call: OperationCall) => Partial<HostServices>;
  readonly loading?: Partial<LoadingSettings>;
}

/** The plugins of a process: the registry, the choke point of calls, and what is loaded. Close it when done. */
export interface Plugins extends AsyncDisposable {
  /** For the functions that change the registry: addPlugin, enablePlugin, grantRole, and so on. */
  readonly parts: LifecycleParts;
  readonly executor: Executor;
  readonly log: ExecutionLog;
  /** Finds versions by kind, industry, standard, capability and text. */
  readonly search: PluginSearch;
  /** Asks a plugin how it is. @throws PLUGINS_*. */
  health(id: string): Promise<PluginHealth>;
  /** Settles by a person's word how an effect ended. @throws PLUGINS_NOTHING_TO_SETTLE. */
  settle(order: SettleOrder): Promise<void>;
  condition(id: string): Condition;
  metrics(id: string): PluginMetrics;
  /** Tells how much of the history is not written yet, and what is refused for it. */
  history(): HistoryCondition;
}

/** The caller that acts where no person does: recovery, quarantine, probes. */
export const SYSTEM: Caller = Object.freeze({ id: 'phasegate', roles: Object.freeze([]) });

/**
 * Opens the plugins of a process. What another process left in the middle of a step is led back first.
 *
 * @throws STORAGE_RECORDS_*; what the evidence refuses with.
 */
export async function openPlugins(given: PluginsOptions): Promise<Plugins> {
  const { database, clock, ids } = given;
  const leases = createLeases(database, clock, holderHere(ids));
  const options = { ...given, leases };
  await recoverVersions(options, SYSTEM);
  await tellInterrupted(options, SYSTEM);
  const outputs = createEffectOutputs(options.sealKey);
  await sealClearOutputs(database, outputs);
  const log = createExecutionLog({
    database: options.database,
    clock: options.clock,
    ids: options.ids,
    onFailure: ({ waiting, refuses }) =>
      options.logger.warn('plugin-history-not-written', { waiting, refuses }),
  });
  const loaded = openLoaded(options);
  const executor: Executor = createExecutor({
    ...options,
    loaded,
    log,
    outputs,
    services: (plugin, call) => ({
      ...baseServices(options, plugin),
      versionOf: async (id) => (await executor.active(id))?.version.version,
      callTool: async (target, input) => {
        const through = [...(call.through ?? []), `${call.plugin}/${call.operation}`];
        return (await executor.execute({ ...call, ...target, input, through })).output;
      },
      ...options.services?.(plugin, call),
    }),
  });
  const parts: LifecycleParts = {
    ...options,
    loaded,
    probe: (plugin) => probe(loaded, plugin),
  };
  return {
    parts,
    executor,
    log,
    search: createPluginSearch(database),
    health: async (id) => {
      const plugin = await executor.active(id);
      if (plugin === undefined) throw new UnknownPluginError(id, 'active');
      return await askHealth(loaded, plugin);
    },
    settle: (order) => settleEffect({ ...options, outputs }, order),
    condition: (id) => loaded.condition(id),
    metrics: (id) => log.metrics(id),
    history: () => log.condition(),
    [Symbol.asyncDispose]: async () => {
      await loaded.close();
      await log.close();
      await leases.close();
    },
  };
}

/** Code of ours stands for what a package holds as data; where it may run is decided when it is admitted. */
function dressed(plugin: PluginPackage, tier: Tier): PluginPackage {
  const withRules = withRulesModule(plugin);
  return tier === 'trusted' ? withMountedModule(withRules) : withRules;
}

function openLoaded(options: PluginsOptions): LoadedPlugins {
  const modules = new Map(options.modules?.map((module) => [module.digest, module]));
  return createLoadedPlugins({
    runtimes: options.runtimes,
    settings: { ...DEFAULT_LOADING, ...options.loading },
    packageOf: async ({ version }) =>
      modules.get(version.digest) ??
      dressed(await packageOf(options.database.reader, version), version.tier),
    hostOf: (plugin, signal) =>
      createHost({
        plugin: plugin.version.id,
        limits: plugin.version.manifest.limits,
        layers: [
          { name: 'manifest', permissions: plugin.version.manifest.permissions },
          { name: 'grant', permissions: plugin.version.grant ?? {} },
          { name: 'policy', permissions: options.policy },
        ],
        services: baseServices(options, plugin),
        signal,
      }),
    quarantine: async ({ version }, reason) => {
      const step = { digest: version.digest, to: 'quarantined' as const, caller: SYSTEM, reason };
      await options.database.exclusively(async (queries) => await takeStep(options, queries, step));
    },
  });
}

function baseServices(options: PluginsOptions, { version }: ActivePlugin): HostServices {
  return {
    clock: options.clock,
    logger: options.logger,
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
    state: createPluginState(
      options.database,
      version.id,
      version.manifest.permissions.state?.quotaKb,
    ),
  };
}

/** Each runtime ends a plugin's own work at its wall clock; to load it, or to wait for a thread, is none of that. */
const NEVER = new AbortController().signal;

/** Settings that fit, code that loads, and a plugin that says it is well; only then may it be active. */
async function probe(loaded: LoadedPlugins, plugin: ActivePlugin): Promise<void> {
  const { id, manifest } = plugin.version;
  if (manifest.config !== undefined) compileSchema(manifest.config, id)(plugin.config);
  const problems = await loaded.use(plugin, (code) => code.validate(plugin.config, NEVER));
  if (problems.length > 0) throw new UnsuitableConfigError(id, problems);
  const { status } = await askHealth(loaded, plugin);
  if (status === 'unhealthy') throw new UnhealthyPluginError(id, status);
}

async function askHealth(loaded: LoadedPlugins, plugin: ActivePlugin): Promise<PluginHealth> {
  const { id } = plugin.version;
  return await loaded.use(plugin, (code) => code.health({ host: withoutHost(id), signal: NEVER }));
}
