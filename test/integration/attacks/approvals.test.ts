import { Command } from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';

import { fakeClock } from '../../../src/testing/index.ts';
import { NOBODY, type CompileOptions } from '../../../src/workflow/index.ts';
import {
  approve,
  bring,
  failureOf,
  finish,
  pastTheDoor,
  reject,
  throughTheDoor,
  valuesOf,
  type Values,
} from './entrances.ts';
import { openLab, SAVERS, SEAL_KEY, sqlite, type Lab } from './fixture.ts';

type Who = Awaited<ReturnType<NonNullable<CompileOptions['identify']>>>;

const MANAGER: Who = {
  id: 'mia',
  kind: 'person',
  roles: ['manager'],
  authenticated: true,
  source: 'test',
};
const CLERK: Who = { ...MANAGER, id: 'carl', roles: ['clerk'] };

/** A lab in which the caller can change between two calls. */
function labWithCaller(options: Parameters<typeof openLab>[0] = {}) {
  let caller: Who = NOBODY;
  const lab = openLab({ ...options, identify: () => caller });
  return {
    lab,
    as: (who: Who): void => {
      caller = who;
    },
  };
}

/** What the gate behind the confirmation has said about approvals; the last word is recorded with the visit after it. */
async function approvalLines(lab: Lab): Promise<readonly string[]> {
  const { history } = await valuesOf(lab);
  return history.flatMap(({ verdict }) =>
    verdict?.from === 'confirm'
      ? verdict.checks.flatMap(({ id, message }) => (id === 'approval' ? [message] : []))
      : [],
  );
}

/** Puts approvals from elsewhere into a thread that waits, and goes on without an answer. */
async function injectApprovals(lab: Lab, from: Values): Promise<void> {
  await failureOf(lab.graph.updateState(lab.config, { approvals: from.approvals }, 'plan'));
  lab.reached.write = 0;
  await throughTheDoor(lab, null);
  expect(lab.reached.write).toBe(0);
}

