import { expect, test } from 'vitest';

import type { JsonValue } from '../../../kernel/index.ts';
import { defineGate, evaluateGate } from '../../../validation/index.ts';
import type { PluginPackage } from '../../contract/index.ts';
import { pluginFrom } from '../../fixtures/plugin-from.ts';
import type { ActivePlugin } from '../../registry/registry-parts.ts';
import { packageDemandsOf } from '../demands.ts';
import {
  contactFrequency,
  deadlines,
  defineRules,
  discountApproval,
  ruleCheckOf,
} from './index.ts';
import { rulesFileProblems, withRulesModule } from './rule-pack-file.ts';

const run = async (
  plugin: PluginPackage,
  operation: string,
  facts: JsonValue,
): Promise<JsonValue> => (await plugin.module?.execute(operation, { facts }, {} as never)) ?? null;

const order = (tier: string, total: number, discount: number): JsonValue => ({
  customer: { tier },
  order: { total, discount },
});

test.each([
  ['new', 4999, 0, 0, 'none', []],
  ['standard', 5000, 5, 5, 'none', []],
  ['silver', 1, 5.5, 8, 'team-lead', ['approved']],
  ['gold', 49_999, 15, 15, 'team-lead', ['approved']],
  ['gold', 50_000, 0, 15, 'board', ['approved']],
  ['gold', 50_000, 15.1, 15, 'head-of-sales', ['within-tier', 'approved']],
])(
  '%s with %i and %d percent: up to %d, by %s, failing %j',
  async (...[tier, total, asked, max, approver, failed]) => {
    expect(await run(discountApproval, 'decide', order(tier, total, asked))).toMatchObject({
      outcome: 'decided',
      failed,
      tables: [
        { table: 'highest_discount', output: max },
        { table: 'approver', output: approver },
      ],
    });
  },
);

test('an approval by whom the table names is one', async () => {
  const facts = {
    customer: { tier: 'gold' },
    order: { total: 10, discount: 12, approvedBy: 'team-lead' },
  };
  expect(await run(discountApproval, 'decide', facts)).toMatchObject({ failed: [] });
});

test.each([
  ['without the facts', { customer: { tier: 'gold' } }, 'facts are missing'],
  ['for what no row knows', order('platinum', 1, 0), 'no row of the table fits'],
  ['for facts of another shape', { customer: 'gold' }, 'the facts are not of their shape'],
  ['for nothing', {}, 'facts are missing'],
] as const)('decides nothing %s, and says why', async (_when, facts, reason) => {
  const decided = await run(discountApproval, 'decide', facts);
  expect(decided).toMatchObject({ outcome: 'undecided', rules: [{ outcome: 'undetermined' }, {}] });
  expect(JSON.stringify(decided)).toContain(reason);
});

test('explains what a rule asks, of which facts, and which row decided', async () => {
  const facts = order('gold', 100, 0);
  expect(await run(discountApproval, 'explain', facts)).toMatchObject({
    outcome: 'decided',
    rules: [
      {
        rule: 'within-tier',
        outcome: 'pass',
        expression: 'order.discount <= tables.highest_discount',
        tables: [{ table: 'highest_discount', rows: [4] }],
      },
      { rule: 'approved', optionalPaths: ['order.approvedBy'] },
    ],
  });
});

test.each([
  ['a mailing of the day', { purpose: 'news', recipients: 100, hour: 10 }, [4, 2, 0.1], []],
  [
    'an offer too soon, at night',
    { purpose: 'offer', recipients: 100, hour: 20 },
    [6, 4, 0.1],
    ['rested', 'not-too-many', 'quiet-hours'],
  ],
  ['a notice at night', { purpose: 'service', recipients: 100, hour: 3 }, [0, 20, 0.1], []],
  [
    'a large one that many complain of',
    { purpose: 'news', recipients: 50_000, hour: 10 },
    [4, 2, 0.3],
    ['few-complaints'],
  ],
])(
  '%s',
  async (...[, mailing, [daysSinceLast = 0, sentInThirtyDays = 0, complaintRate = 0], failed]) => {
    const audience = { daysSinceLast, sentInThirtyDays, complaintRate };
    expect(await run(contactFrequency, 'decide', { mailing, audience })).toMatchObject({
      outcome: 'decided',
      failed,
    });
  },
);

