import { Runnable, type RunnableConfig } from '@langchain/core/runnables';
import { END } from '@langchain/langgraph';

import { freshStateOf } from '../state/fresh-state.ts';
import type { GuardEdge } from './guard-edge.ts';

/**
 * What follows a node: its update is written and its guard edge asked, in one step. LangGraph's own writers do the same in
 * four, each of which opens a context and copies the config, and then copy the channels to read what is about to be
 * written. They are still asked about everything that the node has not worked out the state after itself, such as what
 * somebody writes by `updateState`.
 */
export class GuardedWriter extends Runnable<unknown, unknown> {
  lc_namespace = ['phasegate', 'workflow'];
  readonly #node: string;
  readonly #edge: GuardEdge;
  readonly #ordinary: readonly Runnable[];

  constructor(node: string, edge: GuardEdge, ordinary: readonly Runnable[]) {
    super();
    this.#node = node;
    this.#edge = edge;
    this.#ordinary = ordinary;
  }

  override async invoke(update: unknown, config: RunnableConfig = {}): Promise<unknown> {
    const fresh = freshStateOf(update);
    const send: unknown = config.configurable?.['__pregel_send'];
    if (fresh === undefined || typeof send !== 'function') {
      for (const writer of this.#ordinary) await writer.invoke(update, config);
      return update;
    }
    send(Object.entries(fresh.update));
    const destination = await this.#edge(fresh.state, config);
    if (destination !== END) send([[`branch:to:${destination}`, this.#node]]);
    return update;
  }
}
