import type { RunnableConfig } from '@langchain/core/runnables';
import { z } from 'zod';

/** Where in LangGraph a node runs. */
export interface Place {
  readonly thread: string;
  /** Names this visit: the same when it is resumed, another in a fork. */
  readonly visit: string;
  /** Whether a `Send` brought its own state here instead of the graph's. */
  readonly pushed: boolean;
}

/** A thread's id as it comes in a config. LangGraph takes numbers too, and files them as texts. */
export const ThreadId = z.union([z.string(), z.number().transform(String)]);

const Configurable = z.object({
  thread_id: ThreadId.optional().catch(undefined),
  checkpoint_ns: z.string().optional().catch(undefined),
});
const Metadata = z.object({ langgraph_path: z.array(z.unknown()).optional() });

/** Reads from LangGraph's config where a node, or a guard edge behind it, runs. */
export function placeOf(config: RunnableConfig): Place {
  const configurable = Configurable.safeParse(config.configurable ?? {});
  const metadata = Metadata.safeParse(config.metadata ?? {});
  return {
    thread: configurable.data?.thread_id ?? '',
    visit: configurable.data?.checkpoint_ns ?? '',
    pushed: metadata.data?.langgraph_path?.[0] === '__pregel_push',
  };
}

/** The state that a node may look at: nothing of what a `Send` brought, not even to refuse it or to close a run by it. */
export function stateAt(place: Place, state: unknown): unknown {
  return place.pushed ? {} : state;
}
