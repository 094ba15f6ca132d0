import { describe, expect, test } from 'vitest';

import { BRIEF_FILE, but, DRAFTS, goodAnswer, SSN, withSentence } from './answers.ts';
import { openModelServer } from './model-server.ts';
import { openConfiguredPlace, Result } from './place.ts';

const resultOf = ({ out }: { readonly out: string }) => Result.parse(JSON.parse(out));

describe('the built command completes the campaign', () => {
  test.each(['json_schema', 'function_calling', 'json_mode'])('by %s', async (structuredOutput) => {
    await using server = await openModelServer(goodAnswer);
    using place = openConfiguredPlace(server.origin, { structuredOutput });
    const ended = await place.campaign().ended;
    expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: '' });
    const { status, usage, visits, files } = resultOf(ended);
    expect(status).toBe('completed');
    expect(usage).toEqual({ calls: 4, costUsd: expect.closeTo(0.0144) });
    expect(visits?.map(({ variant }) => variant)).toEqual(['llm', 'llm', 'simulated', 'llm', null]);
    expect(files?.filter((file) => file.endsWith('.eml'))).toHaveLength(2);
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(
      Array.from({ length: 4 }, () => 'Bearer key-1234'),
    );
    expect(
      `${server.asked.map(({ body }) => body).join('')}${ended.out}${ended.err}`,
    ).not.toContain(SSN);
  });

  test.each([
    [
      'classic API',
      '/openai/deployments/small',
      'api_version = "2024-10-21"',
      '/openai/deployments/small/chat/completions?api-version=2024-10-21',
      'api-key',
    ],
    ['v1 API', '/openai/v1', '', '/openai/v1/chat/completions', 'authorization'],
  ])("at Azure's %s", async (_which, ...[path, more, url, header]) => {
    await using server = await openModelServer(goodAnswer);
    using place = openConfiguredPlace(server.origin, {
      provider: `api = "azure"\nbase_url = "${server.origin}${path}"\n${more}`,
    });
    const ended = await place.campaign().ended;
    expect(ended.code).toBe(0);
    expect(new Set(server.asked.map((asked) => asked.url))).toEqual(new Set([url]));
    expect(server.asked[0]?.headers[header]).toContain('key-1234');
  });
});

describe('the built command ends clearly', () => {
  test('with 4 and without a file when every email is wrong', async () => {
    const wrong = withSentence(DRAFTS['announce'], {
      text: 'You pay 49 euros.',
      traces: ['offer'],
    });
    await using server = await openModelServer(
      but(({ agent }) => (agent === 'generation' ? { json: wrong } : undefined)),
    );
    using place = openConfiguredPlace(server.origin);
    const ended = await place.campaign().ended;
    expect(ended.code).toBe(4);
    expect(resultOf(ended)).toMatchObject({
      status: 'blocked',
      reason: expect.stringContaining('no-unsupported-figures'),
    });
    expect(place.hasOutput()).toBe(false);
  });

  test('with 1 when answers never parse; the same command goes on when they do', async () => {
    let learnt = false;
    await using server = await openModelServer(
      but(({ agent }) => (agent === 'generation' && !learnt ? { text: 'No.' } : undefined)),
    );
    using place = openConfiguredPlace(server.origin);
    const failed = await place.campaign().ended;
    expect(failed.code).toBe(1);
    expect(resultOf(failed).error?.code).toBe('MODEL_OUTPUT_INVALID');
    expect(resultOf(failed).error?.hint).toMatch(
      /The run is kept\. Go on with: .* --thread bread /,
    );
    learnt = true;
    const ended = await place.campaign().ended;
    expect(ended.code).toBe(0);
    expect(server.counts()).toMatchObject({ requirements: 1, strategy: 1 });
  });

  test('with 1 when the budget is spent; the same command goes on with more of it', async () => {
    await using server = await openModelServer(goodAnswer);
    using place = openConfiguredPlace(server.origin, { maxTokens: 4000 });
    const failed = await place.campaign().ended;
    expect(failed.code).toBe(1);
    expect(resultOf(failed).error).toMatchObject({ code: 'MODEL_BUDGET_SPENT', retryable: false });
    expect(server.counts()).toEqual({ requirements: 1, strategy: 0, generation: 0 });
    place.configure({});
    expect((await place.campaign().ended).code).toBe(0);
    expect(server.counts()).toEqual({ requirements: 1, strategy: 1, generation: 2 });
  });

  test('with 2 when the provider does not accept the key', async () => {
    await using server = await openModelServer(() => ({ status: 401 }));
    using place = openConfiguredPlace(server.origin);
    const ended = await place.campaign().ended;
    expect([ended.code, resultOf(ended).error?.code]).toEqual([2, 'MODEL_UNAUTHORISED']);
    expect(server.asked).toHaveLength(1);
    expect(ended.out + ended.err).not.toContain('key-1234');
  });

  test('with 2 when no model has that name, or its key is not set', async () => {
    await using server = await openModelServer(goodAnswer);
    using place = openConfiguredPlace(server.origin);
    const words = ['run', 'email-campaign', '--input', BRIEF_FILE, '--config', 'config', '--json'];
    const unknown = await place.run(...words, '--model', 'mil');
    expect([unknown.code, resultOf(unknown).error]).toEqual([
      2,
      expect.objectContaining({
        code: 'CONFIG_UNKNOWN_MODEL',
        hint: expect.stringContaining('mill'),
      }),
    ]);
    const keyless = await place.run(...words, '--model', 'mill');
    expect([keyless.code, resultOf(keyless).error]).toEqual([
      2,
      expect.objectContaining({
        code: 'CONFIG_VARIABLE_MISSING',
        message: expect.stringContaining('MILL_API_KEY'),
      }),
    ]);
    expect(server.asked).toEqual([]);
  });

  test('with 130 when it is interrupted while the model thinks; the same command goes on', async () => {
    let thinking = true;
    await using server = await openModelServer(
      but(({ agent }) => (agent === 'strategy' && thinking ? { silent: true } : undefined)),
    );
    using place = openConfiguredPlace(server.origin);
    const { child, ended } = place.campaign();
    await server.reached(2);
    const began = performance.now();
    child.kill('SIGINT');
    await server.asked[1]?.closed;
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(performance.now() - began).toBeLessThan(60_000);
    thinking = false;
    expect((await place.campaign().ended).code).toBe(0);
    expect(server.counts()).toEqual({ requirements: 1, strategy: 2, generation: 2 });
  });
});
