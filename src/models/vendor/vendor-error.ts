import { OpenAIClient } from '@langchain/openai';

import { isPhasegateError, type Clock } from '../../kernel/index.ts';
import type { Usage } from '../../state/index.ts';
import {
  ModelNotFoundError,
  ModelRateLimitedError,
  ModelRefusedError,
  ModelRequestError,
  ModelServerError,
  ModelUnauthorisedError,
  ModelUnreachableError,
  type ModelError,
} from '../errors.ts';

/** A vendor's code is repeated only if it looks like one: anything else could be text of the request. */
const VENDOR_CODE = /^[a-z][a-z0-9_]{0,63}$/;
/** Statuses below 500 that pass by themselves: timeout, conflict (a lock), too early. */
const PASSING_STATUS = new Set([408, 409, 425]);
const QUOTA_CODES = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'access_terminated',
]);

type ApiError = InstanceType<typeof OpenAIClient.APIError>;

/** What a failed call took, by whether the server may have worked on it. */
export interface FailureFacts {
  readonly clock: Clock;
  /** When the server turned it away. */
  readonly refused: Usage;
  /** When it was lost on the way back: it may be billed all the same. */
  readonly lost: Usage;
}

/** Gives the error of ours for whatever the vendor's client threw. One that is ours already stays as it is. */
export function modelErrorFrom(error: unknown, model: string, facts: FailureFacts): Error {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  // The client wraps what the key's owner throws.
  const own = [error, cause].find(isPhasegateError);
  if (own !== undefined) return own;
  const refused = { usage: facts.refused, cause: error };
  const lost = { usage: facts.lost, cause: error };
  if (error instanceof OpenAIClient.APIConnectionError) {
    return new ModelUnreachableError(model, refused);
  }
  if (error instanceof OpenAIClient.APIError && typeof error.status === 'number') {
    const { status } = error;
    return status === 429 || status === 402
      ? limitError(error, model, facts)
      : (statusError(status, model, refused) ?? requestError(error, model, refused));
  }
  // A broken body rejects with fetch's own TypeError, which has a cause; a body that is no completion otherwise.
  if (error instanceof TypeError && cause !== undefined)
    return new ModelUnreachableError(model, lost);
  return new ModelServerError(model, undefined, lost);
}

interface Wrapping {
  readonly usage: Usage;
  readonly cause: unknown;
}

function statusError(status: number, model: string, wrapping: Wrapping): ModelError | undefined {
  if (status === 401 || status === 403) return new ModelUnauthorisedError(model, status, wrapping);
  if (status === 404) return new ModelNotFoundError(model, wrapping);
  if (status >= 500 || PASSING_STATUS.has(status))
    return new ModelServerError(model, status, wrapping);
  return undefined;
}

function limitError(error: ApiError, model: string, facts: FailureFacts): ModelError {
  const quotaSpent = error.status === 402 || QUOTA_CODES.has(codeOf(error) ?? '');
  const limit = { quotaSpent, retryAfterMs: retryAfterMs(error, facts.clock) };
  return new ModelRateLimitedError(model, limit, { usage: facts.refused, cause: error });
}

function requestError(error: ApiError, model: string, wrapping: Wrapping): ModelError {
  const reason = codeOf(error);
  if (reason === 'content_filter') return new ModelRefusedError(model, 'content-filter', wrapping);
  const expected =
    reason === 'context_length_exceeded'
      ? 'a shorter prompt'
      : 'parameters that the server accepts';
  return new ModelRequestError(model, { expected, status: error.status, reason }, wrapping);
}

function codeOf(error: ApiError): string | undefined {
  return typeof error.code === 'string' && VENDOR_CODE.test(error.code) ? error.code : undefined;
}

/** How long the provider asks to wait. @see RFC 9110 section 10.2.3 (Retry-After: seconds or a date) */
function retryAfterMs(error: ApiError, clock: Clock): number | undefined {
  const headers: unknown = error.headers;
  if (!(headers instanceof Headers)) return undefined;
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds;
  const header = headers.get('retry-after') ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(header) ? Number(header) : Number.NaN;
  if (seconds >= 0) return seconds * 1000;
  const untilDate = Date.parse(header) - Date.parse(clock.now());
  return Number.isNaN(untilDate) ? undefined : Math.max(0, untilDate);
}
