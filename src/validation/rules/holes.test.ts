import { runInNewContext } from 'node:vm';

import { Environment, evaluate } from '@marcbachmann/cel-js';
import { expect, test } from 'vitest';

import { defineGate, evaluateGate } from '../index.ts';
import { claim, judge, packOf } from './fixtures/expense.ts';
import { checksOf, explainDecision } from './index.ts';

const outcome = (expression: string, fields = {}): string => judge(expression, fields).outcome;
const refused = (expression: string, reason: RegExp): void =>
  expect(() => packOf(expression)).toThrow(reason);

test('a missing fact beside something true is undetermined, where the engine says true', () => {
  expect(evaluate('input.isUrgent || true', { input: {} })).toBe(true);
  expect(evaluate('!(input.isUrgent && false)', { input: {} })).toBe(true);
  for (const rule of [
    'input.isUrgent || true',
    'true || input.isUrgent',
    '!(input.isUrgent && false)',
    '!(false && input.isUrgent)',
    'true ? true : input.isUrgent',
  ]) {
    expect(judge(rule, { isUrgent: undefined })).toMatchObject({
      outcome: 'undetermined',
      paths: ['input.isUrgent'],
    });
    expect(outcome(rule)).toBe('pass');
  }
});

test('a promise cannot be an answer, where the engine gives a truthy one', () => {
  const engine = new Environment().registerFunction('asked(): bool', async () => false);
  expect(Boolean(engine.evaluate('asked()'))).toBe(true);
  refused('asked()', /no function "asked"/);
});

test('what is no boolean is refused at load, where the engine gives a truthy text', () => {
  expect(Boolean(evaluate('input.country', claim))).toBe(true);
  refused('input.country', /A rule is true or false, and this is string/);
  refused('input.either == "x"', /no single type/);
});

test('nothing holds of an empty list, where the engine says that everything does', () => {
  const lines = { lines: [] };
  expect(evaluate('input.lines.all(l, l.ok)', { input: lines })).toBe(true);
  for (const rule of [
    'input.lines.all(l, l.ok)',
    '!input.lines.exists(l, l.price > 5.0)',
    'size(input.lines.filter(l, l.ok)) == 0',
    'sum(input.lines.map(l, l.price)) <= 5.0',
  ])
    expect(judge(rule, lines)).toMatchObject({ outcome: 'undetermined', paths: ['input.lines'] });
  expect(outcome('size(input.lines) > 0 && input.lines.all(l, l.ok)', lines)).toBe('fail');
  expect(outcome('size(input.lines) == 0 || input.lines.all(l, l.ok)', lines)).toBe('pass');
});

test('what an element lacks is not hidden by another one, where the engine says true', () => {
  const lines = [
    { ok: true, price: 1, text: '' },
    { price: 1, text: '' },
  ];
  const rule = 'input.lines.exists(l, l.ok)';
  expect(evaluate(rule, { input: { lines: lines.toReversed() } })).toBe(true);
  for (const given of [lines, lines.toReversed()])
    expect(judge(rule, { lines: given })).toMatchObject({
      outcome: 'undetermined',
      paths: ['input.lines[].ok'],
    });
});

test('numbers that are none decide nothing, where the engine says true', () => {
  for (const amount of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(evaluate('input.amount != 5.0', { input: { amount } })).toBe(true);
    expect(outcome('input.amount != 5.0', { amount })).toBe('undetermined');
  }
  expect(evaluate('1.0 / input.zero > 100.0', { input: { zero: 0 } })).toBe(true);
  expect(outcome('1.0 / double(input.count) > 100.0', { count: 0 })).toBe('undetermined');
  expect(outcome('1 / input.count > 100', { count: 0 })).toBe('undetermined');
});

test('inherited facts are missing, where the engine reads them', async () => {
  const inheriting = (own: object): object =>
    Object.assign(Object.create({ isUrgent: true, input: claim.input }) as object, own);
  expect(evaluate('isUrgent', inheriting({}) as Record<string, unknown>)).toBe(true);
  const pack = packOf('input.isUrgent || input.count == 2');
  const { isUrgent: _, ...others } = claim.input;
  expect(explainDecision(pack, 'rule', { input: inheriting(others) })).toMatchObject({
    outcome: 'undetermined',
    paths: ['input.isUrgent'],
  });
  expect(explainDecision(pack, 'rule', inheriting({})).outcome).toBe('undetermined');
  const gate = defineGate({ checks: checksOf(packOf('input.isUrgent')) });
  const { outcome: answer } = await evaluateGate(gate, { input: inheriting(others) });
  expect(answer).toBe('deny');
});

