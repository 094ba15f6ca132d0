import { posix } from 'node:path';

import type {
  QuickJSContext,
  QuickJSDeferredPromise,
  QuickJSHandle,
  QuickJSRuntime,
} from 'quickjs-emscripten-core';

import { HOST_CALLS } from '../host-calls.ts';
import type { CpuBudget } from './limits/cpu-budget.ts';
import { InstanceEnded, limitIn, loadFailure } from './instance-ended.ts';
import type { EmptyMachine } from './machine.ts';
import type {
  Ending,
  HostRequestMessage,
  InstanceSource,
  WorkerAnswer,
  WorkerOrder,
} from './messages.ts';

const MAX_ARGUMENTS = 1024 * 1024;
/** Characters of host calls that leave at a time: what the host has to read in one go. */
const MAX_BATCH = 256 * 1024;
/** Jobs between two looks at the clock: a promise that resolves itself for ever is stopped, too. */
const JOBS_PER_LOOK = 100;
const LOAD_CPU_MS = 1000;
const MAX_ERROR_TEXT = 500;

/** One plugin in one virtual machine. It works on one call at a time, and answers every order before it takes the next. */
export interface Instance {
  call(order: CallOrder, from: number): WorkerAnswer;
  reply(order: ReplyOrder, from: number): WorkerAnswer;
}

type CallOrder = Extract<WorkerOrder, { kind: 'call' }>;
type ReplyOrder = Extract<WorkerOrder, { kind: 'reply' }>;

/** What the thread's processor time is counted with, from where its clock stands. */
export interface Counting {
  readonly budget: CpuBudget;
  readonly from: number;
}

/**
 * Evaluates a plugin's entry in a WebAssembly instance of its own.
 *
 * @param machine - Not used by any other plugin.
 * @throws {@link InstanceEnded} when it does not evaluate within a second, or has no `execute`.
 */
export function createInstance(
  source: InstanceSource,
  machine: EmptyMachine,
  counting: Counting,
): Instance {
  const { runtime } = machine;
  runtime.setMemoryLimit(source.limits.memoryMb * 1024 * 1024);
  runtime.setModuleLoader(
    (name) => source.files.get(name) ?? { error: new Error(`There is no file "${name}".`) },
    (base, wanted) => locate(base, wanted),
  );
  return new VirtualMachine(machine, source, counting);
}

/** Only files of the plugin can be imported, by relative paths. */
function locate(base: string, wanted: string): string | { error: Error } {
  if (!wanted.startsWith('./') && !wanted.startsWith('../'))
    return { error: new Error(`"${wanted}" cannot be imported: only the plugin's own files can.`) };
  return posix.join(posix.dirname(base), wanted);
}

interface Current {
  /** Undefined while the method's first, synchronous part runs. */
  promise: QuickJSHandle | undefined;
  hostCalls: number;
}

class VirtualMachine implements Instance {
  readonly #runtime: QuickJSRuntime;
  readonly #source: InstanceSource;
  readonly #vm: QuickJSContext;
  readonly #module: QuickJSHandle;
  readonly #invoke: QuickJSHandle;
  readonly #waiting = new Map<number, QuickJSDeferredPromise>();
  #requests: HostRequestMessage[] = [];
  #nextCall = 0;
  #current: Current | undefined;
  readonly #budget: CpuBudget;
  readonly #memoryBytes: () => number;
  /** What a host call found out; the plugin cannot catch it. */
  #reached: Ending | undefined;

