import { describe, expect, test } from 'vitest';

import { BRIEF_FILE, but } from './answers.ts';
import { openModelServer, type Reply } from './model-server.ts';
import { openConfiguredPlace, Result } from './place.ts';

const resultOf = ({ out }: { readonly out: string }) => Result.parse(JSON.parse(out));

/** A model that plans nothing, and does everything else well. */
const withoutPlans = (reply: Reply) =>
  openModelServer(but(({ agent }) => (agent === 'strategy' ? reply : undefined)));

describe('a campaign whose model fails for good in one phase', () => {
  test.each([
    ['MODEL_SERVER_ERROR', { status: 503 }],
    ['MODEL_OUTPUT_INVALID', { text: 'Certainly!' }],
  ] as const)(
    'completes with the simulated agent there, and says %s wherever it is shown',
    async (code, reply) => {
      await using server = await withoutPlans(reply);
      using place = openConfiguredPlace(server.origin, { fallback: 'simulated' });
      const ended = await place.campaign().ended;
      expect(ended.code).toBe(0);
      const said = `variant: simulated, fallback from llm because ${code}`;
      expect(ended.err).toBe(
        `! The model failed in phase strategy (${code}), so its simulated agent worked instead.\n`,
      );
      const { status, fallbacks, visits } = resultOf(ended);
      expect(status).toBe('completed');
      expect(fallbacks).toEqual([
        { phase: 'strategy', attempt: 1, variant: 'simulated', from: 'llm', because: code },
      ]);
      expect(visits?.map(({ variant }) => variant)).toEqual([
        'llm',
        'simulated',
        'simulated',
        'llm',
        null,
      ]);
      expect(visits?.map(({ fallback }) => fallback)).toEqual([
        undefined,
        { from: 'llm', because: code },
        undefined,
        undefined,
        undefined,
      ]);
      const shown = await place.run('show', 'bread', '--config', 'config');
      expect(shown.out).toContain(`strategy: ${said}`);
      const { out } = await place.run('audit', 'show', 'bread', '--config', 'config', '--json');
      expect(out).toContain(`"because":"${code}"`);
      expect(out).toContain('"fallbackFrom":"llm"');
    },
  );

  test('stops there unless told otherwise, and goes on with --fallback simulated', async () => {
    await using server = await withoutPlans({ text: 'Certainly!' });
    using place = openConfiguredPlace(server.origin);
    const stopped = await place.campaign().ended;
    expect(stopped.code).toBe(1);
    expect(resultOf(stopped).error?.code).toBe('MODEL_OUTPUT_INVALID');
    const ended = await place.campaign('--fallback', 'simulated').ended;
    expect(ended.code).toBe(0);
    expect(resultOf(ended).fallbacks).toHaveLength(1);
  });

  test('takes the command line over the configuration', async () => {
    await using server = await withoutPlans({ text: 'Certainly!' });
    using place = openConfiguredPlace(server.origin, { fallback: 'simulated' });
    expect(await place.campaign('--fallback', 'none').ended).toMatchObject({ code: 1 });
  });
});

test('a fallback that does not exist is refused, with those that do', async () => {
  await using server = await withoutPlans({ status: 500 });
  using place = openConfiguredPlace(server.origin);
  const ended = await place.run(
    'run',
    'email-campaign',
    '--input',
    BRIEF_FILE,
    '--fallback',
    'magic',
  );
  expect(ended.code).toBe(2);
  expect(ended.err).toMatch(/option --fallback.*none.*simulated/s);
});
