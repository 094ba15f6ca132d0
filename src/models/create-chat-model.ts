import type { AIMessage, BaseMessage } from '@langchain/core/messages';
import type { ChatOpenAICompletions } from '@langchain/openai';

import {
  joinSignals,
  LONGEST_TIMER_MS,
  silentLogger,
  systemClock,
  type Clock,
  type Logger,
} from '../kernel/index.ts';
import { NO_USAGE, type Usage } from '../state/index.ts';
import { abortError } from './abort-error.ts';
import {
  DEFAULT_MAX_OUTPUT_TOKENS,
  DEFAULT_MAX_REPAIRS,
  type ChatModelSettings,
} from './chat-model-settings.ts';
import { Completion, readOutput } from './answers/completion.ts';
import {
  ModelOutputError,
  ModelRefusedError,
  ModelRequestError,
  ModelServerError,
  ModelSettingsError,
  ModelTimeoutError,
} from './errors.ts';
import { modelSchema, type ModelSchema } from './answers/json-schema.ts';
import type { Model, StructuredReply, StructuredRequest } from './port.ts';
import { answerFormat, promptText, type AnswerFormat } from './answers/prompt.ts';
import { readAnswer, type AnswerProblem } from './answers/read-answer.ts';
import {
  addUsage,
  estimateTokens,
  refuseOverBudget,
  usageOf,
  type CallTokens,
} from './spending.ts';
import { openRounds } from './tools/rounds.ts';
import type { modelErrorFrom } from './vendor/vendor-error.ts';