const PACK = {
  id: 'limits',
  version: '1.0.0',
  facts: {
    type: 'object',
    properties: {
      input: {
        type: 'object',
        properties: { amount: { type: 'number' } },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  },
  rules: [
    {
      id: 'small',
      expression: 'input.amount < 100.0',
      message: 'It is too much.',
      remedy: 'Take less.',
    },
  ],
} as const;
const limits = defineRules({
  id: 'test.limits',
  version: '1.0.0',
  title: 'Limits',
  publisher: 'test',
  engines: { phasegate: '*' },
  pack: PACK,
  examples: [{ input: { amount: 1 } }],
});

test.each([
  [{ input: { amount: 99 } }, 'allow', undefined],
  [{ input: { amount: 100 } }, 'deny', 'It is too much.'],
  [{ input: {} }, 'deny', 'The rules cannot be decided: facts are missing'],
])('holds a gate by its rules: %j', async (facts, outcome, message) => {
  const plugin = {
    version: { manifest: limits.manifest, digest: limits.digest },
  } as unknown as ActivePlugin;
  const execute = async ({ input }: { readonly input: JsonValue }): Promise<never> => {
    const output = await limits.module?.execute('decide', input, {} as never);
    return { output, digest: limits.digest, operation: 'decide' } as never;
  };
  const check = ruleCheckOf({ execute }, plugin, { id: 'gate', roles: [] });
  const verdict = await evaluateGate(defineGate({ checks: [check] }), facts);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.checks[0]?.message ?? '').toContain(message ?? '');
});

test('a mistake in a pack is told with its place', () => {
  const broken = { ...PACK, rules: [{ ...PACK.rules[0], expression: 'input.amont < 100.0' }] };
  const text = JSON.stringify(broken, null, 2);
  const plugin = folder(text);
  expect(rulesFileProblems(plugin)).toEqual([
    { path: 'rules.json', message: expect.stringMatching(/rules\.json:\d+:\d+/) },
  ]);
  expect(() => withRulesModule(plugin)).toThrow('rules.json');
});

test('a file of rules is the entry of business rules alone', () => {
  const plugin = folder(JSON.stringify(PACK));
  expect(rulesFileProblems(plugin)).toEqual([]);
  const other = { ...plugin, manifest: { ...plugin.manifest, kind: 'data-processor' as const } };
  expect(packageDemandsOf(other)).toContainEqual({
    path: 'entry',
    message: 'A data-processor has code for its entry.',
  });
});

test('a pack of more rules than one call may judge is refused', () => {
  const rules = Array.from({ length: 201 }, (_, index) => ({ ...PACK.rules[0], id: `r-${index}` }));
  const [problem] = rulesFileProblems(folder(JSON.stringify({ ...PACK, rules })));
  expect(problem?.message).toContain('201 rules');
});

test('rules that take longer than the plugin may are given up between two of them', async () => {
  const plugin = withRulesModule(folder(JSON.stringify(PACK), 1));
  const endsAt = performance.now() + 20;
  const input = {
    get amount() {
      while (performance.now() < endsAt);
      return 1;
    },
  };
  await expect(
    async () => await plugin.module?.execute('decide', { facts: { input } }, {} as never),
  ).rejects.toThrow('over 1 ms');
});

function folder(rules: string, cpuMs = 1000): PluginPackage {
  const plugin = pluginFrom('', { files: { 'rules.json': rules }, limits: { cpuMs } });
  return {
    ...plugin,
    manifest: { ...plugin.manifest, kind: 'business-rule', entry: 'rules.json' },
  };
}

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