describe.each(SAVERS)('with the %s saver', (_name, openSaver) => {
  test('an approval of another thread does not open the gate', async () => {
    const saver = openSaver();
    const [one, other] = [openLab({ saver, thread: 'one' }), openLab({ saver, thread: 'other' })];
    await bring(one, 'completed');
    await bring(other, 'waiting');
    await injectApprovals(other, await valuesOf(one));
    // Even together with an answer that is no yes.
    await throughTheDoor(other, reject());
    expect(other.reached.write).toBe(0);
    expect((await finish(other, 'waiting')).run?.status).toBe('completed');
  });

  test('an approval of the run before does not open the gate of this one', async () => {
    const lab = openLab({ saver: openSaver() });
    await bring(lab, 'completed');
    const first = await valuesOf(lab);
    await throughTheDoor(lab, { input: { text: 'a b' } });
    await injectApprovals(lab, first);
    expect((await finish(lab, 'waiting')).run?.status).toBe('completed');
  });

  test('an approval does not count once more after a rejection of the same content', async () => {
    const lab = openLab({ saver: openSaver() });
    await bring(lab, 'waiting');
    await throughTheDoor(lab, reject(''));
    const waiting = await valuesOf(lab);
    expect(waiting.history.at(-1)?.phase).toBe('plan');
    expect(lab.reached.write).toBe(0);
    await throughTheDoor(lab, reject(''));
    expect(lab.reached.write).toBe(0);
    expect((await finish(lab, 'waiting')).run?.status).toBe('completed');
  });

  test('an answered question is not answered again at its old checkpoint', async () => {
    const lab = openLab({ saver: openSaver() });
    await bring(lab, 'waiting');
    const old = (await lab.graph.getState(lab.config)).config;
    await throughTheDoor(lab, reject());
    for (const resume of [approve(), reject()]) {
      expect(await failureOf(throughTheDoor(lab, resume, old))).toMatchObject({
        code: 'WORKFLOW_ALREADY_ANSWERED',
        hint: expect.stringContaining('Fork'),
      });
    }
    await failureOf(pastTheDoor(lab, approve(), old));
    expect(lab.reached.write).toBe(0);
  });

  test('a fork from an older checkpoint is judged anew, and works', async () => {
    const lab = openLab({ saver: openSaver() });
    await bring(lab, 'waiting');
    const old = (await lab.graph.getState(lab.config)).config;
    await throughTheDoor(lab, approve());
    expect(lab.reached.write).toBe(1);
    const { approvals } = await valuesOf(lab);
    const fork = await lab.graph.updateState(old, {}, 'plan');
    await throughTheDoor(lab, null, fork);
    expect(lab.reached.write).toBe(1);
    await injectApprovals(lab, { ...(await valuesOf(lab)), approvals });
    expect((await finish(lab, 'waiting')).run?.status).toBe('completed');
    expect(lab.reached.write).toBe(1);
  });

  test('an approval that expires before the phase begins is asked for again', async () => {
    const lab = openLab({ saver: openSaver(), validForMs: 1000 });
    await bring(lab, 'waiting');
    lab.next.confirm = () => lab.clock.advance(2000);
    await throughTheDoor(lab, approve());
    expect(lab.reached.write).toBe(0);
    expect((await finish(lab, 'waiting')).run?.status).toBe('completed');
    expect(await approvalLines(lab)).toEqual(['The approval has expired.', '']);
  });

  test('an approval that expires while the process is down is asked for again', async () => {
    const lab = openLab({ saver: openSaver(), validForMs: 1000 });
    await bring(lab, 'waiting');
    lab.next.write = () => {
      throw new Error('The process was killed.');
    };
    await failureOf(throughTheDoor(lab, approve()));
    expect(lab.reached.write).toBe(1);
    lab.clock.advance(2000);
    await throughTheDoor(lab, null);
    expect(lab.reached.write).toBe(1);
    expect((await valuesOf(lab)).refusals.at(-1)).toMatchObject({ phase: 'write', rerouted: true });
    expect((await finish(lab, 'waiting')).run?.status).toBe('completed');
  });
});

test('an answer stays its giver’s when the process dies and somebody else goes on', async () => {
  const { lab, as } = labWithCaller({ roles: ['manager'], saver: sqlite() });
  await bring(lab, 'waiting');
  lab.next.confirm = () => {
    throw new Error('The process was killed.');
  };
  as(CLERK);
  await failureOf(throughTheDoor(lab, approve()));
  as(MANAGER);
  await throughTheDoor(lab, null);
  expect(lab.reached.write).toBe(0);
  expect((await valuesOf(lab)).approvals.map(({ by }) => by.id)).toEqual(['carl']);
  await throughTheDoor(lab, approve());
  expect((await valuesOf(lab)).run?.status).toBe('completed');
  expect(await approvalLines(lab)).toEqual([expect.stringContaining('roles'), '']);
});

test('an answer whose process died is gone on with, and no other one takes its place', async () => {
  const saver = sqlite();
  const dies = openLab({ saver });
  await bring(dies, 'waiting');
  const stopped = new AbortController();
  // What a killed process leaves: the answer is stored, and nothing of the visit that took it.
  saver.putWrites = new Proxy(saver.putWrites, {
    apply: async (put, self, args: Parameters<typeof saver.putWrites>) => {
      if (stopped.signal.aborted) return;
      await Reflect.apply(put, self, args);
      if (args[1].some(([channel]) => channel === '__resume__')) stopped.abort();
    },
  });
  const call = dies.graph.invoke(approve(), { ...dies.config, signal: stopped.signal });
  expect(await failureOf(call)).toBeDefined();
  Reflect.deleteProperty(saver, 'putWrites');

  const lab = openLab({ saver });
  expect(await failureOf(throughTheDoor(lab, reject()))).toMatchObject({
    code: 'WORKFLOW_ANSWER_ON_ITS_WAY',
  });
  expect(lab.reached.write).toBe(0);
  await throughTheDoor(lab, null);
  expect(await valuesOf(lab)).toMatchObject({ run: { status: 'completed' } });
});

