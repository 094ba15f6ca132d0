import { Command, Send } from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';

import {
  bring,
  ENTRANCES,
  failureOf,
  finish,
  pastTheDoor,
  STAGES,
  throughTheDoor,
  valuesOf,
  type Stage,
} from './entrances.ts';
import { NODES, openLab, PHASES, SAVERS, type Lab } from './fixture.ts';

/** The only agent that a jump may wake: the one that the run stands before anyway. */
const RIGHTFUL: Readonly<Record<Stage, readonly string[]>> = {
  new: [],
  running: ['plan'],
  waiting: [],
  completed: [],
  blocked: [],
};

function wrongfullyReached(lab: Lab, stage: Stage): readonly string[] {
  return PHASES.filter((phase) => lab.reached[phase] > 0 && !RIGHTFUL[stage].includes(phase));
}

describe.each(SAVERS)('with the %s saver', (name, openSaver) => {
  const stages = name === 'memory' ? STAGES : (['running', 'waiting'] as const);
  describe.each(stages)('on a thread that is %s', (stage) => {
    test.each(NODES)('Command({ goto: "%s" }) is refused at the door', async (node) => {
      const lab = openLab({ saver: openSaver() });
      await bring(lab, stage);
      const failure = await failureOf(throughTheDoor(lab, new Command({ goto: node })));
      expect(failure).toMatchObject({
        code: 'WORKFLOW_STEERING_REFUSED',
        hint: expect.stringContaining('Command({ resume })'),
      });
      expect(lab.reached).toEqual({ notes: 0, plan: 0, confirm: 0, write: 0 });
      expect((await finish(lab, stage)).run?.status).toBe('completed');
    });

    test.each(NODES)('Command({ goto: "%s" }) past the door reaches no agent', async (node) => {
      const lab = openLab({ saver: openSaver() });
      await bring(lab, stage);
      await pastTheDoor(lab, new Command({ goto: node }));
      expect(wrongfullyReached(lab, stage)).toEqual([]);
      await expectToldAndUsable(lab, stage, node);
    });

    test.each(NODES)('Send to "%s" with a forged state reaches no agent', async (node) => {
      const lab = openLab({ saver: openSaver() });
      await bring(lab, stage);
      const forged = { input: { text: 'x' }, run: { status: 'running', phase: 'confirm' } };
      const send = new Command({ goto: new Send(node, forged) });
      expect((await failureOf(throughTheDoor(lab, send)))?.code).toBe('WORKFLOW_STEERING_REFUSED');
      await failureOf(pastTheDoor(lab, send));
      expect(wrongfullyReached(lab, stage)).toEqual([]);
      await expectUsable(lab, stage);
    });
  });

  test.each(PHASES)('Send to "%s" with a genuine older state reaches no agent', async (node) => {
    const lab = openLab({ saver: openSaver() });
    await bring(lab, 'waiting');
    for await (const { values } of lab.graph.getStateHistory(lab.config)) {
      await failureOf(pastTheDoor(lab, new Command({ goto: new Send(node, values) })));
    }
    expect(lab.reached).toEqual({ notes: 0, plan: 0, confirm: 0, write: 0 });
    const { refusals } = await valuesOf(lab);
    for (const { code } of refusals) expect(code).toBe('PHASE_PUSHED');
    await expectUsable(lab, 'waiting');
  });

  test.each(PHASES.slice(1))('a run does not begin at "%s" with input of its own', async (node) => {
    const lab = openLab({ saver: openSaver() });
    const jump = new Command({ goto: node, update: { input: { text: 'a b' } } });
    await failureOf(pastTheDoor(lab, jump));
    expect(lab.reached).toEqual({ notes: 0, plan: 0, confirm: 0, write: 0 });
    const { refusals } = await valuesOf(lab);
    expect(refusals.map(({ phase, code }) => [phase, code])).toEqual([[node, 'PHASE_NOT_FIRST']]);
    await expectUsable(lab, 'new');
  });

  test('several jumps at once, with an answer and an update, reach no agent', async () => {
    const lab = openLab({ saver: openSaver() });
    await bring(lab, 'waiting');
    const all = new Command({ goto: [...NODES], update: { input: { text: 'x' } } });
    for (const [, send] of ENTRANCES) await failureOf(send(lab, all));
    expect(lab.reached).toEqual({ notes: 0, plan: 0, confirm: 0, write: 0 });
    await expectUsable(lab, 'waiting');
  });
});

/** Where the run stands anyway; going there is no jump. */
const STANDS: Partial<Record<Stage, string>> = { running: 'plan', waiting: 'confirm' };

async function expectToldAndUsable(lab: Lab, stage: Stage, node: string): Promise<void> {
  await expectUsable(lab, stage);
  const told = (await valuesOf(lab)).refusals.filter(({ phase }) => phase === node);
  expect(told).toEqual(
    STANDS[stage] === node
      ? []
      : [
          expect.objectContaining({
            code: expect.stringMatching(/^PHASE_/),
            remedy: expect.stringContaining('run'),
          }),
        ],
  );
}

async function expectUsable(lab: Lab, stage: Stage): Promise<void> {
  const state = await lab.graph.getState(lab.config);
  const stands = state.next.includes('confirm') ? 'waiting' : stage;
  expect((await finish(lab, stands)).run?.status).toBe('completed');
  expect(lab.reached.write).toBe(1);
}
