import { LLMock, type ChatCompletionRequest, type FixtureResponse } from '@copilotkit/aimock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { NO_USAGE } from '../state/index.ts';
import type { ChatModelSettings } from './chat-model-settings.ts';
import { createChatModel } from './create-chat-model.ts';
import type { StructuredReply } from './port.ts';

const Plan = z.object({
  title: z.string().min(3),
  days: z.int().min(1).optional(),
  channel: z.enum(['mail', 'letter']),
});
type Plan = z.infer<typeof Plan>;
const GOOD = { title: 'Autumn sale', days: 3, channel: 'mail' };

let server: LLMock;
beforeEach(async () => {
  server = new LLMock({ port: 0, host: '127.0.0.1', strict: true, logLevel: 'silent' });
  await server.start();
});
afterEach(() => server.stop());

/** Answers call after call from `responses`; one more call is a 503 of the strict server. */
function answers(...responses: readonly FixtureResponse[]): void {
  for (const [index, response] of responses.entries()) {
    server.on({ predicate: () => server.getRequests().length === index }, response);
  }
}

function settings(changes: Partial<ChatModelSettings> = {}): ChatModelSettings {
  return {
    provider: 'local',
    model: 'mock-model',
    baseUrl: `${server.url}/v1`,
    apiKey: 'key-1234',
    structuredMethod: 'json_schema',
    timeoutMs: 60_000,
    maxOutputTokens: 500,
    price: { inputUsdPerMillion: 1, outputUsdPerMillion: 10 },
    budget: { maxTokens: 100_000, maxCostUsd: 1 },
    ...changes,
  };
}

function ask(
  changes: Partial<ChatModelSettings> = {},
  spent = NO_USAGE,
): Promise<StructuredReply<Plan>> {
  const signal = new AbortController().signal;
  const request = { name: 'plan', schema: Plan, system: 'You plan.', user: 'Plan it.', signal };
  return createChatModel(settings(changes)).structured(request, spent);
}

function bodies(): readonly ChatCompletionRequest[] {
  return server.getRequests().map((entry) => z.custom<ChatCompletionRequest>().parse(entry.body));
}

test.each([0, 2 ** 31, Number.NaN])('a time of %s ms for a call is refused', (timeoutMs) => {
  expect(() => createChatModel(settings({ timeoutMs }))).toThrow(
    expect.objectContaining({ code: 'MODEL_SETTINGS_INVALID' }),
  );
});

describe('an answer that fits', () => {
  test('comes back parsed, with what it took', async () => {
    answers({
      content: JSON.stringify(GOOD),
      usage: { prompt_tokens: 100, completion_tokens: 20 },
    });
    await expect(ask()).resolves.toEqual({
      value: GOOD,
      usage: { calls: 1, inputTokens: 100, outputTokens: 20, costUsd: 0.0003 },
      repairs: 0,
    });
  });

  test('is asked for with a strict JSON schema, which the server sees', async () => {
    server.on({ responseFormat: 'json_schema' }, { content: JSON.stringify(GOOD) });
    await ask();
    expect(bodies()[0]?.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: {
        name: 'plan',
        strict: true,
        schema: { required: ['title', 'days', 'channel'] },
      },
    });
  });

  test('may come as a tool call', async () => {
    answers({ toolCalls: [{ name: 'plan', arguments: JSON.stringify(GOOD) }] });
    const reply = await ask({ structuredMethod: 'function_calling' });
    expect(reply.value).toEqual(GOOD);
    expect(bodies()[0]?.tool_choice).toEqual({ type: 'function', function: { name: 'plan' } });
  });

  test('may come in JSON mode, where the prompt carries the schema', async () => {
    answers({ content: '```json\n' + JSON.stringify(GOOD) + '\n```' });
    const reply = await ask({ structuredMethod: 'json_mode' });
    expect(reply.value).toEqual(GOOD);
    expect(bodies()[0]?.messages[0]?.content).toContain('"enum":["mail","letter"]');
  });

  test('may leave an optional member out by null', async () => {
    answers({ content: JSON.stringify({ ...GOOD, days: null }) });
    const reply = await ask();
    expect(reply.value).toEqual({ title: 'Autumn sale', channel: 'mail' });
  });
});

