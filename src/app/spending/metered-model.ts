import { isPhasegateError } from '../../kernel/index.ts';
import {
  ModelError,
  type Model,
  type StructuredRequest,
  type ToolOffer,
} from '../../models/index.ts';
import { NO_USAGE, type Usage } from '../../state/index.ts';
import { negated, summed, type SpendingLedger } from './spending-ledger.ts';

/**
 * Gives a model whose every call stands in a ledger before it is sent, with the most that it may take, and with what it
 * took once that is known. A process that dies in between leaves the most.
 *
 * @param forgotten - What the ledger knew at the start beyond the state of the run: calls of processes that died.
 */
export function meteredModel(
  model: Model,
  ledger: SpendingLedger,
  forgotten: () => Promise<Usage>,
): Model {
  return Object.freeze({
    ...model,
    structured: async <Value>(request: StructuredRequest<Value>, spent: Usage) => {
      const before = summed(spent, await forgotten());
      const most = model.atMost?.(request) ?? NO_USAGE;
      let noted = NO_USAGE;
      const settle = async (took: Usage): Promise<void> => {
        const more = summedSigned(took, negated(noted));
        noted = took;
        await ledger.add(more);
      };
      await settle(most);
      try {
        const reply = await model.structured(withRounds(request, { most, settle }), before);
        await settle(reply.usage);
        return reply;
      } catch (error) {
        // What was cut off may be billed all the same: the most that it may have taken stays.
        if (isPhasegateError(error) && error instanceof ModelError) await settle(error.usage);
        throw error;
      }
    },
  });
}

interface Rounds {
  readonly most: Usage;
  readonly settle: (took: Usage) => Promise<void>;
}

/** Between two rounds of tools, what was taken stands in the ledger, and the most that the next call may take. */
function withRounds<Value>(
  request: StructuredRequest<Value>,
  { most, settle }: Rounds,
): StructuredRequest<Value> {
  const { tools } = request;
  if (tools === undefined) return request;
  const run: ToolOffer['run'] = async (calls, spent) => {
    await settle(spent);
    const results = await tools.run(calls, spent);
    await settle(summedSigned(spent, most));
    return results;
  };
  return { ...request, tools: { ...tools, run } };
}

function summedSigned(one: Usage, other: Usage): Usage {
  return {
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    costUsd: one.costUsd + other.costUsd,
  };
}

/** Gives how much more the ledger knows than the state of the run. */
export function forgottenSpending(ledger: Usage, state: Usage): Usage {
  return summed(ledger, negated(state));
}
