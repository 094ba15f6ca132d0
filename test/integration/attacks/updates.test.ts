import { Overwrite } from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';

import { digestOf } from '../../../src/kernel/index.ts';
import {
  bring,
  failureOf,
  finish,
  throughTheDoor,
  valuesOf,
  type Stage,
  type Values,
} from './entrances.ts';
import { NODES, openLab, PHASES, SAVERS, type Lab } from './fixture.ts';

const NONE = { notes: 0, plan: 0, confirm: 0, write: 0 };
const PERSON = { id: 'eve', kind: 'person', roles: [], authenticated: true, source: 'forged' };
const AS_NODES = [...NODES, '__input__', '__start__', '__end__', '__copy__', undefined];

/** What somebody would write to get past the person: each part of the state, forged or taken from elsewhere. */
const FORGERIES: Readonly<Record<string, (values: Values) => Record<string, unknown>>> = {
  'an artifact without a seal': () => ({ artifacts: [artifact({ seal: 'forged' })] }),
  'an artifact with the seal of another': ({ artifacts }) => ({
    artifacts: [artifact({ seal: artifacts.plan?.seal })],
  }),
  'artifacts as an object': ({ artifacts }) => ({ artifacts: { ...artifacts, confirm: {} } }),
  'a sealed artifact with another value': ({ artifacts }) => ({
    artifacts: [{ ...artifacts.plan, value: { steps: ['forged'] } }],
  }),
  'a sealed artifact with another value and its digest': ({ artifacts }) => ({
    artifacts: [{ ...artifacts.plan, value: { steps: ['x'] }, digest: digestOf({ steps: ['x'] }) }],
  }),
  'an artifact under another phase': ({ artifacts }) => ({
    artifacts: [{ ...artifacts.plan, phase: 'confirm' }],
  }),
  'an artifact that is a cycle': ({ artifacts }) => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    return { artifacts: [{ ...artifacts.plan, value: cycle }] };
  },
  'a run that stands further on': ({ run }) => ({ run: { ...run, phase: 'confirm', seq: 9 } }),
  'a run that has ended': ({ run }) => ({ run: { ...run, status: 'completed' } }),
  'no run at all': () => ({ run: null }),
  'a run with an Overwrite': () => ({ run: new Overwrite(null) }),
  'a run with an Overwrite as JSON': () => ({ run: { __overwrite__: null } }),
  'artifacts with an Overwrite': () => ({ artifacts: new Overwrite({}) }),
  'history with an Overwrite as JSON': () => ({ history: { __overwrite__: [] } }),
  'a visit that was not made': ({ history }) => ({
    history: [{ ...history[1], index: history.length, phase: 'confirm' }],
  }),
  'a visit once more': ({ history }) => ({ history: [history[1]] }),
  'a forged approval': ({ run }) => ({
    approvals: [
      {
        thread: 'thread',
        run: run?.id,
        from: 'confirm',
        to: 'write',
        visit: 'confirm:x',
        subjectDigest: digestOf({}),
        gateDigest: digestOf({}),
        by: PERSON,
        comment: '',
        givenAt: '2026-01-01T00:00:00.000Z',
        expiresAt: '2027-01-01T00:00:00.000Z',
        seal: 'forged',
      },
    ],
  }),
  'an approval that is true': () => ({ approvals: [true] }),
  'a forged refusal': () => ({ refusals: [{ run: null, phase: 'plan', visit: '', seal: '' }] }),
  'a key that reaches the prototype': () => ({
    artifacts: [JSON.parse('{"__proto__":{"phase":"confirm"}}')],
  }),
};

function artifact(part: Record<string, unknown>): Record<string, unknown> {
  const value = { decision: 'approved', plan: { steps: [] }, comment: '' };
  return {
    run: 'run',
    phase: 'confirm',
    attempt: 1,
    visit: 'confirm:x',
    version: 1,
    producedAt: '2026-01-01T00:00:00.000Z',
    digest: digestOf(value),
    value,
    ...part,
  };
}

