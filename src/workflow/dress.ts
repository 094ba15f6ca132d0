import type { RunnableConfig } from '@langchain/core/runnables';
import type { BaseCheckpointSaver } from '@langchain/langgraph';

import { inspectCall, type DoorParts } from './door.ts';
import { drawnGraph } from './drawn-graph.ts';
import { leadBack, type Steerable } from './lead-back.ts';
import { hearingRefusals } from './state/refused-writes.ts';
import { shownSchemas } from './shown-schemas.ts';

/** What is dressed: the parts of a compiled graph that callers come in by. */
interface Undressed extends Steerable {
  checkpointer?: unknown;
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
      // A server replaces the checkpointer after compiling, so it is looked up at each call.
      const checkpointer = saverOf(graph.checkpointer, options);
      const inspected = await inspectCall(input, options, { ...parts, checkpointer });
      const goesOn = inspected === null || inspected === undefined;
      const back = async (): Promise<RunnableConfig | undefined> =>
        goesOn && isOnThread(options) ? leadBack(graph, options, parts) : undefined;
      yield* stream(inspected as never, ((await back()) ?? options) as never);
      // A refused jump may have been all that was to be done.
      const again = await back();
      if (again !== undefined) yield* stream(inspected as never, again as never);
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

/** Whether a call is made from outside, on a thread that is kept; inside another graph that graph leads. */
function isOnThread(options: RunnableConfig | undefined): options is RunnableConfig {
  const { thread_id: thread, __pregel_read: nested } = options?.configurable ?? {};
  return thread !== undefined && nested === undefined;
}

function saverOf(
  saver: unknown,
  options: RunnableConfig | undefined,
): BaseCheckpointSaver | undefined {
  const given: unknown = options?.configurable?.['__pregel_checkpointer'] ?? saver;
  return typeof given === 'object' && given !== null && 'getTuple' in given
    ? (given as BaseCheckpointSaver)
    : undefined;
}
