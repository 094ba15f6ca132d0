import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import {
  askOn,
  auditOn,
  defineCheck,
  defineGate,
  denyOn,
  evaluateGate,
  fail,
  isCheckResult,
  pass,
  reviseOn,
  undetermined,
  warnOn,
  type Binding,
  type Check,
} from './index.ts';

const Facts = z.object({ n: z.number() });
const question = { id: 'name', text: 'Who?', path: 'name', options: [] };

function check(id: string, evaluate: () => unknown): Check<{ n: number }> {
  return defineCheck({
    id,
    reads: Facts,
    message: 'It fails.',
    remedy: 'Mend it.',
    evaluate: evaluate as () => boolean,
  });
}

const fails = (id: string): Check<{ n: number }> => check(id, () => false);
const asks = (id: string): Check<{ n: number }> => check(id, () => fail({ questions: [question] }));
const judge = async (...checks: readonly Binding<{ n: number }>[]) =>
  evaluateGate(defineGate({ checks: [denyOn(check('fine', pass)), ...checks] }) as never, { n: 1 });

test('a denial beats a question, which beats a revision', async () => {
  const [deny, ask, revise] = [denyOn(fails('a')), askOn(asks('b')), reviseOn(fails('c'), 'plan')];
  expect((await judge()).outcome).toBe('allow');
  expect((await judge(revise)).outcome).toBe('revise');
  expect((await judge(revise, ask)).outcome).toBe('ask');
  expect((await judge(revise, ask, deny)).outcome).toBe('deny');
});

test('every failure is reported, in the order of the checks', async () => {
  const { checks } = await judge(denyOn(fails('a')), warnOn(fails('b')), auditOn(fails('c')));
  expect(checks.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
    'fine pass',
    'a fail',
    'b fail',
    'c fail',
  ]);
  expect(checks[1]).toMatchObject({ message: 'It fails.', remedy: 'Mend it.' });
});

test('a failure that warns or is only recorded holds nothing', async () => {
  expect((await judge(warnOn(fails('b')), auditOn(fails('c')))).outcome).toBe('allow');
});

test('a question without a text to ask is a denial', async () => {
  expect((await judge(askOn(fails('a')))).outcome).toBe('deny');
});

test('what cannot be decided is denied, whatever its binding says, and may be asked again', async () => {
  for (const binding of [
    reviseOn(check('a', undetermined), 'plan'),
    askOn(check('a', () => undetermined({ questions: [question] }))),
    reviseOn(
      check('a', () => 1),
      'plan',
    ),
  ]) {
    const result = await judge(binding);
    expect(result.outcome).toBe('deny');
    expect(result.undecided).toBe(true);
  }
});

describe('a finding that cannot be kept counts as an error', () => {
  test.each([
    ['a message that is no text', { message: 5 }],
    ['paths that are no texts', { paths: [5] }],
    ['half a character', { message: '\uD800' }],
    ['a question without an id', { questions: [{ ...question, id: '' }] }],
    ['a question with a field too many', { questions: [{ ...question, secret: true }] }],
    ['a question whose id reaches a prototype', { questions: [{ ...question, id: '__proto__' }] }],
    ['questions that are no list', { questions: 'who?' }],
  ])('%s', async (_name, finding) => {
    const result = await judge(askOn(check('a', () => fail(finding as never))));
    expect(result).toMatchObject({ outcome: 'deny', undecided: true });
    expect(result.checks[1]).toMatchObject({ outcome: 'error', message: /cannot be kept/ });
  });
});

test('nothing but true and a pass opens a gate', async () => {
  await fc.assert(
    fc.asyncProperty(fc.anything(), async (answer) => {
      const { outcome } = await judge(denyOn(check('any', () => answer)));
      expect(outcome).toBe(answer === true ? 'allow' : 'deny');
    }),
  );
});

test('results are told from look-alikes', () => {
  for (const made of [pass(), fail(), undetermined()]) expect(isCheckResult(made)).toBe(true);
  for (const other of [{ outcome: 'pass' }, Object.create(pass()), null, 'pass', true]) {
    expect(isCheckResult(other)).toBe(false);
  }
});

test('a gate’s digest changes with a check, a binding and the rule of its approval', () => {
  const rule = { subject: () => 1, roles: [], validForMs: 1 };
  const one = fails('a');
  const gates = [
    defineGate({ checks: [one] }),
    defineGate({ checks: [fails('b')] }),
    defineGate({ checks: [reviseOn(one, 'plan')] }),
    defineGate({ checks: [one], approval: rule }),
    defineGate({ checks: [one], approval: { ...rule, validForMs: 2 } }),
    defineGate({ checks: [one], approval: { ...rule, roles: ['manager'] } }),
    defineGate({ checks: [one], approval: { ...rule, subject: () => 2 } }),
    defineGate({ checks: [check('a', () => true)] }),
  ];
  expect(new Set(gates.map(({ digest }) => digest)).size).toBe(gates.length);
  expect(defineGate({ checks: [fails('a')] }).digest).toBe(gates[0]?.digest);
});

test('a check’s digest, and with it its gate’s, changes with the shape of what it reads', () => {
  const reading = (reads: z.ZodType) =>
    defineCheck({ id: 'a', reads, message: 'm', remedy: 'r', evaluate: () => true });
  const shapes = [
    Facts,
    z.object({ n: z.number().optional() }),
    z.object({ n: z.number(), m: z.string() }),
    z.object({ n: z.int() }),
    z.unknown(),
  ];
  const digests = shapes.map((reads) => defineGate({ checks: [reading(reads)] }).digest);
  expect(new Set(digests).size).toBe(shapes.length);
  expect(reading(z.object({ n: z.number() })).digest).toBe(reading(Facts).digest);
});

test.each([
  ['nothing that could hold a run', () => defineGate({ checks: [] })],
  ['only warnings', () => defineGate({ checks: [warnOn(fails('a'))] })],
  ['one id twice', () => defineGate({ checks: [fails('a'), warnOn(fails('a'))] })],
  [
    'an approval that never holds',
    () =>
      defineGate({ checks: [], approval: { subject: () => 1, roles: [], validForMs: Number.NaN } }),
  ],
  [
    'an approval that ends after the last date there is',
    () =>
      defineGate({ checks: [], approval: { subject: () => 1, roles: [], validForMs: Infinity } }),
  ],
])('a gate with %s is refused', (_name, define) => {
  expect(define).toThrow(expect.objectContaining({ code: 'VALIDATION_INVALID_GATE' }));
});

test.each([
  ['an id in upper case', { id: 'A' }],
  ['no message', { message: ' ' }],
  ['no remedy', { remedy: '' }],
  ['no deadline', { timeoutMs: 0 }],
  ['a deadline that no timer can keep', { timeoutMs: 2 ** 31 }],
  ['nothing to evaluate', { evaluate: undefined }],
])('a check with %s is refused', (_name, part) => {
  const whole = { id: 'a', reads: Facts, message: 'm', remedy: 'r', evaluate: () => true, ...part };
  expect(() => defineCheck(whole as never)).toThrow(
    expect.objectContaining({ code: 'VALIDATION_INVALID_CHECK' }),
  );
});
