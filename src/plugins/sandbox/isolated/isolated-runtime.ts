import type { JsonValue } from '../../../kernel/index.ts';
import type {
  InitializeCall,
  Limits,
  LoadedPlugin,
  PluginHealth,
  PluginPackage,
  PluginRuntime,
  RuntimeCall,
  RuntimeUsage,
} from '../../contract/index.ts';
import { PluginClosedError } from '../../errors/index.ts';
import { healthOf, outputOf, problemsOf } from '../parse-answers.ts';
import { withoutHost } from '../without-host.ts';
import { conductCall, dropInstances, type CallResult, type Conduct } from './conduct-call.ts';
import type { InstanceSource } from './messages.ts';
import { createWorkerPool, type PoolSettings, type WorkerPool } from './worker-pool.ts';

/**
 * Opens the runtime for plugins that are not trusted: QuickJS in a pool of worker threads.
 *
 * A plugin sees ECMAScript, its own files and the host that a call hands it, and nothing of Node. A call has a thread to itself,
 * so a thread that has to be ended takes no other call with it. An instance of a plugin may be made several times (side by
 * side, and again after it reached a limit): what must last belongs into `host.setState`.
 */
export function createIsolatedRuntime(settings?: PoolSettings): PluginRuntime {
  const pool = createWorkerPool(settings);
  return {
    tier: 'isolated',
    load: async (plugin, limits) => {
      const loaded = new IsolatedPlugin(pool, plugin, sourceOf(plugin, limits));
      // Evaluated once now: one that does not load is refused before its first call.
      await loaded.prepare();
      return loaded;
    },
    close: () => pool.close(),
  };
}

type Call = Pick<Conduct, 'method' | 'operation' | 'arguments' | 'host' | 'signal'>;

/** A call that does no more than to have an instance. */
const NOTHING = { method: undefined, arguments: [] } as const;
/** Loading runs no method: nothing asks this host, and nothing but the clock calls it off. */
const LOADING = {
  ...NOTHING,
  operation: 'load',
  host: withoutHost('a plugin that is loaded'),
  signal: undefined,
} as const;
const DECODER = new TextDecoder('utf-8');

class IsolatedPlugin implements LoadedPlugin {
  readonly #pool: WorkerPool;
  readonly #id: string;
  readonly #source: InstanceSource;
  #initialize: Conduct['initialize'];
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  constructor(pool: WorkerPool, { manifest }: PluginPackage, source: InstanceSource) {
    this.#pool = pool;
    this.#id = manifest.id;
    this.#source = source;
  }

  /** Has an instance ready in one thread. */
  async prepare(): Promise<void> {
    await this.#run(LOADING);
  }

  async initialize(
    config: JsonValue,
    { host, signal, hostFor = () => host }: InitializeCall,
  ): Promise<void> {
    this.#initialize = { json: JSON.stringify([config]), hostFor };
    await this.#run({ ...NOTHING, operation: 'initialize', host, signal });
  }

  async execute({ operation, input, host, signal }: RuntimeCall): Promise<{
    readonly output: JsonValue;
    readonly usage: RuntimeUsage;
  }> {
    const call = {
      method: 'execute',
      operation,
      arguments: [operation, input],
      host,
      signal,
    } as const;
    const result = await this.#run(call);
    const output = outputOf(this.#id, operation, JSON.parse(result.json));
    return { output, usage: usageOf(result) };
  }

  async validate(config: JsonValue, signal: AbortSignal): Promise<readonly string[]> {
    const call = { method: 'validate', operation: 'validate', arguments: [config] } as const;
    const { json } = await this.#run({ ...call, host: withoutHost(this.#id), signal });
    return problemsOf(this.#id, JSON.parse(json));
  }

  async health({ host, signal }: Pick<RuntimeCall, 'host' | 'signal'>): Promise<PluginHealth> {
    const call = { method: 'health', operation: 'health', arguments: [] } as const;
    const { json } = await this.#run({ ...call, host, signal });
    return healthOf(this.#id, JSON.parse(json));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#running);
    const host = withoutHost(this.#id);
    await dropInstances(this.#conduct({ ...LOADING, operation: 'cleanup', host }));
  }

  async #run(call: Call): Promise<CallResult> {
    if (this.#closed) throw new PluginClosedError(this.#id);
    const running = conductCall(this.#conduct(call));
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  #conduct({ method, operation, arguments: args, host, signal }: Call): Conduct {
    return {
      method,
      operation,
      arguments: args,
      host,
      signal,
      pool: this.#pool,
      source: this.#source,
      plugin: this.#id,
      initialize: this.#initialize,
    };
  }
}

function usageOf({ json, wallMs, cpuMs, memoryBytes }: CallResult): RuntimeUsage {
  return { wallMs, cpuMs, memoryBytes, outputBytes: Buffer.byteLength(json) };
}

function sourceOf({ manifest, digest, files }: PluginPackage, limits: Limits): InstanceSource {
  return {
    key: digest,
    entry: manifest.entry,
    files: new Map([...files].map(([path, bytes]) => [path, DECODER.decode(bytes)])),
    limits,
    time: manifest.permissions.time === true,
    random: manifest.permissions.random === true,
  };
}