/** What the model uses besides its settings. */
export interface ChatModelPorts {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One model, ready to be called. */
interface Caller {
  readonly id: string;
  readonly settings: ChatModelSettings;
  readonly vendor: () => Promise<Vendor>;
  readonly ports: ChatModelPorts;
  readonly maxOutputTokens: number;
}

/** What needs the vendor's package. */
interface Vendor {
  readonly client: ChatOpenAICompletions;
  readonly errorFrom: typeof modelErrorFrom;
}

/** One call of a request: what it sends, and what the request took before it. */
interface Call {
  readonly messages: readonly BaseMessage[];
  readonly format: AnswerFormat;
  readonly estimate: CallTokens;
  readonly here: Usage;
  readonly signal: AbortSignal;
}

const REQUEST_NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * Makes a model of a chat model behind any OpenAI-compatible server: OpenAI, Azure OpenAI, Ollama, vLLM, ...
 *
 * Nothing is sent, and no key is revealed, before the first call. A call is made at most once: retries belong to the
 * workflow. Malformed output is sent back `maxRepairs` times at most, and every call counts.
 *
 * @param settings - Where the model is, what it may spend (tokens, US dollars) and how long a call may take.
 * @param ports - The clock, for waits given as dates, and a logger, which gets counts and flags only.
 * @throws {@link ModelSettingsError} for a time that no timer can keep.
 */
export function createChatModel(
  settings: ChatModelSettings,
  ports: ChatModelPorts = { clock: systemClock, logger: silentLogger },
): Model {
  const id = `${settings.provider}/${settings.model}`;
  if (!(settings.timeoutMs > 0 && settings.timeoutMs <= LONGEST_TIMER_MS))
    throw new ModelSettingsError(id, `timeoutMs above 0 and up to ${LONGEST_TIMER_MS}`);
  const caller: Caller = {
    id,
    settings,
    vendor: lazyVendor(settings),
    ports: { clock: ports.clock, logger: ports.logger.child({ model: id }) },
    maxOutputTokens: settings.maxOutputTokens ?? DEFAULT_MAX_OUTPUT_TOKENS,
  };
  return Object.freeze({
    id,
    budget: Object.freeze({ ...settings.budget }),
    structured: <Value>(request: StructuredRequest<Value>, spent: Usage) =>
      answer(caller, request, spent),
    atMost: (request: StructuredRequest<unknown>) => atMost(caller, request),
  });
}

/** @throws {@link ModelRequestError} for what {@link answer} would refuse for the same reason. */
function atMost(caller: Caller, request: StructuredRequest<unknown>): Usage {
  const { settings } = caller;
  const format = answerFormat(settings.structuredMethod, request.name, schemaOf(caller, request));
  const asking = openRounds(request, format).asking(undefined);
  return usageOf(estimateOf(caller, asking.messages, asking.format), settings.price);
}

async function answer<Value>(
  caller: Caller,
  request: StructuredRequest<Value>,
  spent: Usage,
): Promise<StructuredReply<Value>> {
  const { id, settings } = caller;
  const asked = schemaOf(caller, request);
  const format = answerFormat(settings.structuredMethod, request.name, asked);
  const contract = {
    schema: request.schema,
    wrapped: asked.wrapped,
    toolExpected: settings.structuredMethod === 'function_calling',
  };
  const maxRepairs = settings.maxRepairs ?? DEFAULT_MAX_REPAIRS;
  const rounds = openRounds(request, format);
  let here = NO_USAGE;
  let problem: AnswerProblem | undefined;
  for (let repairs = 0; repairs <= maxRepairs;) {
    const asking = rounds.asking(problem);
    const estimate = estimateOf(caller, asking.messages, asking.format);
    refuseOverContext(caller, estimate, here);
    refuseOverBudget({ model: id, budget: settings.budget, price: settings.price }, estimate, {
      before: spent,
      here,
    });
    // A repair, and a round of calls, depend on the answer before them.
    // oxlint-disable-next-line no-await-in-loop
    const completion = await complete(caller, {
      ...asking,
      estimate,
      here,
      signal: request.signal,
    });
    const output = readOutput(completion, request.name);
    here = addUsage(here, usageOf(tokensOf(caller, completion, estimate), settings.price));
    if (output.kind === 'refused') throw new ModelRefusedError(id, output.by, { usage: here });
    // oxlint-disable-next-line no-await-in-loop
    if (output.kind !== 'tool-call' && (await rounds.carryOut(completion, here))) {
      problem = undefined;
      continue;
    }
    // oxlint-disable-next-line no-await-in-loop
    const reading = await readAnswer(output, contract);
    if (reading.kind === 'value') return { value: reading.value, usage: here, repairs };
    ({ problem } = reading);
    caller.ports.logger.info('model-output-unusable', {
      problem: problem.kind,
      issues: problem.issues.length,
      repairs,
    });
    repairs += 1;
  }
  const last = {
    kind: problem?.kind ?? 'empty',
    issues: problem?.issues.length ?? 0,
    repairs: maxRepairs,
  } as const;
  throw new ModelOutputError(id, last, here);
}

/** Loads the vendor's package with the first call: it takes longer than a whole run without a model. */
function lazyVendor(settings: ChatModelSettings): () => Promise<Vendor> {
  let vendor: Promise<Vendor> | undefined;
  return () => {
    vendor ??= Promise.all([
      import('./vendor/completions-client.ts'),
      import('./vendor/vendor-error.ts'),
    ]).then(([{ completionsClient }, { modelErrorFrom: errorFrom }]) => ({
      client: completionsClient(settings),
      errorFrom,
    }));
    return vendor;
  };
}

/** Checks what can be checked before anything is sent. */
function schemaOf(caller: Caller, request: StructuredRequest<unknown>): ModelSchema {
  if (!REQUEST_NAME.test(request.name)) {
    throw new ModelRequestError(caller.id, {
      expected: 'a name of 1 to 64 letters, digits, "_" or "-"',
    });
  }
  try {
    return modelSchema(request.schema);
  } catch (cause) {
    throw new ModelRequestError(
      caller.id,
      { expected: 'a schema that JSON Schema can express' },
      { cause },
    );
  }
}

function estimateOf(
  caller: Caller,
  messages: readonly BaseMessage[],
  format: AnswerFormat,
): CallTokens {
  return {
    inputTokens: estimateTokens(promptText(messages, format)),
    outputTokens: caller.maxOutputTokens,
  };
}

/** @throws {@link ModelRequestError} if question and answer may not fit the context of the model together. */
function refuseOverContext(caller: Caller, estimate: CallTokens, usage: Usage): void {
  const { contextTokens = Number.POSITIVE_INFINITY } = caller.settings;
  if (estimate.inputTokens + estimate.outputTokens <= contextTokens) return;
  throw new ModelRequestError(
    caller.id,
    {
      expected: `at most ${contextTokens} tokens for question and answer together`,
      reason: 'context_too_long',
    },
    { usage },
  );
}

/** Makes one call, and gives what the server said. */
async function complete(caller: Caller, call: Call): Promise<Completion> {
  const { id, settings, ports } = caller;
  const { client, errorFrom } = await caller.vendor();
  if (call.signal.aborted) throw abortError(call.signal);
  using deadline = joinSignals([call.signal], settings.timeoutMs);
  // A call that failed may still be billed for its prompt once the server had it.
  const lost = addUsage(call.here, usageOf({ ...call.estimate, outputTokens: 0 }, settings.price));
  const refused = addUsage(call.here, usageOf({ inputTokens: 0, outputTokens: 0 }, settings.price));
  const startedMs = ports.clock.monotonicMs();
  try {
    const message = await client.invoke([...call.messages], {
      ...call.format.options,
      signal: deadline.signal,
    });
    ports.logger.debug('model-answered', {
      durationMs: Math.round(ports.clock.monotonicMs() - startedMs),
    });
    return rawCompletion(id, message, lost);
  } catch (error) {
    if (call.signal.aborted) throw abortError(call.signal);
    if (deadline.timedOut())
      throw new ModelTimeoutError(id, settings.timeoutMs, { usage: lost, cause: error });
    throw errorFrom(error, id, { clock: ports.clock, refused, lost });
  }
}

function rawCompletion(id: string, message: AIMessage, usage: Usage): Completion {
  const completion = Completion.safeParse(message.additional_kwargs['__raw_response']);
  if (!completion.success)
    throw new ModelServerError(id, undefined, { usage, cause: completion.error });
  return completion.data;
}

/** The provider's own count; if there is none, an estimate from above. */
function tokensOf(caller: Caller, completion: Completion, estimate: CallTokens): CallTokens {
  const { usage } = completion;
  if (usage !== null && usage !== undefined) {
    return { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
  }
  const tokens = { ...estimate, outputTokens: estimateTokens(JSON.stringify(completion.choices)) };
  caller.ports.logger.warn('model-usage-estimated', { ...tokens, estimated: true });
  return tokens;
}