describe('an answer that does not fit', () => {
  const usage = { prompt_tokens: 100, completion_tokens: 20 };
  const good = { content: JSON.stringify(GOOD), usage };

  test.each([
    ['malformed JSON', { content: '{"title": "Autumn' }, 'not one JSON value'],
    ['a wrong shape', { content: '{"title":"ab","channel":"fax"}' }, '- channel: Invalid option'],
    ['an empty answer', { content: '' }, 'The answer was empty'],
    ['one cut off', { content: '{"title": "Au', finishReason: 'length' }, 'was cut off'],
  ])('is sent back with the problem: %s', async (_what, bad, complaint) => {
    answers({ ...bad, usage }, good);
    const reply = await ask();
    expect(reply).toMatchObject({ value: GOOD, repairs: 1 });
    expect(reply.usage).toMatchObject({ calls: 2, inputTokens: 200, outputTokens: 40 });
    expect(bodies()[1]?.messages.at(-1)?.content).toContain(complaint);
  });

  test('is sent back when it is text instead of a tool call', async () => {
    answers(
      { content: 'Sure, here is a plan.', usage },
      {
        toolCalls: [{ name: 'plan', arguments: JSON.stringify(GOOD) }],
        usage,
      },
    );
    const reply = await ask({ structuredMethod: 'function_calling' });
    expect(reply).toMatchObject({ value: GOOD, repairs: 1 });
    expect(bodies()[1]?.messages.at(-1)?.content).toContain('Call the tool');
  });

  test('is sent back when the arguments of the tool call are malformed', async () => {
    answers(
      { toolCalls: [{ name: 'plan', arguments: '{"title": ' }], usage },
      {
        toolCalls: [{ name: 'plan', arguments: JSON.stringify(GOOD) }],
        usage,
      },
    );
    await expect(ask({ structuredMethod: 'function_calling' })).resolves.toMatchObject({
      value: GOOD,
      repairs: 1,
    });
  });

  test('ends in an error after two repairs by default, all of them counted', async () => {
    answers({ content: 'no', usage }, { content: 'no', usage }, { content: '{}', usage }, good);
    await expect(ask()).rejects.toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
      retryable: false,
      details: { problem: 'wrong-shape', repairs: 2 },
      usage: { calls: 3, inputTokens: 300, outputTokens: 60 },
    });
    expect(server.getRequests()).toHaveLength(3);
  });

  test('is not repaired at all where maxRepairs is 0', async () => {
    answers({ content: 'no', usage }, good);
    await expect(ask({ maxRepairs: 0 })).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
    expect(server.getRequests()).toHaveLength(1);
  });
});

