import { isPhasegateError, type JsonValue } from '../../../kernel/index.ts';
import type {
  InitializeCall,
  Limits,
  LoadedPlugin,
  PluginHealth,
  PluginHost,
  PluginPackage,
  RuntimeCall,
  RuntimeUsage,
} from '../../contract/index.ts';
import {
  PluginAbortedError,
  PluginClosedError,
  PluginCrashedError,
  PluginError,
  PluginFailedError,
  PluginLimitError,
  PluginLoadError,
} from '../../errors/index.ts';
import { HOST_CALLS } from '../host-calls.ts';
import { healthOf, outputOf, problemsOf } from '../parse-answers.ts';
import { withoutHost } from '../without-host.ts';
import { ChildError, startChild, type Child, type ChildOptions } from './child-process.ts';
import { watchChild, type Reached } from './watch-child.ts';

/** A process has to start before its code can be loaded. */
const START_MS = 10_000;
const CLOSING_MS = 1000;

/** What a plugin in a process works with. */
export interface ProcessParts {
  readonly limits: Limits;
  /** Absolute path of the module. */
  readonly entry: string;
  readonly child: ChildOptions;
  readonly onClose: () => Promise<void>;
}

interface Call {
  readonly operation: string;
  readonly order: 'load' | 'call';
  readonly params: object;
  readonly host: PluginHost;
  readonly signal: AbortSignal;
}

/** A plugin in a process of its own, one call at a time: ending the process ends the call that deserved it and no other. */
export class ProcessPlugin implements LoadedPlugin {
  readonly #id: string;
  readonly #parts: ProcessParts;
  #child: Child | undefined;
  #initialize:
    | { readonly config: JsonValue; readonly hostFor: (signal: AbortSignal) => PluginHost }
    | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor({ manifest }: PluginPackage, parts: ProcessParts) {
    this.#id = manifest.id;
    this.#parts = parts;
  }

