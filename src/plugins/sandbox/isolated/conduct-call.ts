import type { PluginHost } from '../../contract/index.ts';
import {
  PluginAbortedError,
  PluginBusyError,
  PluginCrashedError,
  type PluginError,
  PluginFailedError,
  PluginLimitError,
  PluginLoadError,
} from '../../errors/index.ts';
import { CallDeadline } from './limits/call-deadline.ts';
import type { Ending, InstanceSource, Method, WorkerAnswer, WorkerOrder } from './messages.ts';
import { serveHostCall } from './serve-host-call.ts';
import { PoolBusyError, type WorkerPool } from './worker-pool.ts';
import type { WorkerThread } from './worker-thread.ts';

const MAX_INPUT_KB = 1024;
/** A virtual machine looks at the clock by itself; one that is inside of a built-in does not, and is ended this much work later. */
const HARD_GRACE_MS = 500;
/** Near the end of its time, a thread is looked at no more often than this. */
const MIN_LOOK_MS = 10;
/** After a caller or the clock has called a call off, its code has this long to come to rest before its thread is ended. */
const ABORT_GRACE_MS = 50;
/** What a plugin does while it is closed may take this long. */
const CLOSING_MS = 1000;

/** One call of one method of an isolated plugin. */
export interface Conduct {
  readonly pool: WorkerPool;
  readonly source: InstanceSource;
  /** The plugin's id, for errors. */
  readonly plugin: string;
  /** Undefined to do no more than to have an instance loaded and initialized. */
  readonly method: Method | undefined;
  /** What errors name: the operation, or the method. */
  readonly operation: string;
  readonly arguments: readonly unknown[];
  readonly host: PluginHost;
  /** Undefined when nobody can call it off. */
  readonly signal: AbortSignal | undefined;
  /** What an instance that is new is initialized with; undefined while the plugin is not. */
  readonly initialize:
    | { readonly json: string; readonly hostFor: (signal: AbortSignal) => PluginHost }
    | undefined;
}