test('undeclared fields cannot be named, where the engine reads whatever there is', () => {
  expect(evaluate('input.extra', { input: { extra: true } })).toBe(true);
  refused('input.extra', /no field "extra"/);
  refused('extra', /no fact "extra"/);
  refused('input.constructor == null', /no field "constructor"/);
});

test('patterns are matched in linear time, where the engine would not end', () => {
  const text = `${'a'.repeat(16_000)}!`;
  // A hundred seconds and more for the engine, unless it is stopped from outside.
  const facts = { s: `${'a'.repeat(40)}!` };
  expect(() =>
    runInNewContext(
      'evaluate(rule, facts)',
      { evaluate, rule: 's.matches("^(a+)+$")', facts },
      { timeout: 300 },
    ),
  ).toThrow(/timed out/);
  expect(outcome('input.country.matches("^(a+)+$")', { country: text })).toBe('fail');
  expect(outcome('input.country.matches("^D[A-Z]$")')).toBe('pass');
  expect(outcome('input.country.matches("a")', { country: text + text })).toBe('undetermined');
  refused(`input.country.matches("${'(a{0,31}){0,31}'.repeat(30)}")`, /repeats too much/i);
  refused('input.country.matches(input.kind)', /stands in the rule/);
  refused(String.raw`input.country.matches("(a)\\1")`, /syntax of RE2/);
  refused('input.country.matches("(?=a)")', /syntax of RE2/);
  expect(evaluate('s.matches("(?=a)")', { s: 'a' })).toBe(true);
  refused('matches(input.country, "a")', /no function "matches"/);
});

test('work is bounded, where the engine goes through lists of lists', () => {
  const nested = 'input.tags.all(a, input.tags.all(b, a != b || true))';
  expect(evaluate(nested, claim)).toBe(true);
  refused(nested, /cannot be nested/);
  refused('input.tags.filter(a, a != "").all(b, b != "x")', /cannot go through another one/);
  for (const [large, reason] of [
    [Array.from({ length: 300 }, () => 'true').join(' && '), /AST|node|exceed|limit/i],
    [`${'('.repeat(60)}true${')'.repeat(60)}`, /depth|exceed|limit/i],
    [`"${'a'.repeat(5_000)}" != ""`, /at most 4096 characters/],
  ] as const) {
    expect(evaluate(large)).toBe(true);
    refused(large, reason);
  }
  const many = Array.from({ length: 5_000 }, (_, index) => `t${index}`);
  expect(judge('input.tags.all(t, t in input.tags)', { tags: many })).toMatchObject({
    outcome: 'undetermined',
    reason: 'it takes too much work',
  });
  const long = 'input.tags.exists(t, input.country.contains(t))';
  expect(outcome(long, { tags: many, country: 'a'.repeat(60_000) })).toBe('undetermined');
  expect(outcome(long, { tags: many, country: 'at7' })).toBe('pass');
  const tags = Array.from({ length: 10_001 }, () => 'a');
  for (const rule of ['input.tags.all(a, a == "a")', '"a" in input.tags']) {
    expect(evaluate(rule, { input: { tags } })).toBe(true);
    expect(outcome(rule, { tags })).toBe('undetermined');
  }
});

test('whole numbers are exact or undecided', () => {
  const count = Number.MAX_SAFE_INTEGER;
  expect(outcome('input.count + 1 > 0', { count })).toBe('undetermined');
  expect(outcome('input.count * input.count > 0', { count })).toBe('undetermined');
  expect(outcome('input.count - 1 > 0', { count })).toBe('pass');
  expect(outcome('-7 / 2 == -3 && -7 % 2 == -1')).toBe('pass');
  refused('input.count < 9223372036854775807', /too large/);
});

test('numbers of two types are not mixed, where the engine compares them', () => {
  expect(evaluate('n == 1', { n: 1 })).toBe(true);
  refused('input.amount > 100', /mixes types; write 1\.0/);
  refused('input.count == 1.0', /mixes types/);
  expect(outcome('input.amount > 100.0 && input.count == 2')).toBe('pass');
  expect(outcome('double(input.count) == 2.0 && int(input.amount) == 120')).toBe('pass');
});

test('a null is no answer, but can be asked for', () => {
  expect(evaluate('input.manager != "x"', { input: { manager: null } })).toBe(true);
  expect(outcome('input.manager != "x"', { manager: null })).toBe('undetermined');
  expect(outcome('input.manager != null && input.manager != "x"')).toBe('pass');
  expect(outcome('input.manager == null', { manager: null })).toBe('pass');
  refused('input.country == null', /never null/);
});
