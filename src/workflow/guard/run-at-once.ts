import { Runnable, type RunnableConfig } from '@langchain/core/runnables';
import {
  AsyncLocalStorageProviderSingleton,
  _CONTEXT_VARIABLES_KEY,
} from '@langchain/core/singletons';
import { isCommand, START } from '@langchain/langgraph';

import { INPUT } from '../../state/index.ts';
import type { Node } from '../nodes/node-parts.ts';
import type { GuardEdge } from './guard-edge.ts';
import { GuardedWriter } from './guarded-writer.ts';

/** Under which LangChain keeps the config that `interrupt` and runnables inside an agent find by themselves. */
const CHILD_CONFIG = Symbol.for('lc:child_config');

/** As much of a compiled graph as is exchanged. */
export interface OwnGraph {
  readonly nodes: object;
}

/** As much of one of its nodes. */
interface OwnNode {
  writers: Runnable[];
  getNode(): Runnable | undefined;
}

/** What a node of ours does, and what decides where it leads. */
export interface NodeAndEdge {
  readonly run: Node;
  readonly edge: GuardEdge;
}

/**
 * Exchanges the steps of a compiled graph's nodes, by their names, for ones that do the same work in fewer.
 *
 * @param first - The node that a run begins at.
 */
export function runAtOnce(
  graph: OwnGraph,
  nodes: ReadonlyMap<string, NodeAndEdge>,
  first: string,
): void {
  // Nodes are told by name at run time only.
  const compiled = graph.nodes as Readonly<Record<string, OwnNode | undefined>>;
  for (const [name, { run, edge }] of nodes) {
    const own = compiled[name];
    if (own === undefined) continue;
    const writer = new GuardedWriter(name, edge, own.writers);
    own.writers = [writer];
    const traced = own.getNode();
    if (traced === undefined) continue;
    const united = new UntracedNode({ run, writer, traced });
    own.getNode = () => united;
  }
  const taken = compiled[START]?.getNode();
  if (compiled[START] === undefined || taken === undefined) return;
  const start = new StartNode(first, taken);
  compiled[START].getNode = () => start;
}

/** Takes the input in and leads to the first node. */
class StartNode extends Runnable<unknown, unknown> {
  lc_namespace = ['phasegate', 'workflow'];
  readonly #first: string;
  readonly #ordinary: Runnable;

  constructor(first: string, ordinary: Runnable) {
    super();
    this.#first = first;
    this.#ordinary = ordinary;
  }

  override async invoke(given: unknown, config: RunnableConfig = {}): Promise<unknown> {
    const send: unknown = config.configurable?.['__pregel_send'];
    if (typeof send !== 'function' || !isInputOnly(given))
      return this.#ordinary.invoke(given, config);
    send([
      [INPUT, given[INPUT]],
      [`branch:to:${this.#first}`, null],
    ]);
    return given;
  }
}

function isInputOnly(given: unknown): given is { readonly [INPUT]: unknown } {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || isCommand(given))
    return false;
  return INPUT in given && Object.keys(given).length === 1;
}

/** What a node is made of. */
interface NodeSteps {
  readonly run: Node;
  readonly writer: GuardedWriter;
  /** LangGraph's own sequence of the two, which tells callbacks about each. */
  readonly traced: Runnable;
}

/**
 * A node with what follows it, as LangGraph calls it. Where nobody listens, that is without callbacks, the node is run and
 * written directly: LangGraph's sequence would make up a trace of each step first, only to drop it.
 */
class UntracedNode extends Runnable<unknown, unknown> {
  lc_namespace = ['phasegate', 'workflow'];
  readonly #steps: NodeSteps;

  constructor(steps: NodeSteps) {
    super();
    this.#steps = steps;
  }

  override async invoke(state: unknown, given: RunnableConfig = {}): Promise<unknown> {
    const { run, writer, traced } = this.#steps;
    if (isListenedTo(given)) return traced.invoke(state, given);
    // They name this run, and none that an agent begins inside it.
    const { runName: _, runId: __, ...config } = given;
    const update = await abortable(
      inContext(config, () => run(state, config)),
      config,
    );
    await writer.invoke(update, config);
    return update;
  }
}

function isListenedTo({ callbacks }: RunnableConfig): boolean {
  if (callbacks === undefined) return false;
  return !('handlers' in callbacks) || callbacks.handlers.length > 0;
}

function inContext<Value>(config: RunnableConfig, work: () => Promise<Value>): Promise<Value> {
  const storage = AsyncLocalStorageProviderSingleton.getInstance();
  const before: unknown = storage.getStore();
  const context: Record<PropertyKey, unknown> = { extra: { [CHILD_CONFIG]: config } };
  if (typeof before === 'object' && before !== null && _CONTEXT_VARIABLES_KEY in before)
    context[_CONTEXT_VARIABLES_KEY] = before[_CONTEXT_VARIABLES_KEY];
  return storage.run(context, work);
}

/** Waits no longer than until the signal; what was not written by then never is. */
async function abortable<Value>(work: Promise<Value>, { signal }: RunnableConfig): Promise<Value> {
  if (signal === undefined) return work;
  const { promise: aborted, reject } = withReject();
  const listener = (): void => reject(reasonOf(signal));
  signal.addEventListener('abort', listener, { once: true });
  try {
    if (signal.aborted) listener();
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', listener);
  }
}

function withReject(): {
  readonly promise: Promise<never>;
  readonly reject: (error: Error) => void;
} {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  return { promise, reject };
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error
    ? reason
    : new Error(typeof reason === 'string' ? reason : 'Aborted');
}