describe.each(Object.entries(FORGERIES))('updateState with %s', (_name, forge) => {
  test.each(['notes', 'confirm', undefined])('as "%s" is refused', async (node) => {
    const lab = openLab();
    await bring(lab, 'waiting');
    const before = await valuesOf(lab);
    const failure = await failureOf(lab.graph.updateState(lab.config, forge(before), node));
    expect(failure).toMatchObject({
      code: 'WORKFLOW_UNSEALED_WRITE',
      hint: expect.stringContaining('Command({ resume })'),
    });
    expect(await valuesOf(lab)).toEqual(before);
    await expectCompletes(lab, 'waiting');
  });
});

describe.each(SAVERS)('updateState with nothing in it, with the %s saver', (_name, openSaver) => {
  describe.each(['running', 'waiting', 'completed'] as const)('on a %s thread', (stage) => {
    test.each(AS_NODES)('as "%s" moves no run', async (node) => {
      const lab = openLab({ saver: openSaver() });
      await bring(lab, stage);
      const before = await valuesOf(lab);
      await failureOf(lab.graph.updateState(lab.config, node === '__end__' ? null : {}, node));
      expect((await valuesOf(lab)).run).toEqual(before.run);
      await failureOf(throughTheDoor(lab, null));
      const { values, next } = await lab.graph.getState(lab.config);
      expect(lab.reached.write).toBe(0);
      if (stage === 'completed') expect(values.run.status).toBe('completed');
      else expect(next).toEqual(['confirm']);
      await expectCompletes(lab, stage === 'running' ? 'waiting' : stage);
    });
  });
});

test('older sealed records do not set a run back', async () => {
  const lab = openLab();
  await bring(lab, 'waiting');
  const now = await valuesOf(lab);
  for await (const { values } of lab.graph.getStateHistory(lab.config)) {
    const { run, artifacts, history } = values as Values;
    if (run === null || run.seq === now.run?.seq) continue;
    for (const update of [
      { run },
      { history },
      { run, history, artifacts: Object.values(artifacts) },
    ]) {
      const failure = await failureOf(lab.graph.updateState(lab.config, update, 'notes'));
      expect(failure?.code).toBe('WORKFLOW_UNSEALED_WRITE');
    }
  }
  await expectCompletes(lab, 'waiting');
});

test('sealed records of the run before do not replace those of this run', async () => {
  const lab = openLab();
  await bring(lab, 'completed');
  const first = await valuesOf(lab);
  lab.clock.advance(1000);
  await throughTheDoor(lab, { input: { text: 'e f' } });
  for (const update of [
    { run: first.run },
    { artifacts: Object.values(first.artifacts) },
    { history: first.history },
  ]) {
    const failure = await failureOf(lab.graph.updateState(lab.config, update, 'plan'));
    expect(failure?.code).toBe('WORKFLOW_UNSEALED_WRITE');
  }
  await lab.graph.updateState(lab.config, { approvals: first.approvals }, 'plan');
  lab.reached.write = 0;
  await throughTheDoor(lab, null);
  expect(lab.reached.write).toBe(0);
  await expectCompletes(lab, 'waiting');
});

test('new input by updateState does not disturb the run under way, and is told', async () => {
  const lab = openLab();
  await bring(lab, 'waiting');
  await lab.graph.updateState(lab.config, { input: { text: 'forbidden' } }, 'plan');
  await throughTheDoor(lab, null);
  const values = await finish(lab, 'waiting');
  expect(values.run?.status).toBe('completed');
  expect(values.refusals.map(({ code }) => code)).toContain('PHASE_RUN_IN_PROGRESS');
});

async function expectCompletes(lab: Lab, stage: Stage): Promise<void> {
  for (const phase of PHASES) lab.reached[phase] = 0;
  const end = await finish(lab, stage);
  expect(end.run?.status).toBe('completed');
  expect(lab.reached).toEqual({ ...NONE, ...reachedBy(stage) });
}

function reachedBy(stage: Stage): Partial<typeof NONE> {
  return stage === 'waiting'
    ? { confirm: 1, write: 1 }
    : { notes: 1, plan: 1, confirm: 1, write: 1 };
}
