import { parentPort, workerData } from 'node:worker_threads';

import { createCpuBudget } from './limits/cpu-budget.ts';
import { createInstance, type Instance } from './instance.ts';
import { InstanceEnded } from './instance-ended.ts';
import { createMachine } from './machine.ts';
import type { WorkerAnswer, WorkerOrder, WorkerSetup, WorkerUp } from './messages.ts';
import { clockOfThisThread, threadName } from './limits/processor-clock.ts';

// The program of a worker thread: it takes one order at a time, and answers each once.
const { wasm, began }: WorkerSetup = workerData;
const beganAt = new Float64Array(began);
const thread = threadName();
const clock = clockOfThisThread(thread);
const instances = new Map<string, Instance>();
/** A machine that no plugin has used: most of what loading takes is done before it is asked for. */
let spare: ReturnType<typeof createMachine> | undefined = createMachine(wasm);
/** The first call of what was loaded goes before the next machine. */
const REFILL_AFTER_MS = 20;
/** Where the clock has stood since this thread came to rest: to look at it is no part of the next order. */
let restsAt: number | undefined;

parentPort?.on('message', (order: WorkerOrder) => {
  const key = order.kind === 'load' ? order.source.key : order.key;
  const started = performance.now();
  const tell = (result: WorkerAnswer): void => {
    parentPort?.postMessage(result);
    if (order.kind === 'load') setTimeout(refill, REFILL_AFTER_MS);
    rest();
  };
  answer(order).then(tell, (error: unknown) => {
    // Whatever a virtual machine did wrong, it is not used again.
    instances.delete(key);
    const cpuMs = performance.now() - started;
    const ending =
      error instanceof InstanceEnded
        ? error.ending
        : { kind: 'crash' as const, why: error instanceof Error ? error.message : 'unknown' };
    tell({ kind: 'ended', ending, cpuMs });
  });
});

// The first machine is none of the first plugin's work.
await spare;
parentPort?.postMessage({ kind: 'up', thread } satisfies WorkerUp);
rest();

async function answer(order: WorkerOrder): Promise<WorkerAnswer> {
  if (order.kind === 'load') {
    const machine = spare ?? createMachine(wasm);
    spare = undefined;
    const empty = await machine;
    const budget = createCpuBudget(clock, () => performance.now());
    instances.set(
      order.source.key,
      counted((from) => createInstance(order.source, empty, { budget, from })),
    );
    return { kind: 'ready' };
  }
  if (order.kind === 'drop') {
    instances.delete(order.key);
    return { kind: 'ready' };
  }
  const instance = instances.get(order.key);
  if (instance === undefined) throw new Error('The instance is gone.');
  return counted((from) =>
    order.kind === 'call' ? instance.call(order, from) : instance.reply(order, from),
  );
}

function refill(): void {
  spare ??= createMachine(wasm);
  // One that cannot be made is told to the plugin that needs it.
  spare.then(rest, () => undefined);
}

/** Where no processor time is counted, the clock goes on while the thread rests. */
function rest(): void {
  restsAt = thread === undefined ? undefined : clock();
}

/** Lets the host see when the plugin's code began, so that it tells work of the plugin from that of the thread. */
function counted<Value>(work: (from: number) => Value): Value {
  const from = restsAt ?? clock();
  restsAt = undefined;
  beganAt[0] = from;
  try {
    return work(from);
  } finally {
    beganAt[0] = Number.NaN;
  }
}
