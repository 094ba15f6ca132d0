import { setTimeout as delay } from 'node:timers/promises';

import { MemorySaver } from '@langchain/langgraph';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { defineCheck, defineGate, fail, pass, type Check } from '../../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
} from '../../../src/workflow/index.ts';

const Text = z.strictObject({ text: z.string() });
const Facts = z.object({ artifacts: z.object({ draft: Text }) });
type Given = z.infer<typeof Facts>;

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => {
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

/** Draft, then a guarded phase behind the checks given. */
function guardedBy(...checks: readonly Check<Given>[]) {
  const reached = { guarded: 0 };
  const draft = defineAgent({
    id: 'draft',
    input: Text,
    artifact: Text,
    reads: {},
    simulated: ({ input }) => input,
  });
  const guarded = defineAgent({
    id: 'guarded',
    input: Text,
    artifact: Text,
    reads: { draft: Text },
    simulated: ({ artifacts }) => {
      reached.guarded += 1;
      return artifacts.draft;
    },
  });
  const open = defineGate({ checks: [checkOf('always', () => true)] });
  const workflow = defineWorkflow({
    id: 'guarded',
    input: Text,
    phases: [
      definePhase({ id: 'draft', agent: draft }),
      definePhase({ id: 'guarded', agent: guarded }),
    ],
    transitions: [
      { from: 'draft', to: 'guarded', gate: defineGate({ checks: [...checks] }) },
      { from: 'guarded', to: 'completed', gate: open },
    ],
  });
  const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver() });
  const config = { configurable: { thread_id: 't' } };
  return { reached, run: async () => graph.invoke({ input: { text: 'hello' } }, config) };
}

function checkOf(id: string, evaluate: (facts: Given) => unknown): Check<Given> {
  return defineCheck({
    id,
    reads: Facts,
    message: 'It does not hold.',
    remedy: 'Mend it.',
    evaluate: evaluate as (facts: Given) => boolean,
  });
}

function lateCheck(
  id: string,
  evaluateAsync: (facts: Given, signal: AbortSignal) => Promise<unknown>,
): Check<Given> {
  return defineCheck({
    id,
    reads: Facts,
    message: 'It does not hold.',
    remedy: 'Mend it.',
    timeoutMs: 30,
    evaluateAsync: evaluateAsync as (facts: Given) => Promise<boolean>,
  });
}

const thenable = { then: (_: unknown, refuse: (error: Error) => void) => refuse(new Error('no')) };

const refuseToBeSeen = (): never => {
  throw unseen;
};
/** Throws itself whenever it is looked at. */
const unseen: object = new Proxy(new Error('a secret'), {
  get: refuseToBeSeen,
  has: refuseToBeSeen,
  getPrototypeOf: refuseToBeSeen,
});
const [resultBrand] = Object.getOwnPropertySymbols(pass());

const WRONG_ANSWERS: Readonly<Record<string, (facts: Given) => unknown>> = {
  'throws an error': () => {
    throw new Error('a secret of Ada Example');
  },
  'throws a text': () => {
    throw 'a secret';
  },
  'throws what cannot be looked at': () => refuseToBeSeen(),
  'throws an error whose name cannot be read': () => {
    throw Object.defineProperty(new Error('no'), 'name', { get: refuseToBeSeen });
  },
  'throws an error whose name is a text': () => {
    throw Object.assign(new Error('no'), { name: 'a secret of Ada Example' });
  },
  'throws an error whose name cannot be kept': () => {
    throw Object.assign(new Error('no'), { name: '\uD800' });
  },
  'throws what claims to be an error of ours': () => {
    throw { [Symbol.for('phasegate.error')]: true, code: 'a secret of Ada Example' };
  },
  'answers with what cannot be looked at': () => unseen,
  'answers with a finding that reads as another one the next time': () => {
    const texts = ['No.', { toString: refuseToBeSeen }];
    const finding = { outcome: 'fail', questions: [] };
    const changing = Object.defineProperty(finding, 'message', { get: () => texts.shift() });
    return Object.assign(changing, { [resultBrand ?? '']: true });
  },
  'answers with a finding of 2 MB': () => fail({ message: 'x'.repeat(2_000_000) }),
  'answers with a finding of 200,000 paths': () =>
    fail({ paths: Array.from({ length: 200_000 }, (_, index) => `artifacts.draft.${index}`) }),
  'answers with a promise': async () => true,
  'answers with a promise that rejects': async () => {
    throw new Error('later');
  },
  'answers with a thenable': () => thenable,
  'answers 1': () => 1,
  'answers "true"': () => 'true',
  'answers NaN': () => Number.NaN,
  'answers undefined': () => undefined,
  'answers null': () => null,
  'answers a Boolean object': () => Object(true) as unknown,
  'answers an object shaped like a result': () => JSON.parse(JSON.stringify(pass())) as unknown,
  'answers a result made by hand': () => ({ outcome: 'pass', questions: [] }),
  'answers a list': () => [true],
  'answers a function': () => () => true,
  'changes its input': (facts) => {
    Object.assign(facts.artifacts.draft, { text: 'changed' });
    return true;
  },
  'adds to its input': (facts) => {
    Object.assign(facts.artifacts, { approved: true });
    return true;
  },
  'runs out of stack': function deeper(): unknown {
    return [deeper()];
  },
  'says no': () => false,
};