  constructor(machine: EmptyMachine, source: InstanceSource, { budget, from }: Counting) {
    const { runtime, context } = machine;
    this.#memoryBytes = machine.memoryBytes;
    this.#runtime = runtime;
    this.#source = source;
    this.#vm = context;
    this.#budget = budget;
    // What a host call found out ends the code at its next step, not at the end of its time.
    runtime.setInterruptHandler(() => this.#reached !== undefined || budget.isSpent());
    budget.begin(LOAD_CPU_MS, from);
    const { take, invoke } = machine.settle((name, json) => this.#send(name, json), source);
    this.#invoke = invoke;
    this.#module = this.#evaluate(take);
    take.dispose();
  }

  call({ method, arguments: json }: CallOrder, from: number): WorkerAnswer {
    this.#budget.begin(this.#source.limits.cpuMs, from);
    const vm = this.#vm;
    const name = vm.newString(method);
    const text = vm.newString(json);
    // Host calls of the synchronous part count as well.
    const current: Current = { promise: undefined, hostCalls: 0 };
    this.#current = current;
    const result = vm.callFunction(this.#invoke, vm.undefined, this.#module, name, text);
    name.dispose();
    text.dispose();
    if (result.error !== undefined)
      throw new InstanceEnded(this.#reached ?? this.#endingOf(result.error));
    current.promise = result.value;
    return this.#rest(result.value);
  }

  reply({ call, ok, text }: ReplyOrder, from: number): WorkerAnswer {
    const current = this.#current;
    const promise = current?.promise;
    const deferred = this.#waiting.get(call);
    if (current === undefined || promise === undefined || deferred === undefined)
      return { kind: 'waiting', requests: [] };
    this.#budget.resume(from);
    this.#waiting.delete(call);
    const value = ok ? this.#vm.newString(text) : this.#vm.newError(text);
    if (ok) deferred.resolve(value);
    else deferred.reject(value);
    value.dispose();
    return this.#rest(promise);
  }

  /** Runs what is left to do, and tells where the call stands. */
  #rest(promise: QuickJSHandle): WorkerAnswer {
    this.#runJobs();
    this.#budget.pause();
    if (this.#reached !== undefined) throw new InstanceEnded(this.#reached);
    const state = this.#vm.getPromiseState(promise);
    if (state.type === 'pending') {
      if (this.#waiting.size === 0) throw new InstanceEnded({ kind: 'stalled' });
      return { kind: 'waiting', requests: this.#nextRequests() };
    }
    if (state.type === 'rejected') throw new InstanceEnded(this.#endingOf(state.error));
    const answer = this.#text(state.value, this.#source.limits.outputKb * 1024);
    if (answer === undefined) throw new InstanceEnded({ kind: 'limit', limit: 'outputKb' });
    state.value.dispose();
    promise.dispose();
    this.#end();
    return answerOf(answer, { cpuMs: this.#budget.spentMs(), memoryBytes: this.#memoryBytes() });
  }

  /** A flood of large requests leaves in parts, one with each reply, so that the host can do other things between them. */
  #nextRequests(): readonly HostRequestMessage[] {
    let length = 0;
    const over = this.#requests.findIndex(
      ({ arguments: json }) => (length += json.length) > MAX_BATCH,
    );
    return this.#requests.splice(0, over === -1 ? this.#requests.length : Math.max(1, over));
  }

  /** A call that ended leaves no request behind: its replies would reach the next one. */
  #end(): void {
    for (const deferred of this.#waiting.values()) deferred.dispose();
    this.#waiting.clear();
    this.#requests = [];
    this.#current = undefined;
  }

  #runJobs(): void {
    while (this.#runtime.hasPendingJob()) {
      const result = this.#runtime.executePendingJobs(JOBS_PER_LOOK);
      if (result.error !== undefined)
        throw new InstanceEnded(this.#reached ?? this.#endingOf(result.error));
      result.dispose();
      if (this.#budget.isSpent())
        throw new InstanceEnded(this.#reached ?? { kind: 'limit', limit: 'cpuMs' });
    }
  }

  #send(name: QuickJSHandle, json: QuickJSHandle): QuickJSHandle {
    const current = this.#current;
    const called = this.#vm.getString(name);
    const known = HOST_CALLS.find((call) => call === called);
    const text = this.#text(json, MAX_ARGUMENTS);
    if (text === undefined) this.#reached ??= { kind: 'limit', limit: 'outputKb' };
    if (current !== undefined && ++current.hostCalls > this.#source.limits.hostCalls)
      this.#reached ??= { kind: 'limit', limit: 'hostCalls' };
    const deferred = this.#vm.newPromise();
    const call = this.#nextCall++;
    this.#waiting.set(call, deferred);
    if (known !== undefined && text !== undefined && this.#reached === undefined)
      this.#requests.push({ call, name: known, arguments: text });
    return deferred.handle;
  }

  #evaluate(take: QuickJSHandle): QuickJSHandle {
    const { entry, files } = this.#source;
    const result = this.#vm.evalCode(files.get(entry) ?? '', entry, { type: 'module' });
    if (result.error !== undefined) throw loadFailure(this.#endingOf(result.error));
    const namespace = this.#settled(result.value);
    const taken = this.#vm.callFunction(take, this.#vm.undefined, namespace);
    namespace.dispose();
    // A member may be a getter that throws.
    if (taken.error !== undefined) throw loadFailure(this.#endingOf(taken.error));
    if (this.#vm.typeof(taken.value) !== 'undefined') return taken.value;
    throw new InstanceEnded({ kind: 'load', why: 'its default export has no execute function' });
  }

  /** A module with a top-level await gives a promise. */
  #settled(value: QuickJSHandle): QuickJSHandle {
    this.#runJobs();
    const state = this.#vm.getPromiseState(value);
    if (state.type === 'fulfilled') return state.value;
    if (state.type === 'rejected') throw loadFailure(this.#endingOf(state.error));
    throw new InstanceEnded({ kind: 'load', why: 'its top level waits for something' });
  }

  /** Reads a string only when it is not too long to be let out. */
  #text(handle: QuickJSHandle, maxLength: number): string | undefined {
    const length = this.#vm.getProp(handle, 'length').consume((value) => this.#vm.getNumber(value));
    return length > maxLength ? undefined : this.#vm.getString(handle);
  }

  /** Tells a reached limit from an error of the plugin's own. */
  #endingOf(error: QuickJSHandle): Ending {
    const why = `${this.#member(error, 'name')}: ${this.#member(error, 'message')}`;
    error.dispose();
    return limitIn(why) ?? { kind: 'crash', why };
  }

  /** A member may be a getter: it runs in the virtual machine, under its deadline, and may throw. */
  #member(handle: QuickJSHandle, name: string): string {
    try {
      return this.#vm
        .getProp(handle, name)
        .consume((value) =>
          this.#vm.typeof(value) === 'string' ? (this.#text(value, MAX_ERROR_TEXT) ?? '') : '',
        );
    } catch {
      return '';
    }
  }
}

function answerOf(
  answer: string,
  took: { readonly cpuMs: number; readonly memoryBytes: number },
): WorkerAnswer {
  const text = answer.slice(1);
  if (answer.startsWith('+')) return { kind: 'done', json: text, ...took };
  const limit = limitIn(text);
  if (limit !== undefined) throw new InstanceEnded(limit);
  return { kind: 'failed', why: text, cpuMs: took.cpuMs };
}