describe('a provider that fails', () => {
  test.each([
    [500, undefined, { code: 'MODEL_SERVER_ERROR', retryable: true }],
    [503, undefined, { code: 'MODEL_SERVER_ERROR', retryable: true }],
    [401, undefined, { code: 'MODEL_UNAUTHORISED', retryable: false }],
    [403, undefined, { code: 'MODEL_UNAUTHORISED', retryable: false }],
    [404, undefined, { code: 'MODEL_NOT_FOUND', retryable: false }],
    [400, undefined, { code: 'MODEL_REQUEST_INVALID', retryable: false }],
    [400, 'content_filter', { code: 'MODEL_REFUSED', retryable: false }],
    [429, 'insufficient_quota', { code: 'MODEL_RATE_LIMITED', retryable: false }],
  ])('with HTTP %i (%s) is told apart, and was asked once', async (status, code, expected) => {
    answers({ error: { message: 'secret of the prompt', ...(code && { code }) }, status });
    const error: unknown = await ask().catch((caught: unknown) => caught);
    expect(error).toMatchObject(expected);
    expect(server.getRequests()).toHaveLength(1);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/secret|key-1234|Plan it/);
  });

  test('with HTTP 429 says how long to wait', async () => {
    answers({ error: { message: 'slow down' }, status: 429, retryAfter: 7 });
    await expect(ask()).rejects.toMatchObject({
      code: 'MODEL_RATE_LIMITED',
      retryable: true,
      retryAfterMs: 7000,
    });
  });

  test.each([
    ['malformed bodies', { malformedRate: 1 }, 'MODEL_SERVER_ERROR'],
    ['dropped requests', { dropRate: 1 }, 'MODEL_SERVER_ERROR'],
    ['disconnects', { disconnectRate: 1 }, 'MODEL_UNREACHABLE'],
    ['rate limits', { rateLimitRate: 1 }, 'MODEL_RATE_LIMITED'],
  ])('with %s gives a retryable error', async (_what, chaos, code) => {
    answers({ content: JSON.stringify(GOOD) });
    server.setChaos(chaos);
    await expect(ask()).rejects.toMatchObject({ code, retryable: true });
  });

  test('with a late answer runs into the timeout', async () => {
    answers({ content: JSON.stringify(GOOD) });
    server.setChaos({ latencyMs: 2000 });
    await expect(ask({ timeoutMs: 100 })).rejects.toMatchObject({
      code: 'MODEL_TIMEOUT',
      retryable: true,
      details: { timeoutMs: 100 },
    });
  });
});

describe('a budget', () => {
  const spentTokens = { calls: 3, inputTokens: 90_000, outputTokens: 10_000, costUsd: 0.1 };

  test.each([
    ['tokens are spent', spentTokens, 'tokens'],
    ['the next answer could exceed the tokens', { ...spentTokens, outputTokens: 9_600 }, 'tokens'],
    ['money is spent', { ...NO_USAGE, calls: 3, costUsd: 1 }, 'usd'],
    ['the next call could exceed the money', { ...NO_USAGE, calls: 3, costUsd: 0.996 }, 'usd'],
  ])('refuses the call before it is made when %s', async (_when, spent, unit) => {
    answers({ content: JSON.stringify(GOOD) });
    await expect(ask({}, spent)).rejects.toMatchObject({
      code: 'MODEL_BUDGET_SPENT',
      retryable: false,
      details: { unit },
      usage: NO_USAGE,
    });
    expect(server.getRequests()).toHaveLength(0);
  });

  test('is checked again before each repair, and the calls made are reported', async () => {
    answers({ content: 'no', usage: { prompt_tokens: 99_900, completion_tokens: 20 } });
    await expect(ask()).rejects.toMatchObject({
      code: 'MODEL_BUDGET_SPENT',
      usage: { calls: 1, inputTokens: 99_900 },
    });
    expect(server.getRequests()).toHaveLength(1);
  });

  test('without money in it serves a model that costs nothing', async () => {
    answers({ content: JSON.stringify(GOOD) });
    const free = { inputUsdPerMillion: 0, outputUsdPerMillion: 0 };
    const budget = { maxTokens: 100_000, maxCostUsd: 0 };
    await expect(ask({ price: free, budget })).resolves.toMatchObject({ value: GOOD });
  });
});

test('a request that may not fit the context of the model is refused before it is sent', async () => {
  answers({ content: JSON.stringify(GOOD) }, { content: JSON.stringify(GOOD) });
  await expect(ask({ contextTokens: 600 })).rejects.toMatchObject({
    code: 'MODEL_REQUEST_INVALID',
    retryable: false,
    details: { reason: 'context_too_long' },
  });
  expect(server.getRequests()).toHaveLength(0);
  await expect(ask({ contextTokens: 1000 })).resolves.toMatchObject({ value: GOOD });
});

test('a schema without a JSON form is refused before anything is sent', async () => {
  const signal = new AbortController().signal;
  const request = { name: 'when', schema: z.date(), system: '', user: 'When?', signal };
  await expect(createChatModel(settings()).structured(request, NO_USAGE)).rejects.toMatchObject({
    code: 'MODEL_REQUEST_INVALID',
  });
  expect(server.getRequests()).toHaveLength(0);
});
