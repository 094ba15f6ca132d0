import { Runnable, type RunnableConfig } from '@langchain/core/runnables';

import type { GuardEdge } from './guard-edge.ts';

/**
 * A guard edge as LangGraph calls it. A plain function would be wrapped in a traced runnable at every step, which costs
 * more than the guard itself; what a gate decided is in the state and in the log.
 */
export class UntracedEdge extends Runnable<unknown, string> {
  lc_namespace = ['phasegate', 'workflow'];
  readonly #edge: GuardEdge;

  constructor(edge: GuardEdge) {
    super();
    this.#edge = edge;
  }

  override invoke(state: unknown, config: RunnableConfig = {}): Promise<string> {
    return this.#edge(state, config);
  }
}
