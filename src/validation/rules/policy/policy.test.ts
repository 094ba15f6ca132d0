import { expect, test } from 'vitest';
import { z } from 'zod';

import { bindPolicy, judgeByPolicy, loadPolicy, readPolicyCases, runPolicyCases } from './index.ts';
import type { PolicyTarget } from './bind-policy.ts';

const target: PolicyTarget = {
  workflow: 'claims',
  profile: 'production',
  facts: z.object({
    input: z.object({ amount: z.number() }),
    artifacts: z.object({
      draft: z.object({ lines: z.int() }).optional(),
      final: z.object({ checked: z.boolean() }).optional(),
    }),
  }),
  phases: ['draft', 'final'],
  transitions: [
    { from: 'draft', to: 'final' },
    { from: 'final', to: 'completed' },
  ],
  artifactsAt: ({ from }) => new Set(from === 'draft' ? ['draft'] : ['draft', 'final']),
};

const rule = (id: string, expression: string, more: object = {}): object => {
  return { id, expression, message: `${id} fails.`, remedy: 'Mend it.', ...more };
};
const policyText = (rules: readonly object[], bindings: readonly object[]): string =>
  JSON.stringify({ id: 'house', version: '1.0.0', rules, bindings }, null, 2);
const LIMIT = rule('limit', 'input.amount <= 100.0');
const CHECKED = rule('checked', 'artifacts.final.checked');
const AT_END = [{ from: 'final', to: 'completed' }];

const bound = (rules: readonly object[], bindings: readonly object[], other = target) =>
  bindPolicy(loadPolicy(policyText(rules, bindings), 'house.json'), other);
