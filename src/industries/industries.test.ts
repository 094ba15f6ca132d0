import { describe, expect, test } from 'vitest';

import { isPhasegateError } from '../kernel/index.ts';
import { conformanceOf, openConformanceRun } from '../plugins/index.ts';
import { explain } from '../validation/rules/index.ts';
import { agentChecks } from './fixtures/agent-case.ts';
import { askRule, goldenCases, withoutFact } from './fixtures/golden-cases.ts';
import { industries } from './index.ts';

const trades = Object.entries(industries);

describe.each(trades)('%s', async (folder, trade) => {
  const { cases, bases, texts } = await goldenCases(trade);
  const rules = trade.rules().rules.map(({ text }) => text.id);

  test('is named as its folder', () => {
    expect(trade.id).toBe(folder);
    expect(trade.describe().phases.length).toBeGreaterThanOrEqual(3);
  });

  test.each(cases)('$name', async ({ rule, outcome, facts }) => {
    expect(await askRule(trade, rule, facts)).toBe(outcome);
  });

  test.each(agentChecks(trade, bases, texts))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  test('each rule has a case that passes and one that fails', () => {
    const lacking = rules.flatMap((rule) =>
      ['pass', 'fail']
        .filter((outcome) => !cases.some((one) => one.rule === rule && one.outcome === outcome))
        .map((outcome) => `${rule}: ${outcome}`),
    );
    expect(lacking).toEqual([]);
  });

  test('each threshold has a case on both sides of its boundary', () => {
    const lacking = [...trade.rules().thresholds.keys()].flatMap((name) =>
      ['pass', 'fail']
        .filter((outcome) => !cases.some((one) => one.at === name && one.outcome === outcome))
        .map((outcome) => `${name}: ${outcome}`),
    );
    expect(lacking).toEqual([]);
  });

  test.each(rules)('%s is undetermined where a fact that it needs is missing', async (rule) => {
    const passing = cases.find((one) => one.rule === rule && one.outcome === 'pass');
    const [path = ''] = explain(trade.rules(), rule).paths;
    const [group, part] = path.split('.');
    const facts = withoutFact(passing?.facts ?? {}, `${group}.${part}`);
    expect(await askRule(trade, rule, facts)).toBe('undetermined');
  });

  test('its template keeps what templates promise, and makes the plan that is run', async () => {
    await using run = await openConformanceRun(trade.template);
    const results = await conformanceOf(trade.template, run);
    expect(results.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    const made = await run.call('instantiate', { parameters: {} });
    expect(made).toMatchObject({ plan: trade.plan() });
  });

  test('another threshold makes other gates; one that does not fit is refused', () => {
    const [name = '', { value } = { value: 0 }] = [...trade.rules().thresholds][0] ?? [];
    const digests = [trade.describe(), trade.describe({ [name]: value + 1 })].map(
      ({ digest }) => digest,
    );
    expect(digests[0]).not.toBe(digests[1]);
    for (const parameters of [{ [name]: 'many' }, { [name]: -1 }, { surprise: 1 }]) {
      expect(codeOf(() => trade.describe(parameters))).toBe('PLUGINS_SCHEMA_MISMATCH');
    }
  });

  test('input that is no JSON is refused without being quoted', () => {
    try {
      trade.inputFrom('{"secret-word": oops');
      expect.unreachable();
    } catch (error) {
      expect(isPhasegateError(error) && error.code).toBe('INDUSTRIES_UNREADABLE_INPUT');
      expect(String(error)).not.toContain('secret-word');
    }
  });
});

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return isPhasegateError(error) ? error.code : String(error);
  }
}
