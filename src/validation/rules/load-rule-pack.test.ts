import { expect, test } from 'vitest';

import { defineGate, evaluateGate, InvalidRulePackError, type RulePackProblem } from '../index.ts';
import { Claim, claim, packOf } from './fixtures/expense.ts';
import { checksOf, explain, loadRulePack, readRulePack } from './index.ts';

const RULE = { id: 'limit', expression: 'true', message: 'No.', remedy: 'Mend it.' };
const PACK = { id: 'expense', version: '1.0.0', rules: [RULE] };

function problems(text: string): readonly RulePackProblem[] {
  try {
    loadRulePack(text, { file: 'rules/expense.json', facts: Claim });
  } catch (error) {
    if (error instanceof InvalidRulePackError) return error.problems;
    throw error;
  }
  return [];
}
const places = (text: string): readonly string[] =>
  problems(text).map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
const indented = (change: object): string => JSON.stringify({ ...PACK, ...change }, null, 1);

test('a mistake is named with file, line and column, down to the character of an expression', () => {
  const text = `{"id": "expense", "version": "1.0.0", "rules": [
  {"id": "limit",
   "expression": "input.country == \\"\\u0044E\\" && input.extra",
   "message": "No.", "remedy": "Mend it."}]}`;
  const line = text.split('\n')[2] ?? '';
  expect(places(text)).toEqual([
    `3:${line.indexOf('input.extra') + 1} rules.0.expression: Record has no field "extra".`,
  ]);
  expect(() => loadRulePack(text, { file: 'rules/expense.json', facts: Claim })).toThrow(
    /rules\/expense\.json:3:\d+: rules\.0\.expression/,
  );
});

test('unknown keys are refused where they stand', () => {
  expect(places(indented({ rulez: 1 }))).toEqual([
    expect.stringMatching(/^12:2 rulez: There is no/i),
  ]);
  expect(places(indented({ rules: [{ ...RULE, mode: 'deny' }] }))).toEqual([
    expect.stringMatching(/^10:4 rules\.0\.mode: There is no such key\.$/i),
  ]);
});

test('all mistakes are named at once', () => {
  const rules = [
    { ...RULE, expression: 'input.amount > 5' },
    { ...RULE, expression: 'now()' },
    { ...RULE, expression: '1 +' },
  ];
  const tables = [
    {
      id: 't',
      hit: 'first',
      inputs: [{ expression: 'input.x' }],
      output: { type: 'bool' },
      rows: [{ when: ['-'], output: true }],
    },
  ];
  expect(problems(indented({ rules, tables })).map(({ path }) => path)).toEqual([
    'tables.0.inputs.0.expression',
    'rules.0.expression',
    'rules.1.expression',
    'rules.2.expression',
    'rules.1.id',
    'rules.2.id',
  ]);
});

test.each([
  ['no JSON', '{"id": ', /not JSON/i],
  ['a comment', `{/* */"id": "a"}`, /not JSON/i],
  ['a key twice', '{"id": "a", "id": "b"}', /there twice/i],
  ['a prototype', '{"__proto__": {}}', /reserved/i],
  ['nesting without end', '['.repeat(100_000), /too deeply/i],
  ['nothing', '', /empty|not JSON/i],
  ['another kind of value', '[]', /expected object/i],
  ['no rules', JSON.stringify({ ...PACK, rules: [] }), /rules/i],
  [
    'facts that are given twice',
    JSON.stringify({ ...PACK, facts: { type: 'object' } }),
    /already/i,
  ],
  [
    'a unit of nothing',
    JSON.stringify({ ...PACK, units: { 'input.country': 'EUR' } }),
    /no number/i,
  ],
  ['an unknown unit', JSON.stringify({ ...PACK, units: { 'input.count': 'bananas' } }), /unit/i],
])('%s is no pack', (_, text, reason) => {
  expect(() => loadRulePack(text, { file: 'a.json', facts: Claim })).toThrow(reason);
});