const problems = (rules: readonly object[], bindings: readonly object[]): string => {
  try {
    bound(rules, bindings);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
};

test('a failing rule denies, warns or is recorded, as its binding says', async () => {
  for (const [mode, outcome] of [
    ['deny', 'deny'],
    ['warn', 'allow'],
    ['audit', 'allow'],
  ] as const) {
    const policy = bound([LIMIT], [{ rules: ['*'], mode }]);
    if (policy === undefined) throw new Error('not bound');
    const facts = { input: { amount: 900 }, artifacts: { draft: { lines: 1 } } };
    // oxlint-disable-next-line no-await-in-loop
    const result = await judgeByPolicy(policy, { from: 'draft', to: 'final' }, facts);
    expect(result.outcome).toBe(outcome);
    expect(result.checks).toMatchObject([{ id: 'house.limit', outcome: 'fail', mode }]);
    expect(result.checks[0]?.pack).toBe(policy.pack.digest);
  }
});

test('where several bindings name a rule, the strictest holds', () => {
  const bindings = [
    { rules: ['limit'], mode: 'audit' },
    { rules: ['*'], mode: 'deny', revise: 'draft' },
    { rules: ['limit'], mode: 'deny', workflows: ['claims'], transitions: AT_END },
  ];
  const policy = bound([LIMIT], bindings);
  expect(policy?.bindingsAt({ from: 'draft', to: 'final' })).toMatchObject([
    { mode: 'deny', consequence: { kind: 'revise', to: 'draft' } },
  ]);
  expect(policy?.bindingsAt({ from: 'final', to: 'completed' })).toMatchObject([
    { mode: 'deny', consequence: { kind: 'deny' } },
  ]);
});

test('a policy for another workflow or profile is not bound', () => {
  expect(bound([LIMIT], [{ rules: ['*'], mode: 'deny', workflows: ['payments'] }])).toBeUndefined();
  const development = [{ rules: ['*'], mode: 'deny', profiles: ['development'] }];
  expect(bound([LIMIT], development)).toBeUndefined();
});

test('what stands for nothing is refused with its place', () => {
  const bindings = [
    {
      rules: ['limit', 'lmit'],
      mode: 'deny',
      revise: 'drafting',
      transitions: [{ from: 'draft', to: 'completed' }],
    },
  ];
  const said = problems([LIMIT], bindings);
  expect(said).toMatch(/house\.json:\d+:\d+: bindings\.0\.rules\.1: There is no rule "lmit"\./);
  expect(said).toContain('has no transition draft -> completed');
  expect(said).toContain('has no phase "drafting"');
});

test('a rule that no binding asks anywhere is refused: it would hold nothing', () => {
  const bindings = [{ rules: ['limit'], mode: 'deny' }];
  expect(problems([LIMIT, rule('other', 'input.amount > 0.0')], bindings)).toMatch(
    /rules\.1\.id: No binding asks this rule/,
  );
});

test('a rule that wants an artifact before its phase has run is refused, unless it asks has() first', () => {
  expect(problems([CHECKED], [{ rules: ['*'], mode: 'deny' }])).toContain(
    'The artifact of "final" may not be there when draft -> final is judged',
  );
  expect(problems([CHECKED], [{ rules: ['*'], mode: 'deny', transitions: AT_END }])).toBe('');
  const asking = rule('asking', '!has(artifacts.final) || artifacts.final.checked');
  expect(problems([asking], [{ rules: ['*'], mode: 'deny' }])).toBe('');
});

test('unknown keys, an empty list of bindings and a mistyped rule are refused with their places', () => {
  const binding = { rules: ['*'], mode: 'deny' };
  expect(problems([LIMIT], [{ ...binding, scope: {} }])).toMatch(
    /:\d+:\d+: bindings\.0\.scope: There is no such key/,
  );
  expect(problems([LIMIT], [])).toContain('bindings');
  expect(problems([rule('wrong', 'input.amunt > 1.0')], [binding])).toMatch(
    /house\.json:\d+:\d+: rules\.0\.expression/,
  );
  expect(problems([LIMIT], [{ rules: ['*', 'limit'], mode: 'deny' }])).toContain('"*" alone');
  expect(problems([LIMIT], [{ ...binding, mode: 'warn', revise: 'draft' }])).toContain(
    'leads nowhere',
  );
});

test('cases tell what a policy says, and one that proves nothing is a problem', async () => {
  const policy = bound(
    [LIMIT, CHECKED],
    [
      { rules: ['limit'], mode: 'deny', transitions: [{ from: 'draft', to: 'final' }] },
      { rules: ['checked'], mode: 'warn', transitions: AT_END },
    ],
  );
  if (policy === undefined) throw new Error('not bound');
  const facts = { input: { amount: 900 }, artifacts: { draft: { lines: 1 } } };
  const at = { from: 'draft', to: 'final', facts };
  const cases = readPolicyCases(
    {
      cases: [
        { ...at, name: 'dear', expect: { outcome: 'deny', rules: { limit: 'fail' } } },
        { ...at, name: 'wrong', expect: { outcome: 'allow', rules: { limit: 'pass' } } },
        { ...at, name: 'not asked', expect: { rules: { checked: 'pass' } } },
        { ...at, name: 'nowhere', from: 'final', to: 'draft', expect: { outcome: 'allow' } },
        { ...at, name: 'missing', facts: {}, expect: { rules: { limit: 'undetermined' } } },
        { ...at, name: 'unexpected', facts: {}, expect: { outcome: 'allow' } },
      ],
    },
    'cases.json',
  );
  expect(await runPolicyCases(policy, cases)).toEqual([
    { name: 'dear', problems: [] },
    {
      name: 'wrong',
      problems: ['Expected allow, found deny.', '"limit": expected pass, found fail.'],
    },
    { name: 'not asked', problems: ['The rule "checked" is not asked at draft -> final.'] },
    { name: 'nowhere', problems: ['The policy asks nothing at final -> draft.'] },
    { name: 'missing', problems: [] },
    {
      name: 'unexpected',
      problems: [
        'Expected allow, found deny.',
        expect.stringMatching(
          /^house\.limit has no answer: .* Facts: input, artifacts\.$/,
        ) as string,
      ],
    },
  ]);
  expect(() => readPolicyCases({ cases: [] }, 'cases.json')).toThrow(/cases\.json/);
});
