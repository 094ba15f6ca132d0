import { expect, test } from 'vitest';
import { z } from 'zod';

import type { JsonValue } from '../../../kernel/index.ts';
import type { PluginPackage } from '../../contract/index.ts';
import { deadlines, defineDecisionTables, discountApproval } from './index.ts';

const run = async (
  plugin: PluginPackage,
  operation: string,
  facts: JsonValue,
): Promise<JsonValue> => (await plugin.module?.execute(operation, { facts }, {} as never)) ?? null;

const order = (tier: string, totalCents: number, discountPercent: number): JsonValue => ({
  customer: { tier },
  order: { totalCents, discountPercent },
});

test.each([
  ['new', 499_999, 0, 0, 'none'],
  ['standard', 500_000, 5, 5, 'none'],
  ['silver', 100, 5.5, 8, 'team-lead'],
  ['gold', 4_999_999, 15, 15, 'team-lead'],
  ['gold', 5_000_000, 0, 15, 'board'],
  ['gold', 5_000_000, 15.1, 15, 'head-of-sales'],
])(
  '%s with %i cents and %d percent: up to %d, by %s',
  async (...[tier, total, asked, max, approver]) => {
    expect(await run(discountApproval, 'decide', order(tier, total, asked))).toMatchObject({
      outcome: 'decided',
      decisions: [{ give: [{ maxDiscountPercent: max }] }, { give: [{ approver }] }],
    });
  },
);

test('decides nothing without the facts, and says which are missing', async () => {
  const decided = await run(discountApproval, 'decide', { customer: { tier: 'gold' } });
  expect(decided).toMatchObject({
    outcome: 'undecided',
    decisions: [
      { outcome: 'undecided', give: [], missing: ['order.totalCents'] },
      { outcome: 'undecided', missing: ['order.totalCents', 'order.discountPercent'] },
    ],
  });
});

test('decides nothing for what no row knows', async () => {
  expect(await run(discountApproval, 'decide', order('platinum', 1, 0))).toMatchObject({
    outcome: 'undecided',
    decisions: [{ reason: 'no row fits' }, { outcome: 'decided' }],
  });
});

test('explains each row by its conditions', async () => {
  const explained = await run(discountApproval, 'explain', order('gold', 100, 0));
  expect(explained).toMatchObject({
    outcome: 'decided',
    tables: [
      {
        rows: [
          {
            row: 1,
            fits: false,
            conditions: [
              { path: 'customer.tier', asks: 'one of new, standard', holds: false },
              { path: 'order.totalCents', asks: 'below 500000', holds: true },
            ],
          },
          { row: 2, fits: false },
          { row: 3, fits: false },
          { row: 4, fits: true, because: 'Gold customers get up to 15 percent.' },
        ],
      },
      {},
    ],
  });
});

test('a unique table with two rows that fit decides nothing', async () => {
  const row = (give: number): object => ({
    when: { n: { min: 1 } },
    give: { give },
    because: 'It is.',
  });
  const table = { id: 't', title: 'T', hit: 'unique', inputs: [{ path: 'n', title: 'N' }] };
  const plugin = definitionOf([{ ...table, rows: [row(1), row(2)] }]);
  expect(await run(plugin, 'decide', { n: 1 })).toMatchObject({
    decisions: [{ reason: 'several rows of a unique table fit' }],
  });
  const all = definitionOf([{ ...table, hit: 'collect', rows: [row(1), row(2)] }]);
  expect(await run(all, 'decide', { n: 1 })).toMatchObject({
    decisions: [{ give: [{ give: 1 }, { give: 2 }], rows: [1, 2] }],
  });
});

test('a table that asks for a fact which it does not declare is refused', () => {
  const rows = [{ when: { m: { min: 1 } }, give: {}, because: 'It is.' }];
  const table = { id: 't', title: 'T', hit: 'first', inputs: [{ path: 'n', title: 'N' }], rows };
  expect(() => definitionOf([table])).toThrow('asks for "m", which is no input');
});

function definitionOf(tables: readonly object[]): PluginPackage {
  return defineDecisionTables({
    id: 'test.rules',
    version: '1.0.0',
    title: 'Rules',
    publisher: 'test',
    engines: { phasegate: '*' },
    tables: tables as Parameters<typeof defineDecisionTables>[0]['tables'],
    facts: FACTS,
    examples: [{ n: 1 }],
  });
}

const FACTS = z.object({ n: z.number() });

// Good Friday is 3 April 2026, Easter Monday 6 April; counted on a calendar by hand.
const EASTER = ['2026-04-03', '2026-04-06'];

test.each<[string, JsonValue, string]>([
  [
    '3 working days over Easter',
    { eventOn: '2026-04-01', rule: { days: 3, count: 'working' }, holidays: EASTER },
    '2026-04-08',
  ],
  [
    '1 working day from a Friday',
    { eventOn: '2026-05-08', rule: { days: 1, count: 'working' } },
    '2026-05-11',
  ],
  [
    '14 calendar days that end on a Saturday',
    { eventOn: '2026-05-02', rule: { days: 14, count: 'calendar' } },
    '2026-05-18',
  ],
  [
    'the same, if it may end there',
    { eventOn: '2026-05-02', rule: { days: 14, count: 'calendar', endsOnWorkingDay: false } },
    '2026-05-16',
  ],
  [
    '28 February of a leap year',
    { eventOn: '2028-02-28', rule: { days: 1, count: 'working' } },
    '2028-02-29',
  ],
])('%s', async (_what, facts, dueOn) => {
  expect(await run(deadlines, 'decide', facts)).toMatchObject({ outcome: 'decided', dueOn });
  const explained = await run(deadlines, 'explain', facts);
  expect(explained).toMatchObject({ outcome: 'decided', dueOn });
});

test('a deadline over nothing but free days has no end', async () => {
  const facts = {
    eventOn: '2026-01-01',
    rule: { days: 400, count: 'working' },
    weekend: [1, 2, 3, 4, 5, 6],
    holidays: Array.from({ length: 1000 }, (_, index) =>
      new Date(Date.UTC(2026, 0, 4 + index * 7)).toISOString().slice(0, 10),
    ),
  };
  const decided = await run(deadlines, 'decide', {
    ...facts,
    rule: { days: 3650, count: 'working' },
  });
  expect(decided).toMatchObject({ outcome: 'undecided', dueOn: null });
});
