import type { RunnableConfig } from '@langchain/core/runnables';
import { END } from '@langchain/langgraph';
import { z } from 'zod';

import { isPhasegateError, type Logger } from '../../kernel/index.ts';
import { BLOCKED } from '../../state/index.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import { UnreadableStateError } from '../errors.ts';
import { placeOf } from '../nodes/place.ts';
import { readState } from '../state/read-state.ts';
import { readerAt } from '../state/run-view.ts';
import type { Sealer } from '../state/sealer.ts';
import type { Judge } from './judge.ts';

/** What a guard edge needs. */
export interface EdgeParts {
  readonly workflow: WorkflowShape;
  readonly sealer: Sealer;
  readonly judge: Judge;
  readonly logger: Logger;
}

/** Names the next node. */
export type GuardEdge = (state: unknown, config: RunnableConfig) => Promise<string>;

const Refused = z.object({ phase: z.string(), visit: z.string(), rerouted: z.boolean() });

/**
 * Gives the conditional edge behind every node. It decides by where the run stands in the sealed state, not by the node
 * it hangs on, so `updateState(config, values, asNode)` leads back to where the run was. It never throws: on LangGraph an
 * edge that throws leaves a thread that looks finished, so whatever goes wrong leads to `blocked`.
 */
export function guardEdge(node: string, parts: EdgeParts): GuardEdge {
  return async (state, config) => {
    const { thread, visit } = placeOf(config);
    try {
      if (wasTurnedAway(state, node, visit)) return END;
      const view = readState(state, readerAt(parts, thread));
      const verdict = await parts.judge.verdictOn(view, thread);
      if (verdict === undefined) return END;
      const { from, to, outcome, destination } = verdict;
      const run = view.run?.id ?? '';
      const attempt = view.attempts[from] ?? 0;
      const judged = { thread, run, phase: from, attempt, from, to, outcome, destination };
      parts.logger.info('gate-judged', judged);
      return destination;
    } catch (error) {
      // The node before it has refused to touch what another workflow or version has to read.
      if (error instanceof UnreadableStateError && error.foreign) return END;
      const code = isPhasegateError(error) ? error.code : 'WORKFLOW_GUARD_FAILED';
      parts.logger.error('gate-failed', { thread, phase: node, code });
      // What cannot be read was closed there already; going there again would never end.
      return node === BLOCKED ? END : BLOCKED;
    }
  };
}

/** Whether the node of this visit refused to run, and the run goes on elsewhere by itself. */
function wasTurnedAway(state: unknown, node: string, visit: string): boolean {
  if (typeof state !== 'object' || state === null || !('refusals' in state)) return false;
  const { refusals } = state;
  if (!Array.isArray(refusals) || refusals.length === 0) return false;
  const last = Refused.safeParse(refusals.at(-1)).data;
  // A visit that went well may have refused new input; that refusal names no node.
  return last?.phase === node && visit !== '' && last.visit === visit && !last.rerouted;
}