test('a pack may bring the shape of its facts, without patterns', async () => {
  const facts = {
    type: 'object',
    properties: {
      input: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
    },
    required: ['input'],
  };
  const text = JSON.stringify({ ...PACK, facts, rules: [{ ...RULE, expression: 'input.n > 1' }] });
  const gate = defineGate({ checks: checksOf(loadRulePack(text, { file: 'a.json' })) });
  expect((await evaluateGate(gate, { input: { n: 2 } })).outcome).toBe('allow');
  expect((await evaluateGate(gate, { input: { n: 1 } })).outcome).toBe('deny');
  expect((await evaluateGate(gate, { input: { n: '2' } })).outcome).toBe('deny');
  const pattern = { type: 'object', properties: { s: { type: 'string', pattern: '(a+)+$' } } };
  expect(() =>
    loadRulePack(JSON.stringify({ ...PACK, facts: pattern }), { file: 'a.json' }),
  ).toThrow(/pattern: There is no such key/i);
  expect(() => loadRulePack(JSON.stringify(PACK), { file: 'a.json' })).toThrow(/no facts/i);
});

test('a loader of another format gives its own places', () => {
  const value = { ...PACK, rules: [{ ...RULE, expression: 'nothing' }] };
  const place = (path: readonly (string | number)[]) => ({ line: path.length, column: 7 });
  expect(() => readRulePack(value, { file: 'a.toml', facts: Claim, place })).toThrow(
    /a\.toml:3:7: /,
  );
});

test('rules are checks of a gate, which names the failing one, its paths and its remedy, never a value', async () => {
  const gate = defineGate({ checks: checksOf(packOf('input.country == "FR" && input.count > 1')) });
  const { outcome, checks } = await evaluateGate(gate, claim);
  expect(outcome).toBe('deny');
  expect(checks).toMatchObject([
    {
      id: 'expense.rule',
      outcome: 'fail',
      message: 'It is too much.',
      remedy: 'Ask for less.',
      paths: ['input.country', 'input.count'],
    },
  ]);
  expect(JSON.stringify(checks)).not.toContain('DE');
});

test('the digest of a pack is in each of its checks', () => {
  const load = (extra: object) =>
    loadRulePack(JSON.stringify({ ...PACK, ...extra }), { file: 'a.json', facts: Claim });
  const [one, same, other] = [load({}), load({}), load({ version: '1.0.1' })];
  const limits = load({ thresholds: { limit: { value: 1, unit: 'EUR' } } });
  const digests = [one, same, other, limits].map((pack) => checksOf(pack)[0]?.digest);
  expect(digests[0]).toBe(digests[1]);
  expect(new Set(digests).size).toBe(3);
});

test('rules that name transitions apply there only', () => {
  const at = { from: 'draft', to: 'review' };
  const rules = [
    { ...RULE, id: 'here', transitions: [at] },
    { ...RULE, id: 'everywhere' },
    { ...RULE, id: 'elsewhere', transitions: [{ from: 'review', to: 'draft' }] },
  ];
  const pack = loadRulePack(JSON.stringify({ ...PACK, rules }), { file: 'a.json', facts: Claim });
  expect(checksOf(pack, at).map(({ id }) => id)).toEqual(['expense.here', 'expense.everywhere']);
  expect(checksOf(pack)).toHaveLength(3);
  expect(checksOf(pack, { from: 'draft', to: 'draft' })).toHaveLength(1);
});

test('a rule is explained by what it reads', () => {
  const thresholds = { limit: { value: 500, unit: 'EUR' } };
  const pack = packOf('input.amount <= thresholds.limit && has(input.note)', { thresholds });
  expect(explain(pack, 'rule')).toMatchObject({
    pack: { id: 'expense', version: '1.0.0', digest: pack.digest },
    severity: 'high',
    paths: ['input.amount', 'input'],
    optionalPaths: ['input.note'],
    thresholds: [{ name: 'limit', value: 500, unit: 'EUR' }],
  });
  expect(() => explain(pack, 'other')).toThrow(
    expect.objectContaining({ code: 'VALIDATION_UNKNOWN_RULE' }),
  );
});
