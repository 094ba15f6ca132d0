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

/** Reads from LangGraph's config where a node, or a guard edge behind it, runs. */
export function placeOf({ configurable, metadata }: RunnableConfig): Place {
  // Told by hand, because it is asked at every node and edge.
  const thread: unknown = configurable?.['thread_id'];
  const visit: unknown = configurable?.['checkpoint_ns'];
  const path: unknown = metadata?.['langgraph_path'];
  return {
    thread: typeof thread === 'string' || isNumber(thread) ? String(thread) : '',
    visit: typeof visit === 'string' ? visit : '',
    pushed: Array.isArray(path) && path[0] === '__pregel_push',
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The state that a node may look at: nothing of what a `Send` brought, not even to refuse it or to close a run by it. */
export function stateAt(place: Place, state: unknown): unknown {
  return place.pushed ? {} : state;
}
