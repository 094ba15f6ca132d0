import type { RunnableConfig } from '@langchain/core/runnables';
import { Command, type BaseCheckpointSaver } from '@langchain/langgraph';

/** As much of a compiled graph as a run needs. */
export interface RunnableGraph {
  readonly checkpointer?: BaseCheckpointSaver | boolean | undefined;
  invoke(input: unknown, config: RunnableConfig): Promise<unknown>;
}

/**
 * Runs a workflow on a thread of its own: to the question, and with a person's yes to the end.
 *
 * @throws Error if the run did not stop at the question or did not make all its artifacts: then nothing was measured.
 */
export async function runOnce(
  graph: RunnableGraph,
  {
    input,
    thread,
    last,
  }: { readonly input: unknown; readonly thread: string; readonly last: string },
): Promise<void> {
  const config = { configurable: { thread_id: thread } };
  const asked = await graph.invoke({ input }, config);
  if (!has(asked, '__interrupt__')) throw new Error(`${thread} asked no person`);
  const ended = await graph.invoke(new Command({ resume: { decision: 'approve' } }), config);
  const artifacts = has(ended, 'artifacts') ? ended.artifacts : undefined;
  if (!has(artifacts, last)) throw new Error(`${thread} did not reach "${last}"`);
}

function has<Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}
