import { describe, expect, test } from 'vitest';

import { but } from './answers.ts';
import { campaignWith } from './campaign.ts';
import { openModelServer, type Asked, type Reply } from './model-server.ts';

const MALFORMED: Reply = { text: 'Certainly! {"findings": [' };

/** What the agent is answered, by how often it asked before; a good answer after the last. */
const first = (agent: Asked['agent'], ...replies: readonly Reply[]) =>
  openModelServer(but((asked) => (asked.agent === agent ? replies[asked.before] : undefined)));
const always = (agent: Asked['agent'], reply: Reply) =>
  openModelServer(but((asked) => (asked.agent === agent ? reply : undefined)));

describe('an answer that does not parse', () => {
  test('is sent back with what is wrong, twice, and counted', async () => {
    await using server = await first('requirements', MALFORMED, { json: { findings: 'none' } });
    const report = await campaignWith(server).start();
    expect(report).toMatchObject({ status: 'waiting', phase: 'confirmation', usage: { calls: 4 } });
    const [, second, third] = server.asked;
    expect(second?.last).toContain('not one JSON value');
    expect(third?.last).toContain('findings: ');
  });

  test('always, is an error after two repairs; the run goes on when the model has learnt', async () => {
    let learnt = false;
    await using server = await openModelServer(
      but(({ agent }) => (agent === 'strategy' && !learnt ? MALFORMED : undefined)),
    );
    const campaign = campaignWith(server);
    await expect(campaign.start()).rejects.toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
      retryable: false,
    });
    expect(server.counts()).toEqual({ requirements: 1, strategy: 3, generation: 0 });
    learnt = true;
    expect(await campaign.goOn()).toMatchObject({
      status: 'waiting',
      phase: 'confirmation',
      usage: { calls: 5 },
    });
    expect(server.counts()).toEqual({ requirements: 1, strategy: 4, generation: 0 });
    expect((await campaign.history()).map(({ usage }) => usage.calls)).toEqual([1, 4]);
  });
});

describe('a server error', () => {
  test('once is tried again by the phase', async () => {
    await using server = await first('strategy', { status: 500 });
    expect(await campaignWith(server).start()).toMatchObject({
      status: 'waiting',
      phase: 'confirmation',
    });
    expect(server.counts()).toEqual({ requirements: 1, strategy: 2, generation: 0 });
  });

  test('always is an error after three tries, which is worth trying again', async () => {
    await using server = await always('strategy', { status: 503 });
    await expect(campaignWith(server).start()).rejects.toMatchObject({
      code: 'MODEL_SERVER_ERROR',
      retryable: true,
    });
    expect(server.counts()).toEqual({ requirements: 1, strategy: 3, generation: 0 });
  });

  test('in one of several emails waits for the others before all are tried again', async () => {
    await using server = await first('generation', { status: 500 });
    expect(await campaignWith(server).run()).toMatchObject({
      status: 'completed',
      usage: { calls: 6 },
    });
    expect(server.counts()).toMatchObject({ generation: 4 });
  });
});

describe('a provider that wants fewer calls', () => {
  test('is given the time that it asks for', async () => {
    const at: number[] = [];
    await using server = await openModelServer(
      but(({ agent, before }) => {
        if (agent !== 'requirements') return undefined;
        at.push(performance.now());
        return before === 0 ? { status: 429, headers: { 'retry-after': '3' } } : undefined;
      }),
    );
    expect(await campaignWith(server).start()).toMatchObject({ status: 'waiting' });
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(2950);
    expect(server.counts()).toMatchObject({ requirements: 2 });
  });

  test('for long is not waited for, nor asked again: the error says for how long', async () => {
    await using server = await always('requirements', {
      status: 429,
      headers: { 'retry-after': '3600' },
    });
    await expect(campaignWith(server).start()).rejects.toMatchObject({
      code: 'MODEL_RATE_LIMITED',
      hint: expect.stringContaining('3600 s'),
    });
    expect(server.counts()).toMatchObject({ requirements: 1 });
  });
});

describe('a server that does not answer', () => {
  test('is left after the time of one request, and asked three times', async () => {
    await using server = await always('requirements', { silent: true });
    await expect(campaignWith(server, { timeoutMs: 3_000 }).start()).rejects.toMatchObject({
      code: 'MODEL_TIMEOUT',
      retryable: true,
    });
    expect(server.counts()).toMatchObject({ requirements: 3 });
    await Promise.all(server.asked.map(({ closed }) => closed));
  });

  test('is left when the time of the phase is up, with the phase named', async () => {
    await using server = await always('requirements', { silent: true });
    await expect(campaignWith(server, { phaseTimeoutMs: 8_000 }).start()).rejects.toMatchObject({
      code: 'WORKFLOW_PHASE_TIMEOUT',
      details: { phase: 'requirements', timeoutMs: 8_000 },
    });
    expect(server.counts()).toMatchObject({ requirements: 1 });
    await Promise.all(server.asked.map(({ closed }) => closed));
  });
});

describe('the budget of a run', () => {
  // An answer takes 1200 tokens; what a call may take at most is a matter of its prompt and of maxOutputTokens.
  const tokens = (maxTokens: number) => ({
    maxOutputTokens: 500,
    budget: { maxTokens, maxCostUsd: 1 },
  });

  test('refuses the call that could exceed it, in the middle of the run', async () => {
    await using server = await openModelServer(but(() => undefined));
    const campaign = campaignWith(server, tokens(3500));
    await expect(campaign.start()).rejects.toMatchObject({
      code: 'MODEL_BUDGET_SPENT',
      retryable: false,
    });
    expect(server.counts()).toEqual({ requirements: 1, strategy: 0, generation: 0 });
  });
});
