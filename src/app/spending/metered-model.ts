import { isPhasegateError } from '../../kernel/index.ts';
import { ModelError, type Model, type StructuredRequest } from '../../models/index.ts';
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
      await ledger.add(most);
      const settle = async (took: Usage): Promise<void> =>
        ledger.add(summedSigned(took, negated(most)));
      try {
        const reply = await model.structured(request, before);
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
