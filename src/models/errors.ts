import { PhasegateError, type ErrorOptions } from '../kernel/index.ts';
import { NO_USAGE, type Usage } from '../state/index.ts';

/** What a model error says besides its message. */
export interface ModelErrorOptions extends ErrorOptions {
  /** What the failed request took in all, earlier repairs included. Nothing if left out. */
  readonly usage?: Usage | undefined;
}

/**
 * A model gave no usable answer. Messages and details never hold a prompt, an answer or a key; the vendor's own error,
 * which may, is `cause`.
 */
export abstract class ModelError extends PhasegateError {
  /** What the failed request took in all, repairs included: it counts against the run's budget like any other. */
  readonly usage: Usage;

  constructor(message: string, options: ModelErrorOptions) {
    super(message, options);
    this.usage = options.usage ?? NO_USAGE;
  }
}

/** Nobody answered at the base URL, or the connection broke before the answer was complete. */
export class ModelUnreachableError extends ModelError {
  readonly code = 'MODEL_UNREACHABLE';
  constructor(model: string, options: { readonly usage?: Usage; readonly cause: unknown }) {
    super(`Model ${model}: no answer from its server.`, {
      ...options,
      hint: 'Check that its server runs and can be reached from here: base_url of its provider in config/llm.toml says where it is.',
      retryable: true,
      details: { model },
    });
  }
}

