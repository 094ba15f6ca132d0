import { celEnv, isCelError, parse, plan, type CelInput } from '@bufbuild/cel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';

import {
  calculations,
  expressions,
  expressionsWithoutHas,
  inputs,
} from './fixtures/expressions.ts';
import { BareClaim, packText } from './fixtures/expense.ts';
import { explainDecision, loadRulePack, type RuleDecision, type RulePack } from './index.ts';

const environment = celEnv();
const WHOLE = new Set(['days', 'count']);

/** What another engine of CEL answers: a value, or nothing where it has an error. */
function oracle(expression: string, input: object): unknown {
  try {
    const answer = plan(environment, parse(expression))({ input: celOf(input) });
    return isCelError(answer) ? undefined : answer;
  } catch {
    // An error of the oracle is no answer.
    return undefined;
  }
}

function celOf(value: unknown, name = ''): CelInput {
  if (typeof value === 'number') return WHOLE.has(name) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item) => celOf(item));
  if (typeof value !== 'object' || value === null) return value as string | boolean | null;
  return new Map(Object.entries(value).map(([key, member]) => [key, celOf(member, key)]));
}

const packOf = (expression: string): RulePack<z.infer<typeof BareClaim>> =>
  loadRulePack(packText(expression), { file: 'pack.json', facts: BareClaim });
const ours = (expression: string, input: object): RuleDecision =>
  explainDecision(packOf(expression), 'rule', { input });

/** Takes away some fields, at the top and within lines. */
const gaps = fc.subarray(['note', 'site', 'country', 'count', 'isUrgent', 'lines', 'lines.ok'], {
  maxLength: 2,
});

function without(input: Readonly<Record<string, unknown>>, paths: readonly string[]): object {
  const kept = Object.entries(input).filter(([key]) => !paths.includes(key));
  return Object.fromEntries(
    kept.map(([key, value]) => {
      if (!paths.includes('lines.ok') || key !== 'lines' || !Array.isArray(value))
        return [key, value];
      const lines: readonly unknown[] = value;
      const bare = lines.map((line) => ({ ...(line as object), ok: undefined }));
      return [key, bare.map(({ ok: _, ...others }) => others)];
    }),
  );
}

test('what is decided is what another engine of CEL answers, so that nothing passes that it does not', () => {
  const outcomes = { pass: 0, fail: 0, undetermined: 0 };
  fc.assert(
    fc.property(
      fc.oneof(expressions, calculations),
      inputs,
      gaps,
      (expression, complete, paths) => {
        const input = without(complete, paths);
        const { outcome } = ours(expression, input);
        outcomes[outcome] += 1;
        if (outcome !== 'undetermined') {
          expect([expression, oracle(expression, input)]).toEqual([expression, outcome === 'pass']);
        }
      },
    ),
    { numRuns: 700 },
  );
  // The law says nothing of what is never decided.
  expect(Math.min(outcomes.pass, outcomes.fail)).toBeGreaterThan(40);
});

test('taking away a fact that a rule names never makes it pass', () => {
  fc.assert(
    fc.property(expressionsWithoutHas, inputs, (expression, input) => {
      const pack = packOf(expression);
      const [rule] = pack.rules;
      for (const path of rule?.paths ?? []) {
        const [, field = ''] = path.split(/[.[]/);
        const { outcome } = explainDecision(pack, 'rule', { input: without(input, [field]) });
        expect([path, outcome]).toEqual([path, 'undetermined']);
      }
      const { outcome: whole } = ours(expression, input);
      const { outcome: bare } = ours(expression, without(input, ['lines.ok']));
      if (whole !== 'pass') expect(bare).not.toBe('pass');
    }),
    { numRuns: 200 },
  );
});

test('what has() asks for may be missing, and is undetermined where it is read after all', () => {
  const absent = without({ note: 'a', amount: 1, country: 'DE', isUrgent: false }, ['note']);
  const outcome = (expression: string): string => ours(expression, absent).outcome;
  expect(outcome('has(input.note)')).toBe('fail');
  expect(outcome('!has(input.note) || input.note == "a"')).toBe('pass');
  expect(outcome('has(input.note) ? input.note == "a" : input.country == "DE"')).toBe('pass');
  expect(outcome('input.note == "a" || !has(input.note)')).toBe('undetermined');
  expect(outcome('has(input.site.name)')).toBe('undetermined');
  expect(outcome('has(input.site) && has(input.site.name)')).toBe('fail');
});
