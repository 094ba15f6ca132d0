import type { JsonValue } from '../../kernel/index.ts';
import type { PluginHost } from './host.ts';
import type { Manifest } from './manifest.ts';
import type { Limits } from './permissions.ts';
import type { PluginHealth, PluginModule } from './plugin-module.ts';

/** Where a plugin's code runs: in our process (no boundary), in QuickJS in a worker, or in a process of its own. */
export type Tier = 'trusted' | 'isolated' | 'process';

/** A plugin whose files were read and digested; nothing of it has run yet. */
export interface PluginPackage {
  readonly manifest: Manifest;
  /** SHA-256 over the manifest and every file, 64 lowercase hex digits. Grants and approvals are bound to it. */
  readonly digest: string;
  /** Every file but the manifest, by its path with forward slashes. Empty for a module that the host imports. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The module itself, for code that the host imports. */
  readonly module?: PluginModule;
  /** The folder that it was read from, for messages and for the tier `process`. */
  readonly directory?: string;
}

/** One call of a loaded plugin. */
export interface RuntimeCall {
  readonly operation: string;
  readonly input: JsonValue;
  /** Already guarded: it checks permissions and counts calls. */
  readonly host: PluginHost;
  /** Aborts the call: the plugin's code is stopped, not merely abandoned (tiers isolated and process). */
  readonly signal: AbortSignal;
}

/** What a plugin is initialized with. */
export interface InitializeCall extends Pick<RuntimeCall, 'host' | 'signal'> {
  /** Makes the host of an instance that is made later, so that it is initialized like the first; the first one's unless told. */
  readonly hostFor?: (signal: AbortSignal) => PluginHost;
}

/** What a call took. */
export interface RuntimeUsage {
  readonly wallMs: number;
  /** Processor time, where the tier can measure it. */
  readonly cpuMs?: number;
  /** Bytes at the end of the call, where the tier can measure it. */
  readonly memoryBytes?: number;
  readonly outputBytes: number;
}

/** A plugin whose code is loaded. */
export interface LoadedPlugin {
  /** Calls `initialize`, once for each instance that there is or will be. */
  initialize(config: JsonValue, call: InitializeCall): Promise<void>;
  /** @throws PluginError: PLUGINS_CRASHED, PLUGINS_LIMIT, PLUGINS_FAILED (the plugin's own error, sanitised), PLUGINS_ABORTED. */
  execute(call: RuntimeCall): Promise<{ readonly output: JsonValue; readonly usage: RuntimeUsage }>;
  validate(config: JsonValue, signal: AbortSignal): Promise<readonly string[]>;
  health(call: Pick<RuntimeCall, 'host' | 'signal'>): Promise<PluginHealth>;
  /** Calls `cleanup` and frees everything; safe to call twice. */
  close(): Promise<void>;
}

/** One way to run plugins. */
export interface PluginRuntime {
  readonly tier: Tier;
  /** @throws PluginError: PLUGINS_LOAD_FAILED when the entry does not evaluate or has no `execute`. */
  load(plugin: PluginPackage, limits: Limits): Promise<LoadedPlugin>;
  close(): Promise<void>;
}
