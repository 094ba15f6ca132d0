import type {
  Limits,
  LoadedPlugin,
  PluginModule,
  PluginRuntime,
  RuntimeCall,
} from '../contract/index.ts';
import {
  PluginAbortedError,
  PluginError,
  PluginFailedError,
  PluginLimitError,
  PluginLoadError,
} from '../errors/index.ts';
import { healthOf, outputOf, problemsOf } from './parse-answers.ts';
import { withoutHost } from './without-host.ts';

/**
 * Opens the runtime for code that the host imports itself. It is no boundary: such a plugin can do whatever the process can,
 * and an endless loop in it stops the process. Only its wall clock and the size of its output are watched.
 */
export function createTrustedRuntime(): PluginRuntime {
  return {
    tier: 'trusted',
    load: async ({ manifest, module }, limits) => {
      if (module === undefined || typeof module.execute !== 'function')
        throw new PluginLoadError(manifest.id, 'it is not a module that the host has imported');
      return loadedModule(manifest.id, module, limits);
    },
    close: () => Promise.resolve(),
  };
}

interface Watch {
  readonly id: string;
  readonly wallMs: number;
}

interface Watched<Value> {
  readonly operation: string;
  readonly signal: AbortSignal;
  readonly run: () => Value | Promise<Value>;
}

function loadedModule(id: string, module: PluginModule, limits: Limits): LoadedPlugin {
  const watch = { id, wallMs: limits.wallMs };
  const within = <Value>(call: Watched<Value>): Promise<Value> => watched(watch, call);
  return {
    initialize: async (config, { host, signal }) => {
      const run = (): unknown => module.initialize?.(config, host);
      await within({ operation: 'initialize', signal, run });
    },
    execute: async ({ operation, input, host, signal }: RuntimeCall) => {
      const started = performance.now();
      const run = (): unknown => module.execute(operation, input, host);
      const value = await within({ operation, signal, run });
      const output = outputOf(id, operation, value ?? null);
      const outputBytes = Buffer.byteLength(JSON.stringify(output));
      if (outputBytes > limits.outputKb * 1024)
        throw new PluginLimitError(id, 'outputKb', limits.outputKb);
      return { output, usage: { wallMs: performance.now() - started, outputBytes } };
    },
    validate: async (config, signal) => {
      const run = (): unknown => module.validate?.(config);
      return problemsOf(id, (await within({ operation: 'validate', signal, run })) ?? []);
    },
    health: async ({ host, signal }) => {
      const run = (): unknown => module.health?.(host);
      return healthOf(id, await within({ operation: 'health', signal, run }));
    },
    close: async () => {
      const signal = AbortSignal.timeout(limits.wallMs);
      const run = (): unknown => module.cleanup?.(withoutHost(id));
      await within({ operation: 'cleanup', signal, run });
    },
  };
}

/** Waits for a plugin's code no longer than its wall clock and its caller allow; the code itself cannot be stopped. */
async function watched<Value>(
  { id, wallMs }: Watch,
  { operation, signal, run }: Watched<Value>,
): Promise<Value> {
  if (signal.aborted) throw new PluginAbortedError(id, operation, signal.reason);
  const { value, isDone } = begin(id, { operation, signal, run });
  // What is done already needs no watch.
  if (isDone) return value;
  let release = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new PluginLimitError(id, 'wallMs', wallMs)), wallMs);
    const stop = (): void => reject(new PluginAbortedError(id, operation, signal.reason));
    signal.addEventListener('abort', stop, { once: true });
    release = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
  });
  try {
    return await Promise.race([value, stopped]);
  } catch (error) {
    throw failureOf(error, { id, operation });
  } finally {
    release();
  }
}

/** Begins, and tells whether there is something to wait for. */
function begin<Value>(
  id: string,
  { operation, run }: Watched<Value>,
): { readonly value: Value | Promise<Value>; readonly isDone: boolean } {
  try {
    const value = run();
    const isDone = typeof value !== 'object' || value === null || !('then' in value);
    return { value, isDone };
  } catch (error) {
    throw failureOf(error, { id, operation });
  }
}

function failureOf(error: unknown, { id, operation }: { id: string; operation: string }): Error {
  return error instanceof PluginError
    ? error
    : new PluginFailedError(id, operation, { cause: error });
}
