import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

import type { WorkerAnswer, WorkerOrder, WorkerSetup, WorkerUp } from './messages.ts';
import { lookAtClock } from './limits/processor-clock.ts';

// Node's types know what a module is, but not what compiles it.
const { WebAssembly: COMPILER } = globalThis as unknown as {
  readonly WebAssembly: { compile(bytes: Uint8Array): Promise<object> };
};
/** JavaScript memory of a worker itself; a plugin's memory is WebAssembly's and has a limit of its own. */
const RESOURCE_LIMITS = {
  maxOldGenerationSizeMb: 128,
  maxYoungGenerationSizeMb: 16,
  stackSizeMb: 4,
};

/** A thread that answers one order at a time. */
export interface WorkerThread {
  /** Gives the answer; rejects when the thread ended without one. */
  ask(order: WorkerOrder): Promise<WorkerAnswer>;
  /** Ends the thread, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Milliseconds of the processor that the order in work has taken so far; 0 when the thread has not got to it, or is done. */
  workedMs(): number;
  readonly ended: boolean;
  /** The instances that it holds, by key, and whether each was initialized. */
  readonly loaded: Map<string, { initialized: boolean }>;
}

interface Waiter {
  resolve(answer: WorkerAnswer): void;
  reject(error: unknown): void;
}

let compiled: Promise<object> | undefined;

/** QuickJS is compiled once in a process; threads share the result. */
function quickjs(): Promise<object> {
  compiled ??= readFile(
    createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm'),
  ).then((bytes) => COMPILER.compile(bytes));
  return compiled;
}

/** Starts a thread without environment, arguments or output. It does not keep the process alive. */
export async function startWorker(): Promise<WorkerThread> {
  const began = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const beganAt = new Float64Array(began).fill(Number.NaN);
  const worker = createWorker({ wasm: await quickjs(), began });
  worker.unref();
  let waiting: Waiter | undefined;
  let ended: Error | undefined;
  const end = (error: Error): void => {
    ended ??= error;
    waiting?.reject(ended);
    waiting = undefined;
  };
  worker.on('error', end);
  worker.on('exit', () => end(new Error('The worker thread ended.')));
  // A thread that is not up yet would use up its first call's time.
  const { thread } = await new Promise<WorkerUp>((resolve, reject) => {
    waiting = { reject, resolve: () => undefined };
    worker.once('message', resolve);
  });
  worker.on('message', (answer: WorkerAnswer) => {
    const { resolve } = waiting ?? {};
    waiting = undefined;
    resolve?.(answer);
  });
  return {
    loaded: new Map(),
    workedMs: () => {
      const from = beganAt[0] ?? Number.NaN;
      return Number.isNaN(from) ? 0 : lookAtClock(thread) - from;
    },
    get ended() {
      return ended !== undefined;
    },
    ask: (order) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        waiting = { resolve, reject };
        worker.postMessage(order);
      }),
    kill: async () => {
      end(new Error('The worker thread was ended.'));
      await worker.terminate();
    },
  };
}

function createWorker(setup: WorkerSetup): Worker {
  const options = {
    workerData: setup,
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: RESOURCE_LIMITS,
  };
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('worker.js', import.meta.url), options);
  // The source itself is run (by tests): a thread does not take over its parent's TypeScript loader.
  const url = JSON.stringify(new URL('worker.ts', import.meta.url).href);
  const program = `import('tsx/esm/api').then(({ register }) => { register(); return import(${url}); })`;
  return new Worker(program, { ...options, eval: true });
}