  /** Starts the process and loads the module. @throws PLUGINS_LOAD_FAILED; the plugin is closed then. */
  async prepare(): Promise<void> {
    try {
      await this.#inTurn(AbortSignal.timeout(START_MS), (signal) => this.#ready(signal));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async initialize(
    config: JsonValue,
    { host, signal, hostFor = () => host }: InitializeCall,
  ): Promise<void> {
    this.#initialize = { config, hostFor };
    await this.#method('initialize', { arguments: [config], host, signal });
  }

  async execute({ operation, input, host, signal }: RuntimeCall): Promise<{
    readonly output: JsonValue;
    readonly usage: RuntimeUsage;
  }> {
    const started = performance.now();
    const text = await this.#method('execute', { arguments: [operation, input], host, signal });
    const outputBytes = Buffer.byteLength(text);
    const { outputKb } = this.#parts.limits;
    if (outputBytes > outputKb * 1024) throw new PluginLimitError(this.#id, 'outputKb', outputKb);
    const output = outputOf(this.#id, operation, JSON.parse(text));
    const memoryBytes = this.#child?.resources()?.rssBytes;
    const usage = { wallMs: performance.now() - started, outputBytes };
    return { output, usage: memoryBytes === undefined ? usage : { ...usage, memoryBytes } };
  }

  async validate(config: JsonValue, signal: AbortSignal): Promise<readonly string[]> {
    const host = withoutHost(this.#id);
    const text = await this.#method('validate', { arguments: [config], host, signal });
    return problemsOf(this.#id, JSON.parse(text));
  }

  async health({ host, signal }: Pick<RuntimeCall, 'host' | 'signal'>): Promise<PluginHealth> {
    return healthOf(
      this.#id,
      JSON.parse(await this.#method('health', { arguments: [], host, signal })),
    );
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#last.catch(() => undefined);
    const child = this.#child;
    try {
      if (child === undefined || child.ended) return;
      const params = { method: 'cleanup', arguments: [] };
      const signal = AbortSignal.timeout(CLOSING_MS);
      const host = withoutHost(this.#id);
      await this.#converse(child, { operation: 'cleanup', order: 'call', params, host, signal });
    } finally {
      child?.kill();
      await this.#parts.onClose();
    }
  }

  async #method(
    method: string,
    { arguments: args, host, signal }: Pick<Call, 'host' | 'signal'> & { arguments: unknown[] },
  ): Promise<string> {
    if (this.#closed) throw new PluginClosedError(this.#id);
    return await this.#inTurn(signal, async () => {
      const child = await this.#ready(signal, method === 'initialize');
      const params = { method, arguments: args };
      return await this.#converse(child, {
        operation: method,
        order: 'call',
        params,
        host,
        signal,
      });
    });
  }

  async #inTurn<Value>(
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    const before = this.#last;
    const turn = (async () => {
      await before.catch(() => undefined);
      if (signal.aborted) throw new PluginAbortedError(this.#id, 'call', signal.reason);
      return await work(signal);
    })();
    this.#last = turn;
    return await turn;
  }

  /** The process that lives, or a fresh one in the place of one that has ended. */
  async #ready(signal: AbortSignal, initializing = false): Promise<Child> {
    if (this.#child !== undefined && !this.#child.ended) return this.#child;
    const child = startChild(this.#parts.child);
    this.#child = child;
    const host = withoutHost(this.#id);
    const params = { entry: this.#parts.entry, calls: HOST_CALLS };
    try {
      await this.#converse(child, { operation: 'load', order: 'load', params, host, signal });
      if (this.#initialize !== undefined && !initializing) {
        const { config, hostFor } = this.#initialize;
        const first = { method: 'initialize', arguments: [config] };
        const call = { operation: 'initialize', order: 'call', params: first, signal } as const;
        await this.#converse(child, { ...call, host: hostFor(signal) });
      }
      return child;
    } catch (error) {
      child.kill();
      throw error instanceof PluginFailedError && error.details['operation'] === 'load'
        ? new PluginLoadError(this.#id, 'its module does not evaluate', error)
        : error;
    }
  }

  async #converse(child: Child, { operation, order, params, host, signal }: Call): Promise<string> {
    const { limits } = this.#parts;
    let calls = 0;
    let refused: PluginError | undefined;
    child.serve(async ({ name, arguments: args }) => {
      if (++calls > limits.hostCalls) child.kill('limit-host-calls');
      return await answerOf(host, { name, args }, (error) => (refused = error));
    });
    let reached: Reached | undefined;
    const stop = (): void => child.kill();
    signal.addEventListener('abort', stop, { once: true });
    const wallMs = order === 'load' ? Math.max(START_MS, limits.wallMs) : limits.wallMs;
    const unwatch = watchChild(child, { ...limits, wallMs, loading: order === 'load' }, (limit) => {
      reached = limit;
      child.kill();
    });
    try {
      return await child.ask(order, params);
    } catch (error) {
      if (error instanceof ChildError)
        throw new PluginFailedError(this.#id, operation, { refused, cause: error });
      if (reached !== undefined) throw new PluginLimitError(this.#id, reached, limits[reached]);
      if (child.killed === 'limit-host-calls')
        throw new PluginLimitError(this.#id, 'hostCalls', limits.hostCalls);
      if (child.killed === 'limit-line')
        throw new PluginLimitError(this.#id, 'outputKb', limits.outputKb);
      if (signal.aborted) throw new PluginAbortedError(this.#id, operation, signal.reason);
      throw new PluginCrashedError(this.#id, operation, { cause: error });
    } finally {
      unwatch();
      signal.removeEventListener('abort', stop);
      // Nothing that a call has left behind acts with the next caller's rights.
      child.serve(() => Promise.reject(new Error('PLUGINS_HOST_FAILED: The call has ended.')));
    }
  }
}

async function answerOf(
  host: PluginHost,
  { name, args }: { readonly name: string; readonly args: readonly unknown[] },
  failed: (error: PluginError) => void,
): Promise<unknown> {
  const known = HOST_CALLS.find((call) => call === name);
  if (known === undefined) throw new Error('PLUGINS_HOST_FAILED: There is no such call.');
  // The contract's types end here: the host parses what a plugin hands it.
  const run = host[known] as (...given: readonly unknown[]) => Promise<unknown>;
  try {
    return await run(...args);
  } catch (error) {
    if (error instanceof PluginError) failed(error);
    // Only our own errors are known to hold no secret.
    const own = isPhasegateError(error) ? `${error.code}: ${error.message}` : undefined;
    throw new Error(own ?? 'PLUGINS_HOST_FAILED: The host could not do it.', { cause: error });
  }
}
