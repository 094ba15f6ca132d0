import {
  ModelOutputError,
  type Budget,
  type Model,
  type StructuredRequest,
} from '../models/index.ts';
import { NO_USAGE, type Usage } from '../state/index.ts';
import { abortReason, hangUntilAborted, matches, openScript, type Matcher } from './script.ts';

/** One call that is expected, and how it ends: a value, an error, or not before it is aborted. */
export type ScriptedModelStep = {
  /** Held against system and user prompt. Any call if left out. */
  readonly expect?: Matcher<StructuredRequest<unknown>>;
} & (
  | {
      /** Parsed by the schema of the request; what does not fit is the error of a model that could not be repaired. */
      readonly value: unknown;
      /** What the call takes, besides counting as one. Nothing if left out. */
      readonly usage?: Partial<Usage>;
    }
  | { readonly error: Error }
  | { readonly hangs: true }
);

/** A model that does what a script says. */
export interface ScriptedModel extends Model, AsyncDisposable {
  /** Every request so far, the unexpected ones included. */
  readonly requests: readonly StructuredRequest<unknown>[];
  /**
   * Call it at the end of a test (disposing calls it too).
   *
   * @throws UnexpectedCallError if a call was not foreseen, even if somebody caught it then; UnconsumedStepsError if
   * a step was not used.
   */
  assertConsumed(): void;
}

/**
 * Makes a {@link Model} for tests that answers from `steps`, in their order.
 *
 * @param options - `id` and `budget`, if what is tested looks at them. The budget is not enforced.
 */
export function scriptedModel(
  steps: readonly ScriptedModelStep[],
  options: { readonly id?: string; readonly budget?: Budget } = {},
): ScriptedModel {
  const { id = 'scripted/model', budget = { maxTokens: 1_000_000, maxCostUsd: 100 } } = options;
  const script = openScript(id, steps);
  const requests: StructuredRequest<unknown>[] = [];
  return {
    id,
    budget,
    requests,
    structured: async (request) => {
      requests.push(request);
      if (request.signal.aborted) throw abortReason(request.signal);
      const step = script.take(({ expect }) =>
        matches(expect, request, `${request.system}\n${request.user}`),
      );
      if ('error' in step) throw step.error;
      if ('hangs' in step) return await hangUntilAborted(request.signal);
      const usage = { ...NO_USAGE, calls: 1, ...step.usage };
      const parsed = await request.schema.safeParseAsync(step.value);
      if (parsed.success) return { value: parsed.data, usage, repairs: 0 };
      const { length } = parsed.error.issues;
      throw new ModelOutputError(id, { kind: 'wrong-shape', issues: length, repairs: 0 }, usage);
    },
    assertConsumed: () => script.assertConsumed(),
    [Symbol.asyncDispose]: () => Promise.resolve().then(() => script.assertConsumed()),
  };
}