/** The JSON that a method gave, and what it took. */
export interface CallResult {
  readonly json: string;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

/**
 * Runs one method in a thread of the pool.
 *
 * @throws {@link PluginLimitError}, {@link PluginFailedError}, {@link PluginCrashedError}, {@link PluginLoadError},
 * {@link PluginAbortedError}, {@link PluginBusyError}. Whatever happens, the thread is given back, or ended and replaced.
 */
export async function conductCall(conduct: Conduct): Promise<CallResult> {
  const started = performance.now();
  const json = JSON.stringify(conduct.arguments);
  if (json.length > MAX_INPUT_KB * 1024)
    throw new PluginLimitError(conduct.plugin, 'inputKb', MAX_INPUT_KB);
  const worker = await borrow(conduct);
  // To wait for a thread is no work of the plugin's: its time begins with the first order.
  using deadline = new CallDeadline(conduct.signal, conduct.source.limits.wallMs);
  try {
    const talk: Talk = { conduct, worker, deadline, operation: conduct.operation };
    await prepare(talk);
    const { method } = conduct;
    if (method === undefined)
      return { json: 'null', cpuMs: 0, memoryBytes: 0, wallMs: performance.now() - started };
    const order = { kind: 'call', key: conduct.source.key, method, arguments: json } as const;
    const result = await converse(talk, conduct.host, order);
    const { json: answer, cpuMs, memoryBytes } = result;
    return { json: answer, cpuMs, memoryBytes, wallMs: performance.now() - started };
  } finally {
    conduct.pool.giveBack(worker);
  }
}

/** Lets every idle instance clean up, and frees it. */
export async function dropInstances(conduct: Conduct): Promise<void> {
  const { pool, source } = conduct;
  const failures: unknown[] = [];
  using deadline = new CallDeadline(conduct.signal, CLOSING_MS);
  while (pool.idleWith(source.key).length > 0) {
    // One after the other: each takes a thread out of the idle ones.
    // oxlint-disable-next-line no-await-in-loop
    const worker = await borrow(conduct);
    try {
      const order = { kind: 'call', key: source.key, method: 'cleanup', arguments: '[]' } as const;
      const talk = { conduct, worker, deadline, operation: conduct.operation };
      // oxlint-disable-next-line no-await-in-loop
      await converse(talk, conduct.host, order);
    } catch (error) {
      // One that fails does not keep the others from being freed.
      failures.push(error);
    } finally {
      // oxlint-disable-next-line no-await-in-loop
      await drop(worker, source.key);
      pool.giveBack(worker);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Frees an instance. A thread that has ended has freed everything it held. */
async function drop(worker: WorkerThread, key: string): Promise<void> {
  if (!worker.loaded.delete(key) || worker.ended) return;
  try {
    await worker.ask({ kind: 'drop', key });
  } catch (error) {
    if (!worker.ended) throw error;
  }
}

interface Talk {
  readonly conduct: Conduct;
  readonly worker: WorkerThread;
  readonly deadline: CallDeadline;
  /** What errors name. */
  readonly operation: string;
}

async function borrow(conduct: Conduct): Promise<WorkerThread> {
  try {
    return await conduct.pool.borrow(conduct.source.key, conduct.signal);
  } catch (error) {
    if (error instanceof PoolBusyError) throw new PluginBusyError(conduct.plugin, error);
    throw new PluginAbortedError(conduct.plugin, conduct.operation, conduct.signal?.reason);
  }
}

/** Loads and initializes the plugin where the thread does not hold it yet. */
async function prepare(talk: Talk): Promise<void> {
  const { worker, conduct, deadline } = talk;
  const { source, initialize } = conduct;
  if (!worker.loaded.has(source.key)) {
    await ask(talk, { kind: 'load', source });
    worker.loaded.set(source.key, { initialized: false });
  }
  const instance = worker.loaded.get(source.key);
  if (initialize === undefined || instance === undefined || instance.initialized) return;
  const order = {
    kind: 'call',
    key: source.key,
    method: 'initialize',
    arguments: initialize.json,
  } as const;
  // Counted and ended with this instance: the host of an earlier one may be spent or over.
  const host = initialize.hostFor(deadline.signal);
  await converse({ ...talk, operation: 'initialize' }, host, order);
  instance.initialized = true;
}

/** Gives an order, and serves the host calls that come of it until the method has answered. */
async function converse(
  talk: Talk,
  host: PluginHost,
  order: WorkerOrder,
): Promise<Omit<CallResult, 'wallMs'>> {
  const replies = new Map<number, Promise<WorkerOrder>>();
  let refused: PluginError | undefined;
  let answer = await ask(talk, order);
  for (;;) {
    if (answer.kind === 'done') return answer;
    if (answer.kind === 'failed')
      throw new PluginFailedError(talk.conduct.plugin, talk.operation, {
        refused,
        cause: new Error(answer.why),
      });
    if (answer.kind !== 'waiting')
      throw new PluginCrashedError(talk.conduct.plugin, talk.operation);
    for (const request of answer.requests)
      replies.set(
        request.call,
        serveHostCall(
          { key: talk.conduct.source.key, host },
          request,
          (error) => (refused = error),
        ),
      );
    // Replies go in one after the other: each lets the plugin's code run, and may bring new requests.
    // oxlint-disable-next-line no-await-in-loop
    const reply = await nextReply(talk, replies.values());
    if (reply.kind === 'reply') replies.delete(reply.call);
    // oxlint-disable-next-line no-await-in-loop
    answer = await ask(talk, reply);
  }
}

async function nextReply(
  talk: Talk,
  replies: Iterable<Promise<WorkerOrder>>,
): Promise<WorkerOrder> {
  const { deadline, worker, conduct } = talk;
  const off = new Promise<never>((_resolve, reject) => {
    deadline.tell(() => reject(calledOff(talk)));
  });
  try {
    return await Promise.race([off, ...replies]);
  } catch (error) {
    // The call is in the middle of something: its instance cannot take another one.
    await drop(worker, conduct.source.key);
    throw error;
  } finally {
    deadline.tell(undefined);
  }
}

/** Hands over one order; ends the thread when it does not come to rest in time. */
async function ask(talk: Talk, order: WorkerOrder): Promise<WorkerAnswer> {
  const { worker, conduct, deadline } = talk;
  const { source, plugin } = conduct;
  if (deadline.end !== undefined) {
    // An instance that waits for a reply cannot take another call.
    if (order.kind === 'reply') await drop(worker, source.key);
    throw calledOff(talk);
  }
  const asked = worker.ask(order);
  // Clocks are set while the thread wakes up.
  deadline.begin();
  let overtime = false;
  const kill = (): void => void worker.kill();
  const maxMs = source.limits.cpuMs + HARD_GRACE_MS;
  // Time that passes is not time that the code had: the machine, or this very thread, may have been busy with something else.
  const look = (): void => {
    const leftMs = maxMs - worker.workedMs();
    overtime = leftMs <= 0;
    if (overtime) kill();
    else hard = setTimeout(look, Math.max(MIN_LOOK_MS, leftMs));
  };
  let hard = setTimeout(look, maxMs);
  let soft: NodeJS.Timeout | undefined;
  deadline.tell(() => {
    soft = setTimeout(kill, ABORT_GRACE_MS);
  });
  try {
    const answer = await asked;
    if (answer.kind !== 'ended') return answer;
    worker.loaded.delete(source.key);
    throw endingError(talk, answer.ending);
  } catch (error) {
    if (!worker.ended) throw error;
    if (overtime) throw new PluginLimitError(plugin, 'cpuMs', source.limits.cpuMs);
    if (deadline.end !== undefined) throw calledOff(talk);
    throw new PluginCrashedError(plugin, talk.operation, { cause: error });
  } finally {
    clearTimeout(hard);
    clearTimeout(soft);
    deadline.tell(undefined);
  }
}

function calledOff({ conduct, operation, deadline }: Talk): Error {
  const { plugin, signal, source } = conduct;
  return deadline.end === 'time'
    ? new PluginLimitError(plugin, 'wallMs', source.limits.wallMs)
    : new PluginAbortedError(plugin, operation, signal?.reason);
}

function endingError({ conduct, operation }: Talk, ending: Ending): Error {
  const { plugin, source } = conduct;
  switch (ending.kind) {
    case 'limit':
      return new PluginLimitError(plugin, ending.limit, source.limits[ending.limit]);
    case 'load':
      return new PluginLoadError(plugin, ending.why);
    case 'stalled':
      return new PluginFailedError(plugin, operation, {
        why: 'it waits for something that can never come',
      });
    case 'crash':
      return new PluginCrashedError(plugin, operation, { cause: new Error(ending.why) });
  }
}
