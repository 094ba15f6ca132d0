import { expect, test } from 'vitest';

import { defineGate, evaluateGate } from '../index.ts';
import { claim, judge, packOf } from './fixtures/expense.ts';
import { checksOf, explain } from './index.ts';

const APPROVER = {
  id: 'approver',
  hit: 'unique',
  inputs: [{ expression: 'input.amount', unit: 'EUR' }, { expression: 'input.kind' }],
  output: { type: 'string' },
  rows: [
    { when: [{ below: 100 }, '-'], output: 'team' },
    { when: [{ min: 100, max: 1000 }, ['travel', 'meal']], output: 'manager' },
    { when: [{ above: 1000 }, 'travel'], output: 'director' },
    { when: [{ above: 2000 }, '-'], output: 'board' },
  ],
};
const tables = [APPROVER];
const rule = 'tables.approver == "manager"';
const outcome = (fields: object, hit = 'unique', expression = rule) =>
  judge(expression, { ...fields }, { tables: [{ ...APPROVER, hit }] });

test('a table answers by its row, which is named with the paths and never with values', async () => {
  expect(outcome({})).toEqual({
    outcome: 'pass',
    reason: '',
    paths: ['input.amount', 'input.kind'],
    tables: [{ table: 'approver', rows: [2], paths: ['input.amount', 'input.kind'] }],
  });
  const gate = defineGate({ checks: checksOf(packOf('tables.approver == "team"', { tables })) });
  const { checks } = await evaluateGate(gate, claim);
  expect(checks[0]).toMatchObject({
    outcome: 'fail',
    message: 'It is too much. Decided by row 2 of the table "approver".',
    paths: ['input.amount', 'input.kind'],
  });
});

test('a unique table without a row that fits, or with two, decides nothing', () => {
  expect(outcome({ amount: 500, kind: 'other' })).toMatchObject({
    outcome: 'undetermined',
    reason: 'no row of the table fits',
  });
  expect(outcome({ amount: 3000 })).toMatchObject({
    outcome: 'undetermined',
    reason: 'several rows of a unique table fit',
  });
  expect(outcome({ kind: undefined })).toMatchObject({ paths: ['input.kind'] });
  const hidden = judge(`true || ${rule}`, { kind: undefined }, { tables });
  expect(hidden).toMatchObject({ outcome: 'undetermined', paths: ['input.kind'] });
});

test('a table is not asked for each element of a list', () => {
  expect(() => packOf('input.lines.all(l, tables.approver == l.text)', { tables })).toThrow(
    /cannot be asked for each element/i,
  );
});

test('hit policies first and collect take one row, and all of them', () => {
  const first = outcome({ amount: 3000 }, 'first', 'tables.approver == "director"');
  expect(first).toMatchObject({ outcome: 'pass', tables: [{ rows: [3] }] });
  const all = '"director" in tables.approver && "board" in tables.approver';
  expect(outcome({ amount: 3000 }, 'collect', all)).toMatchObject({
    outcome: 'pass',
    tables: [{ rows: [3, 4] }],
  });
  const empty = outcome(
    { amount: 500, kind: 'other' },
    'collect',
    'tables.approver.all(a, a != "")',
  );
  expect(empty.outcome).toBe('undetermined');
});

test.each([
  ['a row of another length', { rows: [{ when: ['-'], output: 'a' }] }, /a row has 2 inputs/i],
  [
    'an output of another type',
    { rows: [{ when: ['-', '-'], output: 1 }] },
    /its output is no string/i,
  ],
  ['a cell of another type', { rows: [{ when: ['x', '-'], output: 'a' }] }, /a cell is no double/i],
  ['bounds of a text', { rows: [{ when: ['-', { min: 1 }], output: 'a' }] }, /has no bounds/i],
  ['a bound that is none', { rows: [{ when: [{}, '-'], output: 'a' }] }, /rows\.0/i],
  [
    'another unit',
    { inputs: [{ expression: 'input.amount', unit: 'USD' }, { expression: 'input.kind' }] },
    /says another unit/,
  ],
  [
    'no unit',
    { inputs: [{ expression: 'input.amount' }, { expression: 'input.kind' }] },
    /says another unit/,
  ],
  [
    'a table in a table',
    { inputs: [{ expression: 'tables.approver' }, { expression: 'input.kind' }] },
    /no tables\.approver/i,
  ],
  [
    'a list as input',
    { inputs: [{ expression: 'input.tags' }, { expression: 'input.kind' }] },
    /cannot be an input/,
  ],
])('%s is refused in a table', (_, change, reason) => {
  expect(() => packOf('true', { tables: [{ ...APPROVER, ...change }] })).toThrow(reason);
});

