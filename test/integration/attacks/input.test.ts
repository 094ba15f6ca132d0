import { Command } from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';

import {
  approve,
  bring,
  failureOf,
  finish,
  pastTheDoor,
  throughTheDoor,
  valuesOf,
  type Values,
} from './entrances.ts';
import { openLab, SAVERS, sqlite } from './fixture.ts';

const NONE = { notes: 0, plan: 0, confirm: 0, write: 0 };

/** Input for which the first phase must not run, whatever else it carries. */
const BAD_INPUTS: Readonly<Record<string, unknown>> = {
  'of another shape': { input: { text: 5 } },
  'with a field too many': { input: { text: 'a', admin: true } },
  'that is null': { input: null },
  'that reaches a prototype': { input: JSON.parse('{"text":"a","__proto__":{"x":1}}') },
  'that a serializer would revive': {
    input: { lc: 1, type: 'constructor', id: ['x'], kwargs: {} },
  },
  'with a Date': { input: { text: new Date() } },
  'with NaN': { input: { text: Number.NaN } },
  'with half a character': { input: { text: '\uD800' } },
  'that is no object': 'text',
  'that is a list': [{ text: 'a' }],
  'without the key': { text: 'a' },
};

describe.each(Object.entries(BAD_INPUTS))('input %s', (_name, input) => {
  test('is refused at the door, and leaves the thread as it was', async () => {
    const lab = openLab();
    const failure = await failureOf(throughTheDoor(lab, input));
    expect(failure?.code).toMatch(/^(WORKFLOW_(INVALID_INPUT|STEERING_REFUSED)|KERNEL_NOT_JSON)$/);
    expect(failure?.hint).not.toBe('');
    expect(lab.reached).toEqual(NONE);
    expect((await finish(lab, 'new')).run?.status).toBe('completed');
  });

  test('reaches no agent past the door either', async () => {
    const lab = openLab();
    const failure = await failureOf(pastTheDoor(lab, input));
    expect(lab.reached).toEqual(NONE);
    const { refusals } = await valuesOf(lab);
    expect(failure?.message ?? refusals[0]?.code).toMatch(/^(PHASE_(INVALID|NO)_INPUT$|Expected )/);
    expect((await finish(lab, 'new')).run?.status).toBe('completed');
  });
});