test('a no after a yes whose phase failed does not count as that yes', async () => {
  const lab = openLab();
  await bring(lab, 'waiting');
  lab.next.confirm = () => {
    throw new Error('The agent failed after it was told.');
  };
  expect(await failureOf(throughTheDoor(lab, approve()))).toBeDefined();
  expect(await failureOf(throughTheDoor(lab, reject()))).toMatchObject({
    code: 'WORKFLOW_ANSWER_ON_ITS_WAY',
  });
  expect(lab.reached.write).toBe(0);
  await throughTheDoor(lab, null);
  expect(await valuesOf(lab)).toMatchObject({ run: { status: 'completed' } });
});

test('a yes that was given before a crash is not renewed by going on later', async () => {
  const lab = openLab({ validForMs: 1000 });
  await bring(lab, 'waiting');
  lab.next.confirm = () => {
    throw new Error('The process was killed.');
  };
  await failureOf(throughTheDoor(lab, approve()));
  lab.clock.advance(2000);
  await throughTheDoor(lab, null);
  expect(lab.reached.write).toBe(0);
  await finish(lab, 'waiting');
  expect(await approvalLines(lab)).toEqual(['The approval has expired.', '']);
});

test('a yes to a plan that has changed since it was shown is a no', async () => {
  const saver = sqlite();
  const before = openLab({ saver });
  await bring(before, 'waiting');
  const after = openLab({ saver, subjectOf: (plan) => ({ steps: [...plan.steps, 'hidden'] }) });
  await throughTheDoor(after, approve());
  expect(after.reached.write).toBe(0);
  const values = await valuesOf(after);
  expect(values.artifacts.plan?.value.steps.join(' ')).toContain('What was shown has changed');
});

test('an edited plan is approved as edited, and an approval for what it was before does not count', async () => {
  const lab = openLab();
  await bring(lab, 'waiting');
  const edit = { decision: 'edit', subject: { steps: ['mine'] } };
  await throughTheDoor(lab, new Command({ resume: edit }));
  const end = await valuesOf(lab);
  expect(end.artifacts.write?.value.body).toBe('mine');
  const approval = end.approvals[0];
  const other = openLab({ returned: () => ({ steps: ['swapped'] }) });
  await bring(other, 'waiting');
  await throughTheDoor(other, approve());
  expect(other.reached.write).toBe(0);
  await throughTheDoor(other, approve());
  expect(await approvalLines(other)).toEqual(['The approval was given to other content.']);
  expect(approval?.by).toEqual(NOBODY);
});

test('an approval does not outlive a change of the gate', async () => {
  const saver = sqlite();
  const before = openLab({ saver });
  await bring(before, 'waiting');
  before.next.write = () => {
    throw new Error('The process was killed.');
  };
  await failureOf(throughTheDoor(before, approve()));
  const after = openLab({ saver, validForMs: 61_000 });
  await throughTheDoor(after, null);
  expect(after.reached.write).toBe(0);
  expect((await finish(after, 'waiting')).run?.status).toBe('completed');
});

const PRODUCTION = { profile: 'production' as const };
const MANAGERS = { roles: ['manager'] };

test.each([
  ['somebody without the role', { options: MANAGERS, who: CLERK, why: 'roles' }],
  ['nobody, where a role is asked for', { options: MANAGERS, who: NOBODY, why: 'roles' }],
  ['nobody, in production', { options: PRODUCTION, who: NOBODY, why: 'authenticated' }],
  [
    'a manager who is only said to be one, in production',
    {
      options: { ...PRODUCTION, ...MANAGERS },
      who: { ...MANAGER, authenticated: false },
      why: 'authenticated',
    },
  ],
])('a yes by %s does not open the gate', async (_name, { options, who, why }) => {
  const { lab, as } = labWithCaller({ ...options, sealKey: SEAL_KEY });
  await bring(lab, 'waiting');
  as(who);
  await throughTheDoor(lab, approve());
  expect(lab.reached.write).toBe(0);
  as(MANAGER);
  await throughTheDoor(lab, approve());
  expect((await valuesOf(lab)).run?.status).toBe('completed');
  expect(await approvalLines(lab)).toEqual([expect.stringContaining(why), '']);
});

