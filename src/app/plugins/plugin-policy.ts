import { join } from 'node:path';

import type { Config, PluginSettings } from '../../config/index.ts';
import {
  Permissions,
  type ActivePlugin,
  type HostServices,
  type Limits,
  type PluginRuntime,
  type ProcessSettings,
} from '../../plugins/index.ts';
import { UnusablePolicyError } from './errors.ts';

/**
 * Gives what plugins may do at most in this installation, whatever was granted to them.
 *
 * @throws {@link UnusablePolicyError} for a name that no permission takes.
 */
export function policyOf({ profile, policy }: PluginSettings): Permissions {
  const inward = {
    time: true,
    random: true,
    state: { quotaKb: 65_536 },
    ...listed('events', 'names', policy.events),
    ...listed('tools', 'names', policy.tools),
  };
  const outward = {
    ...(policy.hosts.length > 0 && policy.methods.length > 0
      ? { net: { hosts: policy.hosts, methods: policy.methods } }
      : {}),
    ...listed('fs.read', 'roots', policy.read),
    ...listed('fs.write', 'roots', policy.write),
    ...listed('env', 'names', policy.env),
    ...listed('secrets', 'handles', policy.secrets),
    ...listed('spawn', 'commands', policy.spawn),
    ...(policy.models.length > 0
      ? { llm: { models: policy.models, budget: modelBudget(policy) } }
      : {}),
  };
  const parsed = Permissions.safeParse(profile === 'sandbox' ? inward : { ...inward, ...outward });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UnusablePolicyError(issue?.path.join('.') ?? '', issue?.message ?? '');
}

/** Gives what stands behind the calls of a plugin: its own folder, the configured secrets and variables. */
export function servicesOf(
  { dataDir, plugins }: Pick<Config, 'dataDir' | 'plugins'>,
  { version }: ActivePlugin,
): Partial<HostServices> {
  return {
    directory: pluginDirectory(dataDir, version.id),
    secret: async (handle) => plugins.secrets.reveal().get(handle),
    env: (name) => plugins.variables.reveal().get(name),
    privateHosts: plugins.privateHosts,
  };
}

/** Gives what processes of plugins get: the variables that the policy names. */
export function childSettings({ plugins }: Pick<Config, 'plugins'>): ProcessSettings {
  return { env: Object.fromEntries(plugins.variables.reveal()) };
}

/** Opens a runtime when the first plugin is loaded, and holds every plugin to what this installation allows one call. */
export function onDemand(
  tier: PluginRuntime['tier'],
  open: () => PluginRuntime,
  limits: PluginSettings['limits'],
): PluginRuntime {
  let opened: PluginRuntime | undefined;
  return {
    tier,
    load: async (plugin, wanted) => {
      opened ??= open();
      return await opened.load(plugin, capped(wanted, limits));
    },
    close: async () => await opened?.close(),
  };
}

function capped(wanted: Limits, limits: PluginSettings['limits']): Limits {
  return {
    ...wanted,
    wallMs: Math.min(wanted.wallMs, limits.wallMs),
    cpuMs: Math.min(wanted.cpuMs, limits.cpuMs),
    memoryMb: Math.min(wanted.memoryMb, limits.memoryMb),
    outputKb: Math.min(wanted.outputKb, limits.outputKb),
  };
}

/** What plugins may ask of models in one process, all of them together. */
export function modelBudget(policy: PluginSettings['policy']): {
  readonly maxTokens: number;
  readonly maxCostUsd: number;
} {
  return { maxTokens: policy.max_model_tokens, maxCostUsd: policy.max_model_cost_usd };
}

function pluginDirectory(dataDir: string, id: string): string {
  return join(dataDir, 'plugin-files', id);
}

function listed(permission: string, caveat: string, names: readonly string[]): object {
  return names.length === 0 ? {} : { [permission]: { [caveat]: names } };
}