const thresholds = {
  limit: { value: 500, unit: 'EUR' },
  foreign: { value: 500, unit: 'USD' },
  window: { value: 30, unit: 'days' },
  share: { value: 0.5, unit: 'percent' },
  most: { value: 3, unit: 'count' },
};
const load = (expression: string, units = {}) => packOf(expression, { thresholds, units });

test('a threshold counts what the fact counts', () => {
  const pass = (expression: string) => judge(expression, {}, { thresholds }).outcome;
  expect(pass('input.amount <= thresholds.limit')).toBe('pass');
  expect(pass('input.amount * thresholds.share <= thresholds.limit / 2.0')).toBe('pass');
  expect(pass('input.days <= thresholds.window')).toBe('pass');
  expect(pass('size(input.tags) <= thresholds.most')).toBe('pass');
  expect(pass('sum(input.lines.map(l, l.price)) == input.amount')).toBe('pass');
  expect(pass('input.amount / thresholds.limit < 0.5')).toBe('pass');
  expect(load('input.count < thresholds.window', { 'input.count': 'days' }).rules).toHaveLength(1);
});

test.each([
  ['input.amount <= thresholds.foreign', /EUR beside USD: units differ/i],
  ['input.days <= thresholds.limit', /days beside EUR/i],
  ['input.count <= thresholds.limit', /a number without a unit beside EUR/i],
  ['input.amount + thresholds.foreign > 0.0', /EUR beside USD/i],
  ['(input.isUrgent ? input.amount : thresholds.foreign) > 0.0', /EUR beside USD/i],
  ['input.amount * thresholds.limit > 0.0', /EUR times EUR/i],
  ['input.lines.all(l, l.price < thresholds.foreign)', /EUR beside USD/i],
  ['size(input.tags) <= thresholds.limit', /a number without a unit beside EUR/i],
  ['thresholds.nothing > 1', /no thresholds\.nothing/i],
])('%s is refused', (expression, reason) => {
  expect(() => load(expression)).toThrow(reason);
});

test('moments and spans of time are told apart from numbers', () => {
  const late = 'timestamp(input.handedInAt) - timestamp(input.paidAt) <= duration("240h")';
  expect(judge(late).outcome).toBe('pass');
  expect(judge(late, { paidAt: '2026-02-30T00:00:00Z' }).outcome).toBe('undetermined');
  expect(judge(late, { paidAt: '0001-01-01T00:00:00Z' }).outcome).toBe('undetermined');
  expect(judge(late, { paidAt: '2026-02-20T08:30:00.1234Z' }).outcome).toBe('undetermined');
  expect(judge(late, { paidAt: 'yesterday' }).outcome).toBe('undetermined');
  expect(judge(late, { paidAt: '2026-01-01T00:00:00Z' }).outcome).toBe('fail');
  expect(() => load('timestamp(input.paidAt) > 5')).toThrow(/mixes types/i);
  expect(() => load('duration(input.paidAt) > duration("1h")')).toThrow(/stands in the rule/i);
});

test('a rule that uses a table is explained with it', () => {
  expect(explain(packOf(rule, { tables }), 'rule').tables).toEqual([
    { id: 'approver', hit: 'unique', rows: 4, paths: ['input.amount', 'input.kind'] },
  ]);
});
