import type { HostCall, Limits } from '../../contract/index.ts';

/** Everything that an instance is made of. Text only: a plugin's files are source and data. */
export interface InstanceSource {
  /** Names the plugin's digest, so that a changed plugin is another instance. */
  readonly key: string;
  readonly entry: string;
  readonly files: ReadonlyMap<string, string>;
  readonly limits: Limits;
  readonly time: boolean;
  readonly random: boolean;
}

/** What a thread is started with. */
export interface WorkerSetup {
  /** QuickJS, compiled once in a process. */
  readonly wasm: object;
  /** One Float64: where the thread's clock stood when it began what it works on; NaN while it works for no plugin. */
  readonly began: SharedArrayBuffer;
}

/** What a thread says of itself once it is up. */
export interface WorkerUp {
  readonly kind: 'up';
  /** What its processor time is looked up by. */
  readonly thread: string | undefined;
}

/** What of a plugin's module is called. */
export type Method = 'initialize' | 'execute' | 'validate' | 'health' | 'cleanup';

/** One step for a worker. It answers each with exactly one {@link WorkerAnswer}, after the virtual machine has come to rest. */
export type WorkerOrder =
  | { readonly kind: 'load'; readonly source: InstanceSource }
  | {
      readonly kind: 'call';
      readonly key: string;
      readonly method: Method;
      /** JSON of the array of arguments. */
      readonly arguments: string;
    }
  | {
      readonly kind: 'reply';
      readonly key: string;
      readonly call: number;
      readonly ok: boolean;
      /** JSON of the value, or the text of the error. */
      readonly text: string;
    }
  | { readonly kind: 'drop'; readonly key: string };

/** A call of the host, waiting for its reply. */
export interface HostRequestMessage {
  readonly call: number;
  readonly name: HostCall;
  /** JSON of the array of arguments. */
  readonly arguments: string;
}

/** Why an instance cannot go on; it is dropped. */
export type Ending =
  | { readonly kind: 'limit'; readonly limit: 'cpuMs' | 'memoryMb' | 'outputKb' | 'hostCalls' }
  /** The module does not evaluate, or has no `execute`. */
  | { readonly kind: 'load'; readonly why: string }
  /** The promise of the call can never settle: nothing is left that could. */
  | { readonly kind: 'stalled' }
  | { readonly kind: 'crash'; readonly why: string };

/** What became of an order. */
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  /** The call waits for these replies (none are new when the list is empty). */
  | { readonly kind: 'waiting'; readonly requests: readonly HostRequestMessage[] }
  | {
      readonly kind: 'done';
      readonly json: string;
      readonly cpuMs: number;
      /** Of the instance, which gives none back before it is dropped. */
      readonly memoryBytes: number;
    }
  /** The plugin's code threw; the instance is sound. */
  | { readonly kind: 'failed'; readonly why: string; readonly cpuMs: number }
  | { readonly kind: 'ended'; readonly ending: Ending; readonly cpuMs: number };
