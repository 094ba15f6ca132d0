import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';

import type {
  LoadedPlugin,
  PluginHost,
  PluginPackage,
  PluginRuntime,
  Tier,
} from '../contract/index.ts';
import {
  PluginAbortedError,
  PluginBusyError,
  PluginClosedError,
  PluginCrashedError,
  PluginFailedError,
  PluginLimitError,
  PluginLoadError,
  PluginTrippedError,
} from '../errors/index.ts';
import { hasRulesEntry } from '../kinds/business-rule/index.ts';
import type { ActivePlugin } from '../registry/registry-parts.ts';

/** When a plugin is left alone, and when it is unloaded. */
export interface LoadingSettings {
  /** Failures in a row after which a plugin is left alone. */
  readonly failuresUntilOpen: number;
  /** How long it is left alone before one call may try again. */
  readonly openForMs: number;
  /** Crashes and reached limits in a row after which it is quarantined. */
  readonly crashesUntilQuarantine: number;
  /** How long a plugin that nobody calls stays loaded. */
  readonly idleUnloadMs: number;
}

/** Left alone for 10 s after 5 failures, quarantined after 10 crashes, unloaded after 5 idle minutes. */
export const DEFAULT_LOADING: LoadingSettings = Object.freeze({
  failuresUntilOpen: 5,
  openForMs: 10_000,
  crashesUntilQuarantine: 10,
  idleUnloadMs: 300_000,
});

/** What the plugins of a process are loaded with. */
export interface LoadingParts {
  readonly runtimes: Readonly<Partial<Record<Tier, PluginRuntime>>>;
  readonly packageOf: (plugin: ActivePlugin) => Promise<PluginPackage>;
  /** The host that `initialize` gets: it acts for the operator. */
  readonly hostOf: (plugin: ActivePlugin, signal: AbortSignal) => PluginHost;
  /** Told of a plugin that crashes again and again. */
  readonly quarantine: (plugin: ActivePlugin, reason: string) => Promise<void>;
  readonly settings: LoadingSettings;
}

/** Whether a plugin is left alone now, and what went wrong last. */
export interface Condition {
  readonly breaker: 'closed' | 'half-open' | 'open';
  readonly loaded: boolean;
  readonly lastError: string | undefined;
}

/** Made once: an error looks at the stack when it is made. */
const INITIALIZED = new DOMException('The initialization has ended.', 'AbortError');

interface Entry {
  readonly id: string;
  readonly digest: string;
  readonly loading: Promise<LoadedPlugin>;
  readonly breaker: CircuitBreakerPolicy;
  crashes: number;
  running: number;
  usedAtMs: number;
  lastError: string | undefined;
}