/** The provider wants fewer calls, or the account has nothing left to spend (then a retry is useless). */
export class ModelRateLimitedError extends ModelError {
  readonly code = 'MODEL_RATE_LIMITED';
  /** How long the provider asks to wait; undefined when it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(
    model: string,
    limit: { readonly quotaSpent: boolean; readonly retryAfterMs: number | undefined },
    options: { readonly usage?: Usage; readonly cause: unknown },
  ) {
    const { quotaSpent, retryAfterMs } = limit;
    super(
      `Model ${model}: ${quotaSpent ? 'the account has no quota left' : 'too many requests'}.`,
      {
        ...options,
        hint: quotaSpent
          ? "Add credit or quota to the provider's account."
          : `Wait${retryAfterMs === undefined ? '' : ` ${Math.ceil(retryAfterMs / 1000)} s`}, then call again.`,
        retryable: !quotaSpent,
        details: { model, quotaSpent, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
      },
    );
    this.retryAfterMs = retryAfterMs;
  }
}

/** The provider does not accept the key, or the key may not use the model. */
export class ModelUnauthorisedError extends ModelError {
  readonly code = 'MODEL_UNAUTHORISED';
  constructor(
    model: string,
    status: number,
    options: { readonly usage?: Usage; readonly cause: unknown },
  ) {
    super(`Model ${model}: the provider does not accept the key (HTTP ${status}).`, {
      ...options,
      hint: 'Check api_key of its provider in config/llm.toml, or the variable that it names, and what that key may use.',
      details: { model, status },
    });
  }
}

/** The server does not know the model, or the base URL is not that of an OpenAI-compatible API. */
export class ModelNotFoundError extends ModelError {
  readonly code = 'MODEL_NOT_FOUND';
  constructor(model: string, options: { readonly usage?: Usage; readonly cause: unknown }) {
    super(`Model ${model}: not found at its server (HTTP 404).`, {
      ...options,
      hint: 'In config/llm.toml, check model of its [models] entry, and that base_url of its provider ends where /chat/completions begins (often /v1).',
      details: { model },
    });
  }
}

/** No complete answer came in time. */
export class ModelTimeoutError extends ModelError {
  readonly code = 'MODEL_TIMEOUT';
  constructor(
    model: string,
    timeoutMs: number,
    options: { readonly usage?: Usage; readonly cause: unknown },
  ) {
    super(`Model ${model}: no complete answer within ${timeoutMs} ms.`, {
      ...options,
      hint: 'Call again, or raise timeout_ms of [request] in config/llm.toml.',
      retryable: true,
      details: { model, timeoutMs },
    });
  }
}

/** Why an answer could not be used. */
export type OutputProblemKind =
  | 'empty'
  | 'truncated'
  | 'no-tool-call'
  | 'malformed-json'
  | 'wrong-shape';

/** The model's answer did not fit the schema, and sending the problem back did not help. */
export class ModelOutputError extends ModelError {
  readonly code = 'MODEL_OUTPUT_INVALID';
  constructor(
    model: string,
    problem: {
      readonly kind: OutputProblemKind;
      readonly issues: number;
      readonly repairs: number;
    },
    usage: Usage,
  ) {
    super(
      `Model ${model}: the answer does not fit its schema (${problem.kind}) after ${problem.repairs} repairs.`,
      {
        usage,
        hint:
          problem.kind === 'truncated'
            ? 'Raise max_output_tokens of its [models] entry in config/llm.toml (maxOutputTokens in code), and run it again.'
            : 'In config/llm.toml, try another structured_output of its [models] entry (structuredMethod in code), or name a stronger model there; then run it again.',
        details: { model, problem: problem.kind, issues: problem.issues, repairs: problem.repairs },
      },
    );
  }
}

/** The model or the provider's content filter declined to answer. */
export class ModelRefusedError extends ModelError {
  readonly code = 'MODEL_REFUSED';
  constructor(
    model: string,
    by: 'model' | 'content-filter',
    options: { readonly usage?: Usage | undefined; readonly cause?: unknown },
  ) {
    super(
      `Model ${model}: the request was declined by the ${by === 'model' ? 'model' : 'content filter'}.`,
      {
        ...options,
        hint: 'Change the brief or the prompt; the same request will be declined again.',
        details: { model, by },
      },
    );
  }
}

/** The next call could exceed what the run may spend; it was not made. */
export class ModelBudgetError extends ModelError {
  readonly code = 'MODEL_BUDGET_SPENT';
  constructor(
    model: string,
    limit: {
      readonly unit: 'tokens' | 'usd';
      readonly spent: number;
      readonly next: number;
      readonly budget: number;
    },
    usage: Usage,
  ) {
    super(
      `Model ${model}: ${limit.spent} ${limit.unit} spent, the next call may take ${limit.next}, the budget is ${limit.budget}.`,
      {
        usage,
        hint: `In config/llm.toml, raise ${limit.unit === 'usd' ? 'max_cost_usd' : 'max_tokens'} of [budget], or lower max_output_tokens of its [models] entry.`,
        details: { model, ...limit },
      },
    );
  }
}

/** The provider failed, or what it sent is not a chat completion. */
export class ModelServerError extends ModelError {
  readonly code = 'MODEL_SERVER_ERROR';
  constructor(
    model: string,
    status: number | undefined,
    options: { readonly usage?: Usage | undefined; readonly cause?: unknown },
  ) {
    super(
      `Model ${model}: ${status === undefined ? 'its server sent no chat completion' : `server error (HTTP ${status})`}.`,
      {
        ...options,
        hint: 'Call again later; if it persists, check that base_url of its provider in config/llm.toml leads to an OpenAI-compatible API.',
        retryable: true,
        details: { model, ...(status === undefined ? {} : { status }) },
      },
    );
  }
}

/** The request cannot be asked of this model: a schema without a JSON form, or parameters that the server refuses. */
export class ModelRequestError extends ModelError {
  readonly code = 'MODEL_REQUEST_INVALID';
  constructor(
    model: string,
    problem: {
      readonly expected: string;
      readonly status?: number | undefined;
      readonly reason?: string | undefined;
    },
    options: { readonly usage?: Usage; readonly cause?: unknown } = {},
  ) {
    super(`Model ${model}: the request was not acceptable; expected ${problem.expected}.`, {
      ...options,
      hint: 'Shorten the request, or mend its [models] entry in config/llm.toml: structured_output (structuredMethod in code), temperature, max_output_tokens, context_tokens.',
      details: {
        model,
        ...(problem.status === undefined ? {} : { status: problem.status }),
        ...(problem.reason === undefined ? {} : { reason: problem.reason }),
      },
    });
  }
}

/** The prompt holds data that may not go to this model, or could not be looked through. Nothing was sent. */
export class ModelPromptRefusedError extends ModelError {
  readonly code = 'MODEL_PROMPT_REFUSED';
  constructor(
    model: string,
    found: { readonly types: readonly string[]; readonly count: number },
    cause?: unknown,
  ) {
    const { types, count } = found;
    super(
      count === 0
        ? `Model ${model}: the prompt could not be looked through for data of persons, so it was not sent.`
        : `Model ${model}: the prompt holds ${count} pieces of data that may not go there (${types.join(', ')}), so it was not sent.`,
      {
        hint: 'Take them out, or set prompt_data of its provider in config/llm.toml: "pseudonymise", or "allow" for one that may have them.',
        details: { model, types: types.join(' '), count },
        cause,
      },
    );
  }
}

/** The settings of a chat model cannot work. */
export class ModelSettingsError extends ModelError {
  readonly code = 'MODEL_SETTINGS_INVALID';
  constructor(model: string, expected: string) {
    super(`Model ${model}: expected ${expected}.`, {
      hint: 'Mend the settings that createChatModel was given.',
      details: { model },
    });
  }
}