test.each(Object.entries(WRONG_ANSWERS))('a check that %s blocks', async (_name, evaluate) => {
  const { reached, run } = guardedBy(
    checkOf('wrong', evaluate),
    checkOf('fine', () => true),
  );
  const end = await run();
  expect(reached.guarded).toBe(0);
  expect(end.run).toMatchObject({ status: 'blocked', reason: expect.stringContaining('wrong') });
  const verdict = end.history.at(-1)?.verdict;
  expect(verdict?.outcome).toBe('deny');
  expect(verdict?.checks.map(({ id }) => id)).toEqual(['wrong', 'fine']);
  expect(verdict?.checks[1]?.outcome).toBe('pass');
  expect(JSON.stringify(verdict)).not.toContain('secret');
  // What is kept has an end, whatever a check says.
  expect(JSON.stringify(end.history).length).toBeLessThan(10_000);
});

const LATE_ANSWERS: Readonly<
  Record<string, (facts: Given, signal: AbortSignal) => Promise<unknown>>
> = {
  'never answers': () => new Promise(() => undefined),
  'answers after its deadline': async () => {
    await delay(120);
    return true;
  },
  'rejects after its deadline': async () => {
    await delay(120);
    throw new Error('later');
  },
  'answers yes when it is aborted': (_facts, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(true));
    }),
  'keeps the thread to itself beyond its deadline': async () => {
    await Promise.resolve();
    for (const end = performance.now() + 60; performance.now() < end;);
    return true;
  },
  'answers 1 in time': async () => 1,
  'rejects in time with what cannot be looked at': async () => refuseToBeSeen(),
  'rejects in time': async () => {
    throw new TypeError('no');
  },
};

test.each(Object.entries(LATE_ANSWERS))(
  'an asynchronous check that %s blocks',
  async (_name, late) => {
    const { reached, run } = guardedBy(lateCheck('late', late));
    const end = await run();
    expect(reached.guarded).toBe(0);
    expect(end.run).toMatchObject({ status: 'blocked', reason: expect.stringContaining('late') });
    // Long enough for what comes late to come.
    await delay(150);
  },
);

test('a check does not see what it did not declare, and blocks when that is missing', async () => {
  const seen: unknown[] = [];
  const narrow = defineCheck({
    id: 'narrow',
    reads: z.object({ artifacts: z.object({}) }),
    message: 'No.',
    remedy: 'Mend.',
    evaluate: (facts) => {
      seen.push(facts);
      return true;
    },
  });
  const missing = defineCheck({
    id: 'missing',
    reads: z.object({ artifacts: z.object({ other: Text }) }),
    message: 'No.',
    remedy: 'Mend.',
    evaluate: () => true,
  });
  const { reached, run } = guardedBy(narrow as never, missing as never);
  const end = await run();
  expect(reached.guarded).toBe(0);
  expect(seen[0]).toEqual({ artifacts: {} });
  expect(end.history.at(-1)?.verdict?.checks[1]).toMatchObject({
    outcome: 'undetermined',
    paths: ['artifacts.other'],
  });
});

test('what one check is given, another cannot change, even without a schema of its own', async () => {
  const loose = defineCheck({
    id: 'loose',
    reads: z.any(),
    message: 'No.',
    remedy: 'Mend.',
    evaluate: (facts: { artifacts: Record<string, unknown> }) => {
      facts.artifacts['draft'] = { text: 'changed' };
      return true;
    },
  });
  const { reached, run } = guardedBy(
    loose,
    checkOf('same', (f) => f.artifacts.draft.text === 'hello'),
  );
  const end = await run();
  expect(reached.guarded).toBe(0);
  expect(end.history.at(-1)?.verdict?.checks.map(({ outcome }) => outcome)).toEqual([
    'error',
    'pass',
  ]);
});

test('a date that a schema makes for several checks is each one’s own', async () => {
  const dated = z.object({
    artifacts: z.object({ draft: z.object({ text: z.string().transform(() => new Date(0)) }) }),
  });
  const says = { reads: dated, message: 'No.', remedy: 'Mend.' };
  const moves = defineCheck({
    id: 'moves',
    ...says,
    evaluate: ({ artifacts }) => artifacts.draft.text.setTime(5) === 5,
  });
  const moved = defineCheck({
    id: 'moved',
    ...says,
    evaluate: ({ artifacts }) => artifacts.draft.text.getTime() === 5,
  });
  const { reached, run } = guardedBy(moves as never, moved as never);
  expect((await run()).run?.status).toBe('blocked');
  expect(reached.guarded).toBe(0);
});

test('a check that could not decide at the edge is asked again on entry', async () => {
  const answers = [undefined, false];
  const no = guardedBy(checkOf('moody', () => answers.shift()));
  expect((await no.run()).run?.status).toBe('blocked');
  expect(no.reached.guarded).toBe(0);
  const later = [undefined, true];
  const yes = guardedBy(checkOf('moody', () => later.shift()));
  const end = await yes.run();
  expect(end.run?.status).toBe('completed');
  expect(end.refusals[0]).toMatchObject({ phase: 'blocked', rerouted: true });
});

test('two checks with one id, and ids of the gate itself, are refused', () => {
  const twice = [checkOf('same', () => true), checkOf('same', () => true)];
  const invalid = expect.objectContaining({ code: 'VALIDATION_INVALID_GATE' });
  expect(() => defineGate({ checks: twice })).toThrow(invalid);
  for (const id of ['approval', 'attempts', 'gate']) {
    expect(() => defineGate({ checks: [checkOf(id, () => true)] })).toThrow(invalid);
  }
});
