import { expect, test } from 'vitest';

import { but } from './answers.ts';
import { openModelServer, type Asked } from './model-server.ts';
import { openConfiguredPlace } from './place.ts';

const DECIDE = 'phasegate_deadlines__decide';
const ARGS = JSON.stringify({
  facts: { eventOn: '2027-09-13', rule: { days: 5, count: 'working' } },
});

/** Several processes one after another, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };

const strategyAsks = (asked: readonly Asked[]): readonly Asked[] =>
  asked.filter(({ agent }) => agent === 'strategy');

test.each(['json_schema', 'function_calling', 'json_mode'])(
  'a model counts days with a tool before it answers, by %s; the trail and the history show it',
  SLOW,
  async (structuredOutput) => {
    await using server = await openModelServer(
      but(({ agent, before }) => {
        if (agent !== 'strategy') return undefined;
        if (before === 0) return { calls: [[DECIDE, ARGS]] };
        return before === 1
          ? {
              calls: [
                [DECIDE, '{"facts": 1}'],
                ['made_up__tool', '{}'],
              ],
            }
          : undefined;
      }),
    );
    using place = openConfiguredPlace(server.origin, { structuredOutput });
    expect(await place.campaign().ended).toMatchObject({ code: 0 });
    const asks = strategyAsks(server.asked);
    expect(asks[0]?.offered).toEqual([DECIDE, 'phasegate_deadlines__explain']);
    expect(asks[1]?.last).toContain('2027-09-20');
    expect(asks[2]?.last).toContain('PLUGINS_BAD_CALL');
    expect(asks).toHaveLength(3);
    const { out } = await place.run('audit', 'show', 'bread', '--json');
    expect(out).toContain(DECIDE);
    expect(out).toContain('phasegate_email-law__honest-subject');
    const shown = await place.run('plugins', 'show', 'phasegate.deadlines');
    expect(shown.out).toMatch(/calls\s+1, 0 failed/);
  },
);

test('a model that calls without end has to answer after six rounds', SLOW, async () => {
  await using server = await openModelServer(
    but(({ agent, before }) =>
      agent === 'strategy' && before < 6 ? { calls: [[DECIDE, ARGS]] } : undefined,
    ),
  );
  using place = openConfiguredPlace(server.origin);
  expect(await place.campaign().ended).toMatchObject({ code: 0 });
  const asks = strategyAsks(server.asked);
  expect(asks).toHaveLength(7);
  expect(asks.at(-1)?.body).toContain('"tool_choice":"none"');
  expect(asks.at(0)?.body).toContain('"tool_choice":"auto"');
});
