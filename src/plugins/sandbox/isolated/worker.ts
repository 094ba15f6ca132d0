import { parentPort, workerData } from 'node:worker_threads';

import { createInstance, createMachine, InstanceEnded, type Instance } from './instance.ts';
import type { WorkerAnswer, WorkerOrder } from './messages.ts';

// The program of a worker thread: it takes one order at a time, and answers each once.
const wasm: object = workerData;
const instances = new Map<string, Instance>();
/** A machine that no plugin has used: most of what loading takes is done before it is asked for. */
let spare: ReturnType<typeof createMachine> | undefined = createMachine(wasm);
/** The first call of what was loaded goes before the next machine. */
const REFILL_AFTER_MS = 20;

parentPort?.on('message', (order: WorkerOrder) => {
  const key = order.kind === 'load' ? order.source.key : order.key;
  const started = performance.now();
  answer(order).then(
    (result) => parentPort?.postMessage(result),
    (error: unknown) => {
      // Whatever a virtual machine did wrong, it is not used again.
      instances.delete(key);
      const cpuMs = performance.now() - started;
      const ending =
        error instanceof InstanceEnded
          ? error.ending
          : { kind: 'crash' as const, why: error instanceof Error ? error.message : 'unknown' };
      parentPort?.postMessage({ kind: 'ended', ending, cpuMs } satisfies WorkerAnswer);
    },
  );
});

parentPort?.postMessage({ kind: 'ready' } satisfies WorkerAnswer);

async function answer(order: WorkerOrder): Promise<WorkerAnswer> {
  if (order.kind === 'load') {
    const machine = spare ?? createMachine(wasm);
    spare = undefined;
    setTimeout(() => {
      spare ??= createMachine(wasm);
    }, REFILL_AFTER_MS);
    instances.set(order.source.key, createInstance(order.source, await machine));
    return { kind: 'ready' };
  }
  if (order.kind === 'drop') {
    instances.delete(order.key);
    return { kind: 'ready' };
  }
  const instance = instances.get(order.key);
  if (instance === undefined) throw new Error('The instance is gone.');
  return order.kind === 'call'
    ? instance.call(order.method, order.arguments)
    : instance.reply(order.call, order.ok, order.text);
}