describe.each(SAVERS)('with the %s saver', (_name, openSaver) => {
  test.each(['artifacts', 'run', 'history', 'approvals', 'refusals', 'goto'])(
    'input that carries "%s" is refused at the door, and past it the rest is not looked at',
    async (key) => {
      const lab = openLab({ saver: openSaver() });
      const input = { input: { text: 'a b' }, [key]: [{ phase: 'confirm', value: {} }] };
      const failure = await failureOf(throughTheDoor(lab, input));
      expect(failure?.code).toBe('WORKFLOW_STEERING_REFUSED');
      expect(lab.reached).toEqual(NONE);
      await pastTheDoor(lab, input);
      const { artifacts, approvals } = await valuesOf(lab);
      expect(Object.keys(artifacts).toSorted()).toEqual(['input', 'notes', 'plan']);
      expect(approvals).toEqual([]);
      expect(lab.reached.write).toBe(0);
      expect((await finish(lab, 'waiting')).run?.status).toBe('completed');
    },
  );

  test.each(['running', 'waiting'] as const)(
    'new input on a %s thread is refused',
    async (stage) => {
      const lab = openLab({ saver: openSaver() });
      await bring(lab, stage);
      const failure = await failureOf(throughTheDoor(lab, { input: { text: 'x y' } }));
      expect(failure).toMatchObject({
        code: 'WORKFLOW_RUN_IN_PROGRESS',
        message: expect.stringContaining(`behind "${stage === 'running' ? 'notes' : 'plan'}"`),
        hint: expect.stringContaining('null'),
      });
      expect(lab.reached).toEqual(NONE);
      const end = await finish(lab, stage);
      expect(end.artifacts.input?.value).toEqual({ text: 'a b' });
    },
  );

  test.each(['running', 'waiting'] as const)(
    'new input past the door of a %s thread neither restarts nor replaces the run',
    async (stage) => {
      const lab = openLab({ saver: openSaver() });
      await bring(lab, stage);
      await pastTheDoor(lab, { input: { text: 'x y' } });
      expect(lab.reached).toMatchObject({ notes: 0, write: 0 });
      const end = await finish(lab, 'waiting');
      expect(end.run?.status).toBe('completed');
      expect(end.artifacts.input?.value).toEqual({ text: 'a b' });
      expect(end.refusals.map(({ code }) => code)).toContain('PHASE_NOT_REACHED');
    },
  );

  test.each(['artifacts', 'run', 'approvals'])(
    'an answer with an update of "%s" is refused, and past the door it is left out',
    async (key) => {
      const lab = openLab({ saver: openSaver() });
      await bring(lab, 'waiting');
      const values: Values = await valuesOf(lab);
      const forged = { ...values.run, status: 'completed', phase: 'confirm' };
      const update = { [key]: key === 'run' ? forged : [forged] };
      const command = new Command({ resume: { decision: 'approve' }, update });
      expect((await failureOf(throughTheDoor(lab, command)))?.code).toBe(
        'WORKFLOW_STEERING_REFUSED',
      );
      // The answer has no seal, and the forged write is left out: the person said nothing.
      await pastTheDoor(lab, command);
      expect(lab.reached.write).toBe(0);
      expect((await valuesOf(lab)).approvals).toEqual([]);
      expect((await finish(lab, 'waiting')).run?.status).toBe('completed');
    },
  );

  test('an answer with a jump is refused, and past the door the jump is', async () => {
    const lab = openLab({ saver: openSaver() });
    await bring(lab, 'waiting');
    const command = new Command({ resume: { decision: 'approve' }, goto: 'write' });
    expect((await failureOf(throughTheDoor(lab, command)))?.code).toBe('WORKFLOW_STEERING_REFUSED');
    await pastTheDoor(lab, command);
    expect(lab.reached.write).toBe(0);
  });
});

test('an answer to a thread that asks nothing is refused, and does not answer what comes later', async () => {
  for (const stage of ['new', 'running', 'completed', 'blocked'] as const) {
    const lab = openLab();
    await bring(lab, stage);
    expect(await failureOf(throughTheDoor(lab, approve()))).toMatchObject({
      code: 'WORKFLOW_NOTHING_ASKED',
      hint: expect.stringContaining('null'),
    });
    await failureOf(pastTheDoor(lab, approve()));
    expect(lab.reached.write).toBe(0);
  }
});

test('a run that was blocked says why, and the thread takes new input', async () => {
  const lab = openLab();
  await bring(lab, 'blocked');
  const { run, history } = await valuesOf(lab);
  expect(run).toMatchObject({ status: 'blocked', reason: expect.stringContaining('forbidden') });
  expect(history.at(-1)?.verdict?.checks[0]).toMatchObject({
    id: 'notes.allowed',
    outcome: 'fail',
    remedy: 'Write another.',
  });
  expect((await finish(lab, 'blocked')).run?.status).toBe('completed');
});

test('a thread id that is a number is the same thread, and guarded the same', async () => {
  const lab = openLab({ saver: sqlite() });
  const config = { configurable: { thread_id: 7 } };
  await throughTheDoor(lab, { input: { text: 'a b' } }, config);
  expect((await failureOf(throughTheDoor(lab, { input: { text: 'x' } }, config)))?.code).toBe(
    'WORKFLOW_RUN_IN_PROGRESS',
  );
  await throughTheDoor(lab, approve(), config);
  expect((await valuesOf(lab, config)).run?.status).toBe('completed');
});

test.each([
  '',
  ' ',
  '../x',
  'a'.repeat(2000),
  'toString',
  'ünï 💌',
  "'; drop table checkpoints;--",
])('a thread called "%s" works or is refused with a reason', async (thread) => {
  for (const [, openSaver] of SAVERS) {
    const lab = openLab({ saver: openSaver(), thread });
    const failure = await failureOf(bring(lab, 'completed'));
    if (failure === undefined) expect((await valuesOf(lab)).run?.status).toBe('completed');
    else expect(failure.message).not.toBe('');
  }
});
