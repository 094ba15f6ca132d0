import type { RunnableConfig } from '@langchain/core/runnables';
import type { BaseCheckpointSaver } from '@langchain/langgraph';

import { drawnGraph } from '../drawn-graph.ts';
import { shownSchemas } from '../shown-schemas.ts';
import { hearingRefusals } from '../state/refused-writes.ts';
import { inspectCall, inspectNestedCall, type DoorParts } from './inspect-call.ts';
import { lendTuple, type ReadTuple } from './lend-tuple.ts';
import { leadBack, type Steerable } from './lead-back.ts';

/** What is dressed: the parts of a compiled graph that callers come in by. */
interface Undressed extends Steerable {
  checkpointer?: unknown;
  config?: RunnableConfig;
  builder: object;
  _streamIterator(input: never, options?: never): AsyncGenerator<unknown>;
  getGraph(config?: never): unknown;
  getGraphAsync(config?: never): Promise<unknown>;
  withConfig(config: never): unknown;
  bulkUpdateState(config: never, supersteps: never): Promise<RunnableConfig>;
}

/**
 * Puts the door in front of a compiled graph and hangs its drawing up. The graph stays LangGraph's own object; only what
 * callers send is looked at first, a drawing shows the guarded transitions instead of every way an edge could lead, and
 * the schemas that a server shows are those of the workflow.
 */
export function dress<Graph extends Undressed>(
  graph: Graph,
  parts: Omit<DoorParts, 'checkpointer'>,
): Graph {
  const stream = graph._streamIterator.bind(graph);
  const withConfig = graph.withConfig.bind(graph);
  const bulkUpdateState = graph.bulkUpdateState.bind(graph);
  const schemas = shownSchemas(parts.workflow);
  // Where a LangGraph server looks for them before it tries to read the graph's source.
  Object.assign(graph.builder, {
    _schemaRuntimeDefinition: schemas,
    _inputRuntimeDefinition: schemas,
    _outputRuntimeDefinition: schemas,
  });
  const own = {
    async *_streamIterator(input: never, options?: never): AsyncGenerator<unknown> {
      const config = boundConfig(graph.config, options);
      // A server replaces the checkpointer after compiling, so it is looked up at each call.
      const door = { ...parts, checkpointer: saverOf(graph.checkpointer, config) };
      if (isNested(config)) {
        const inspected = await inspectNestedCall(input, config, door);
        yield* stream(input, storedFirst(inspected, graph.config) as never);
        return;
      }
      const { input: given, read } = await inspectCall(input, config, door);
      const inspected = given as never;
      const goesOn = inspected === null || inspected === undefined;
      const back = async (): Promise<RunnableConfig | undefined> =>
        goesOn && isKept(config) ? leadBack(graph, config, parts) : undefined;
      const led = await back();
      const lends = !isListenedTo(options) && graph.config?.callbacks === undefined;
      const lent = lends ? withLent(options, read, parts) : options;
      yield* stream(inspected, storedFirst(led ?? lent, graph.config) as never);
      // A refused jump may have been all that was to be done.
      const again = await back();
      if (again !== undefined) yield* stream(inspected, storedFirst(again, graph.config) as never);
    },
    // `updateState` comes by here as well.
    bulkUpdateState: (config: never, supersteps: never) =>
      hearingRefusals(async () => bulkUpdateState(config, supersteps)),
    getGraph: () => drawnGraph(parts.workflow),
    getGraphAsync: async () => drawnGraph(parts.workflow),
    withConfig: (config: never) => dress(withConfig(config) as Undressed, parts),
  };
  return Object.assign(graph, own);
}

/** How LangGraph is told when a step has to be stored; the last of them by an outer graph. */
interface Durable extends RunnableConfig {
  readonly durability?: unknown;
  readonly checkpointDuring?: unknown;
}

/**
 * The options of a call, by which no phase begins before the one before it is stored, unless the caller chose otherwise:
 * LangGraph itself would go on while a store that is gone has not failed yet, and the work would be done again later.
 */
function storedFirst(options: unknown, bound: Durable | undefined): unknown {
  const given = (options ?? {}) as Durable;
  const isChosen = [bound, given].some(
    (one) =>
      one?.durability !== undefined ||
      one?.checkpointDuring !== undefined ||
      one?.configurable?.['__pregel_durability'] !== undefined,
  );
  return isChosen ? options : { ...given, durability: 'sync' };
}

/** The options of a call, with a saver that knows already what the door has read. */
function withLent(
  options: unknown,
  read: ReadTuple | undefined,
  { clock }: Pick<DoorParts, 'clock'>,
): unknown {
  if (read === undefined) return options;
  const given = (options ?? {}) as RunnableConfig;
  const saver = lendTuple(read, () => clock.monotonicMs());
  return { ...given, configurable: { ...given.configurable, __pregel_checkpointer: saver } };
}

/** Whether callbacks may wait for something between the door and the first step: what the door has read may be old by then. */
function isListenedTo(options: unknown): boolean {
  return ((options ?? {}) as RunnableConfig).callbacks !== undefined;
}

/** A call's config, with the thread and the like that `withConfig` has bound before. */
function boundConfig(bound: RunnableConfig | undefined, options: unknown): RunnableConfig {
  const given = (options ?? {}) as RunnableConfig;
  return { ...given, configurable: { ...bound?.configurable, ...given.configurable } };
}

/** Whether a node of another graph makes the call. */
function isNested({ configurable }: RunnableConfig): boolean {
  return configurable?.['__pregel_scratchpad'] !== undefined;
}

function isKept({ configurable }: RunnableConfig): boolean {
  return configurable?.['thread_id'] !== undefined;
}

function saverOf(saver: unknown, options: RunnableConfig): BaseCheckpointSaver | undefined {
  const given: unknown = options.configurable?.['__pregel_checkpointer'] ?? saver;
  return typeof given === 'object' && given !== null && 'getTuple' in given
    ? (given as BaseCheckpointSaver)
    : undefined;
}
