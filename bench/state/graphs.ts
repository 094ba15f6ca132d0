import type { BaseMessage } from '@langchain/core/messages';
import { Annotation, END, messagesStateReducer, START, StateGraph } from '@langchain/langgraph';
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import { timeOf } from '../measure/alternate.ts';
import type { StateLine } from './lines.ts';
import type { Contender } from './savers.ts';
import { messageOf } from './workload.ts';

/** Measures a graph of LangGraph: one run of so many steps, and 50 runs at once; the saver that keeps all in this process last. */
export async function graphs(
  all: readonly Contender[],
  steps: number,
): Promise<readonly StateLine[]> {
  const one = new Map<string, number>();
  const alone = new Map<string, number>();
  const together = new Map<string, number>();
  for (const { name, saver } of all.toReversed()) {
    await loop(saver, 'graph-warm', 20);
    const ms = await timeOf(async () => loop(saver, 'graph', steps));
    one.set(name, ms);
    alone.set(name, (steps * 1_000) / ms);
    const runs = Array.from({ length: 50 }, (_, index) => `graph-${index}`);
    const each = Math.max(2, Math.round(steps / 20));
    const all50Ms = await timeOf(async () =>
      Promise.all(runs.map(async (thread) => loop(saver, thread, each))),
    );
    together.set(name, (50 * each * 1_000) / all50Ms);
  }
  return [
    { what: `a graph of ${steps} steps`, unit: 'ms', figures: one },
    { what: 'steps with 1 thread', unit: '1/s', isRate: true, figures: alone },
    { what: 'steps with 50 threads', unit: '1/s', isRate: true, figures: together },
  ];
}

async function loop(saver: BaseCheckpointSaver, thread: string, steps: number): Promise<void> {
  const State = Annotation.Root({
    messages: Annotation<BaseMessage[]>({ reducer: messagesStateReducer, default: () => [] }),
  });
  const graph = new StateGraph(State)
    .addNode('speak', ({ messages }) => ({ messages: [messageOf(messages.length)] }))
    .addEdge(START, 'speak')
    .addConditionalEdges('speak', ({ messages }) => (messages.length < steps ? 'speak' : END), [
      'speak',
      END,
    ])
    .compile({ checkpointer: saver });
  const config = { configurable: { thread_id: thread }, recursionLimit: steps + 10 };
  await graph.invoke({ messages: [] }, config);
}