/** The plugins that are loaded in this process. Close it when done. */
export interface LoadedPlugins {
  /** Loads the plugin where it is not, and runs `work` on it unless it has failed too often lately. */
  use<Value>(plugin: ActivePlugin, work: (loaded: LoadedPlugin) => Promise<Value>): Promise<Value>;
  condition(id: string): Condition;
  /** Waits for running calls, lets the plugin clean up, and forgets it: all its versions, or the one with this digest. */
  unload(id: string, digest?: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the plugins of a process; none is loaded before it is called. */
export function createLoadedPlugins(parts: LoadingParts): LoadedPlugins {
  return new Loaded(parts);
}

class Loaded implements LoadedPlugins {
  readonly #parts: LoadingParts;
  readonly #entries = new Map<string, Entry>();
  readonly #sweeper: NodeJS.Timeout;

  constructor(parts: LoadingParts) {
    this.#parts = parts;
    const { idleUnloadMs } = parts.settings;
    this.#sweeper = setInterval(() => this.#sweep(), Math.max(1000, idleUnloadMs / 4)).unref();
  }

  async use<Value>(
    plugin: ActivePlugin,
    work: (loaded: LoadedPlugin) => Promise<Value>,
  ): Promise<Value> {
    const entry = this.#entryOf(plugin);
    entry.running++;
    entry.usedAtMs = performance.now();
    try {
      const value = await entry.breaker.execute(async () => await work(await entry.loading));
      entry.crashes = 0;
      return value;
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        throw new PluginTrippedError(plugin.version.id, error);
      await this.#note(plugin, entry, error);
      throw error;
    } finally {
      entry.running--;
    }
  }

  condition(id: string): Condition {
    const entry = this.#of(id).at(-1);
    return {
      breaker: entry === undefined ? 'closed' : NAMES[entry.breaker.state],
      loaded: entry !== undefined,
      lastError: entry?.lastError,
    };
  }

  async unload(id: string, digest?: string): Promise<void> {
    const entries = this.#of(id).filter((entry) => digest === undefined || entry.digest === digest);
    await Promise.all(entries.map((entry) => this.#close(entry)));
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.allSettled([...this.#entries.values()].map((entry) => this.#close(entry)));
    await Promise.all(Object.values(this.#parts.runtimes).map((runtime) => runtime.close()));
  }

  #of(id: string): readonly Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.id === id);
  }

  async #close(entry: Entry): Promise<void> {
    for (const [key, known] of this.#entries) if (known === entry) this.#entries.delete(key);
    // One that never loaded has nothing to clean up.
    const loaded = await entry.loading.catch(() => undefined);
    await loaded?.close();
  }

  /** Versions stand side by side: a new one is tried while the old one answers. */
  #entryOf(plugin: ActivePlugin): Entry {
    const { id, digest } = plugin.version;
    const key = `${digest} ${JSON.stringify(plugin.config)}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const { failuresUntilOpen, openForMs } = this.#parts.settings;
    const entry: Entry = {
      id,
      digest,
      loading: this.#load(plugin),
      breaker: circuitBreaker(handleWhen(countsAgainst), {
        halfOpenAfter: openForMs,
        breaker: new ConsecutiveBreaker(failuresUntilOpen),
      }),
      crashes: 0,
      running: 0,
      usedAtMs: performance.now(),
      lastError: undefined,
    };
    // A plugin that did not load is tried afresh by the next call.
    entry.loading.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    this.#entries.set(key, entry);
    return entry;
  }

  async #load(plugin: ActivePlugin): Promise<LoadedPlugin> {
    const { version, config } = plugin;
    const files = await this.#parts.packageOf(plugin);
    // Rules are data: what runs is the engine of the host, wherever they came from.
    const tier = hasRulesEntry(version.manifest) ? 'trusted' : version.tier;
    const runtime = this.#parts.runtimes[tier];
    if (runtime === undefined)
      throw new PluginLoadError(version.id, `the tier "${tier}" is not open in this process`);
    const loaded = await runtime.load(files, version.manifest.limits);
    // A runtime counts a plugin's time from when its code can run; what it begins meanwhile ends with its initialization.
    const controller = new AbortController();
    const { signal } = controller;
    try {
      await loaded.initialize(config, {
        host: this.#parts.hostOf(plugin, signal),
        hostFor: (later) => this.#parts.hostOf(plugin, later),
        signal,
      });
      return loaded;
    } catch (error) {
      await loaded.close();
      throw error;
    } finally {
      controller.abort(INITIALIZED);
    }
  }

  async #note(plugin: ActivePlugin, entry: Entry, error: unknown): Promise<void> {
    entry.lastError = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
    if (!(error instanceof PluginCrashedError || error instanceof PluginLimitError)) return;
    entry.crashes++;
    if (entry.crashes !== this.#parts.settings.crashesUntilQuarantine) return;
    await this.#parts.quarantine(plugin, `${entry.crashes} crashes or reached limits in a row`);
  }

  #sweep(): void {
    const before = performance.now() - this.#parts.settings.idleUnloadMs;
    for (const entry of this.#entries.values()) {
      // What a plugin does wrong while it is unloaded changes nothing any more.
      if (entry.running === 0 && entry.usedAtMs < before) this.#close(entry).catch(() => undefined);
    }
  }
}

const NAMES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
} as const;

/** A refusal of our own and a cancellation are no failures of the plugin. */
function countsAgainst(error: Error): boolean {
  if (error instanceof PluginAbortedError) return false;
  if (error instanceof PluginBusyError || error instanceof PluginClosedError) return false;
  return (
    error instanceof PluginFailedError ||
    error instanceof PluginCrashedError ||
    error instanceof PluginLimitError ||
    error instanceof PluginLoadError
  );
}