test('callers do not name themselves in what they send or in the config', async () => {
  const lab = openLab({ roles: ['manager'] });
  await bring(lab, 'waiting');
  const config = { configurable: { ...lab.config.configurable, langgraph_auth_user: MANAGER } };
  const resume = { decision: 'approve', by: MANAGER, roles: ['manager'] };
  await throughTheDoor(lab, new Command({ resume }), config);
  expect(lab.reached.write).toBe(0);
  expect((await valuesOf(lab)).approvals[0]?.by).toEqual(NOBODY);
});

test('an answer with a seal of another question, or without one, past the door is nobody’s', async () => {
  const lab = openLab({ maxAttempts: 9 });
  await bring(lab, 'waiting');
  await throughTheDoor(lab, reject('first'));
  const tuple = [];
  for await (const { pendingWrites = [] } of lab.saver.list(lab.config)) {
    tuple.push(...pendingWrites.filter(([, channel]) => channel === '__resume__'));
  }
  const answers = tuple.map(([, , value]) => (Array.isArray(value) ? value[0] : value));
  expect(answers.length).toBeGreaterThan(0);
  for (const answer of [...answers, { decision: 'approve' }]) {
    await pastTheDoor(lab, new Command({ resume: answer }));
    expect(lab.reached.write).toBe(0);
  }
  await throughTheDoor(lab, approve());
  expect((await valuesOf(lab)).run?.status).toBe('completed');
});

test('a manager’s approval in another fork does not make up for a clerk’s yes in this one', async () => {
  const { lab, as } = labWithCaller({ roles: ['manager'] });
  await bring(lab, 'waiting');
  const old = (await lab.graph.getState(lab.config)).config;
  as(MANAGER);
  await throughTheDoor(lab, approve());
  const { approvals } = await valuesOf(lab);
  expect([lab.reached.write, approvals.length]).toEqual([1, 1]);
  const fork = await lab.graph.updateState(old, {}, 'plan');
  await throughTheDoor(lab, null, fork);
  await lab.graph.updateState(lab.config, { approvals }, 'plan');
  await throughTheDoor(lab, null);
  as(CLERK);
  await throughTheDoor(lab, approve());
  expect(lab.reached.write).toBe(1);
  expect((await valuesOf(lab)).approvals.map(({ by }) => by.id)).toEqual(['mia', 'carl']);
});

test('an approval does not count on a machine whose clock is before it', async () => {
  const saver = sqlite();
  const ahead = openLab({ saver, clock: fakeClock('2026-01-01T12:00:00.000Z') });
  await bring(ahead, 'waiting');
  ahead.next.write = () => {
    throw new Error('The process was killed.');
  };
  await failureOf(throughTheDoor(ahead, approve()));
  const behind = openLab({ saver, clock: fakeClock('2026-01-01T11:00:00.000Z') });
  await throughTheDoor(behind, null);
  expect(behind.reached.write).toBe(0);
  expect((await valuesOf(behind)).refusals.at(-1)).toMatchObject({ phase: 'write' });
  await throughTheDoor(ahead, null);
  expect((await valuesOf(ahead)).run?.status).toBe('completed');
});

test('an approval given under another key opens nothing, and production asks for a key', () => {
  expect(() => openLab({ profile: 'production', sealKey: undefined as never })).toThrow(
    expect.objectContaining({ code: 'WORKFLOW_INVALID_OPTIONS' }),
  );
  expect(() => openLab({ sealKey: new Uint8Array(31) })).toThrow(
    expect.objectContaining({ code: 'WORKFLOW_INVALID_OPTIONS' }),
  );
});
