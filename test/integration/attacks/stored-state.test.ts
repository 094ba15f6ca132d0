import { MemorySaver, type BaseCheckpointSaver, type CheckpointTuple } from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';

import { compileWorkflow, defineWorkflow, type Snapshot } from '../../../src/workflow/index.ts';
import {
  approve,
  bring,
  ENTRANCES,
  failureOf,
  finish,
  pastTheDoor,
  reject,
  throughTheDoor,
  valuesOf,
  type Values,
} from './entrances.ts';
import { letters, openLab, probe, SAVERS, SEAL_KEY, sqlite, type Lab } from './fixture.ts';

const NONE = { notes: 0, plan: 0, confirm: 0, write: 0 };

type Channels = Record<string, unknown>;

/** Writes into the store what nobody's graph wrote: the latest checkpoint with other channel values. */
async function tamper(lab: Lab, change: (values: Channels) => Channels): Promise<void> {
  const tuple = await lab.saver.getTuple(lab.config);
  if (tuple === undefined) throw new Error('Expected a checkpoint.');
  const { checkpoint, metadata, config } = tuple;
  const values = change(decoded(checkpoint.channel_values));
  const id = laterId(checkpoint.id);
  await put(lab.saver, tuple, { ...checkpoint, id, channel_values: values });
  expect(config.configurable?.['thread_id']).toBe(lab.config.configurable.thread_id);
  expect(metadata).toBeDefined();
}

/** Channels are stored as JSON texts. */
function decoded(stored: Channels): Channels {
  const plain = JSON.parse(JSON.stringify(stored)) as Channels;
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => {
      const isText = typeof value === 'string' && /^[[{"]|^null$/.test(value);
      return [name, isText ? (JSON.parse(value) as unknown) : value];
    }),
  );
}

async function put(
  saver: BaseCheckpointSaver,
  { config, metadata }: CheckpointTuple,
  checkpoint: CheckpointTuple['checkpoint'],
): Promise<void> {
  const { thread_id: thread, checkpoint_id: parent } = config.configurable ?? {};
  await saver.put(
    { configurable: { thread_id: thread, checkpoint_ns: '', checkpoint_id: parent } },
    checkpoint,
    metadata ?? { source: 'update', step: 0, parents: {} },
    checkpoint.channel_versions,
  );
}

/** An id that sorts right behind `id`, because the latest checkpoint is the one with the greatest id. */
function laterId(id: string): string {
  return `${id.slice(0, -12)}ffffffffffff`;
}

interface Sealed {
  readonly value?: unknown;
  readonly seal: string;
}

const at = (values: Channels, channel: string): Record<string, Sealed> =>
  values[channel] as Record<string, Sealed>;

const EDITS: Readonly<Record<string, (values: Channels) => Channels>> = {
  'a run without a seal': (values) => ({ ...values, run: { ...at(values, 'run'), seal: '' } }),
  'a run moved on by hand': (values) => ({
    ...values,
    run: { ...at(values, 'run'), phase: 'confirm', seq: 3 },
  }),
  'a run that is a text': (values) => ({ ...values, run: 'completed' }),
  'a run of a newer format': (values) => ({ ...values, run: { ...at(values, 'run'), format: 2 } }),
  'artifacts with a changed value': (values) => {
    const artifacts = at(values, 'artifacts');
    return {
      ...values,
      artifacts: { ...artifacts, plan: { ...artifacts['plan'], value: { steps: ['forged'] } } },
    };
  },
  'artifacts without the input': (values) => {
    const { input: _, ...rest } = at(values, 'artifacts');
    return { ...values, artifacts: rest };
  },
  'artifacts under exchanged names': (values) => {
    const { plan, notes, ...rest } = at(values, 'artifacts');
    return { ...values, artifacts: { ...rest, plan: notes, notes: plan } };
  },
  'artifacts as a list': (values) => ({ ...values, artifacts: [] }),
  'artifacts that are gone': (values) => ({ ...values, artifacts: {} }),
  'a history cut short': (values) => ({ ...values, history: [] }),
  'a history that is a text': (values) => ({ ...values, history: 'notes, plan' }),
  'a history with a visit twice': (values) => {
    const history = values['history'] as unknown[];
    return { ...values, history: [...history, history[0]] };
  },
  'a mailbox that a serializer would revive': (values) => ({
    ...values,
    input: { lc: 1, type: 'not_implemented', id: ['x'] },
  }),
};

const MESSAGES = [null, approve(), { input: { text: 'x' } }];

describe.each(Object.entries(EDITS))('a stored state with %s', (_edit, edit) => {
  test.each(ENTRANCES)('is not gone on with %s', async (_name, send) => {
    for (const message of MESSAGES) {
      const lab = openLab();
      await bring(lab, 'waiting');
      await tamper(lab, edit);
      await failureOf(send(lab, message));
      expect(lab.reached).toEqual(NONE);
    }
  });

  test.each(SAVERS)(
    'leaves a fork from before the change to go on, with the %s saver',
    async (_name, open) => {
      const lab = openLab({ saver: open() });
      await bring(lab, 'waiting');
      const before = (await lab.graph.getState(lab.config)).config;
      await tamper(lab, edit);
      await failureOf(throughTheDoor(lab, null));
      const fork = await lab.graph.updateState(before, {}, 'plan');
      await throughTheDoor(lab, null, fork);
      await throughTheDoor(lab, approve());
      expect((await valuesOf(lab)).run?.status).toBe('completed');
    },
  );
});

test.each([
  ['its end put off', { expiresAt: '2099-01-01T00:00:00.000Z' }],
  ['the seal of nothing', { expiresAt: '2099-01-01T00:00:00.000Z', seal: 'A'.repeat(43) }],
])('an approval that was stored with %s opens no gate', async (_name, forged) => {
  const lab = openLab({ validForMs: 1000 });
  await bring(lab, 'waiting');
  lab.next.write = () => {
    throw new Error('The process was killed.');
  };
  await failureOf(throughTheDoor(lab, approve()));
  expect(lab.reached.write).toBe(1);
  lab.clock.advance(2000);
  await tamper(lab, (values) => ({
    ...values,
    approvals: (values['approvals'] as object[]).map((approval) => ({ ...approval, ...forged })),
  }));
  await throughTheDoor(lab, null);
  expect(lab.reached.write).toBe(1);
  const { run } = await finish(lab, 'waiting');
  expect([run?.status, lab.reached.write]).toEqual(['completed', 2]);
});

test('a visit of another fork, put in the place of its like in the store, is refused', async () => {
  const lab = openLab();
  await bring(lab, 'waiting');
  const common = (await lab.graph.getState(lab.config)).config;
  const [one] = [await planAgain(lab, 'one', common), await planAgain(lab, 'other', common)];
  await tamper(lab, (values) => ({
    ...values,
    history: [...(values['history'] as object[]).slice(0, -1), one.history.at(-1)],
    artifacts: { ...at(values, 'artifacts'), plan: one.artifacts.plan },
  }));
  lab.reached.confirm = 0;
  for (const message of [null, approve()]) await failureOf(throughTheDoor(lab, message));
  expect(lab.reached).toMatchObject({ confirm: 0, write: 0 });
  expect((await valuesOf(lab)).run?.reason).toContain('put together from several');
});

/** Sends the run on a thread back to its plan, with a comment, from the checkpoint given. */
async function planAgain(lab: Lab, comment: string, from: object): Promise<Values> {
  await throughTheDoor(lab, null, await lab.graph.updateState(from, {}, 'plan'));
  await throughTheDoor(lab, reject(comment));
  return valuesOf(lab);
}

test('a state that cannot be read is closed with the reason, and the thread takes new input', async () => {
  const lab = openLab();
  await bring(lab, 'waiting');
  await tamper(lab, (values) => ({ ...values, run: { ...at(values, 'run'), seal: 'x' } }));
  await throughTheDoor(lab, null);
  expect((await valuesOf(lab)).run).toMatchObject({
    status: 'blocked',
    reason: expect.stringContaining('cannot be read'),
  });
  expect(lab.reached).toMatchObject({ confirm: 0, write: 0 });
  expect((await finish(lab, 'blocked')).run?.status).toBe('completed');
});

describe('a thread of another', () => {
  test('thread, copied in the store, is refused', async () => {
    const saver = sqlite();
    const one = openLab({ saver, thread: 'one' });
    await bring(one, 'waiting');
    const tuple = await saver.getTuple(one.config);
    if (tuple === undefined) throw new Error('Expected a checkpoint.');
    const other = openLab({ saver, thread: 'other' });
    await put(saver, { ...tuple, config: other.config }, tuple.checkpoint);
    for (const message of [null, approve()]) await failureOf(throughTheDoor(other, message));
    expect(other.reached).toEqual(NONE);
    expect((await finish(one, 'waiting')).run?.status).toBe('completed');
  });

  test('seal key is refused', async () => {
    const saver = sqlite();
    const one = openLab({ saver });
    await bring(one, 'waiting');
    const other = openLab({ saver, sealKey: new Uint8Array(32).fill(9) });
    const failure = await failureOf(throughTheDoor(other, { input: { text: 'x' } }));
    expect(failure).toMatchObject({
      code: 'WORKFLOW_UNREADABLE_STATE',
      hint: expect.stringContaining('seal key'),
    });
    await failureOf(throughTheDoor(other, approve()));
    expect(other.reached).toEqual(NONE);
  });

  test('workflow is refused and stays as it was', async () => {
    const saver = sqlite();
    const one = openLab({ saver });
    await bring(one, 'waiting');
    const given = probe();
    const foreign = defineWorkflow({ ...letters(given), id: 'others' } as never);
    const graph = compileWorkflow(foreign as ReturnType<typeof letters>, {
      sealKey: SEAL_KEY,
      checkpointer: saver,
    });
    const other = { ...one, graph, reached: given.reached };
    for (const input of [{ input: { text: 'x' } }, null, approve()]) {
      const failure = await failureOf(throughTheDoor(other, input));
      expect(failure?.code).toMatch(/^WORKFLOW_(UNREADABLE_STATE|NOTHING_ASKED)$/);
      await failureOf(pastTheDoor(other, input));
    }
    expect(given.reached).toEqual(NONE);
    expect((await valuesOf(one)).run?.status).toBe('running');
    await throughTheDoor(one, null);
    expect((await finish(one, 'waiting')).run?.status).toBe('completed');
  });
});

describe('a run that was stored under version 1', () => {
  const saved = async (): Promise<MemorySaver> => {
    const saver = new MemorySaver();
    await bring(openLab({ saver }), 'waiting');
    return saver;
  };

  test('is refused by version 2 without a migration, and version 1 still finishes it', async () => {
    const saver = await saved();
    const newer = openLab({ saver, version: 2 });
    const failure = await failureOf(throughTheDoor(newer, null));
    expect(failure).toMatchObject({
      code: 'WORKFLOW_UNREADABLE_STATE',
      message: expect.stringContaining('no migration leads from version 1 to 2'),
    });
    expect(newer.reached).toEqual(NONE);
    expect((await finish(openLab({ saver }), 'waiting')).run?.status).toBe('completed');
  });

  test('goes on under version 2 with a migration', async () => {
    const saver = await saved();
    const migrate = (snapshot: Snapshot): Snapshot => {
      const plan = snapshot.artifacts['plan'] as { steps: string[] };
      return {
        ...snapshot,
        artifacts: { ...snapshot.artifacts, plan: { steps: [...plan.steps, 'lifted'] } },
      };
    };
    const newer = openLab({ saver, version: 2, migrations: [{ from: 1, migrate }] });
    await throughTheDoor(newer, null);
    const end = await finish(newer, 'waiting');
    expect(end.run).toMatchObject({ status: 'completed', version: 2 });
    expect(end.artifacts.write?.value.body).toContain('lifted');
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['gives a promise', async (snapshot: Snapshot) => snapshot],
    ['gives nothing', () => undefined],
    ['leaves an artifact out', ({ input }: Snapshot) => ({ input, artifacts: {} })],
    [
      'gives what does not fit',
      (snapshot: Snapshot) => ({
        ...snapshot,
        artifacts: { ...snapshot.artifacts, plan: { steps: 'x' } },
      }),
    ],
    [
      'gives what is not JSON',
      (snapshot: Snapshot) => ({
        ...snapshot,
        artifacts: { ...snapshot.artifacts, plan: new Date() },
      }),
    ],
    [
      'changes what it is given',
      (snapshot: Snapshot) => Object.assign(snapshot, { input: { text: 'x' } }),
    ],
  ])('is refused when the migration %s', async (_name, migrate) => {
    const saver = await saved();
    const newer = openLab({
      saver,
      version: 2,
      migrations: [{ from: 1, migrate: migrate as never }],
    });
    await failureOf(throughTheDoor(newer, null));
    await failureOf(throughTheDoor(newer, approve()));
    expect(newer.reached).toEqual(NONE);
  });

  test('takes no answer that was given before the migration changed what was shown', async () => {
    const saver = await saved();
    const migrate = (snapshot: Snapshot): Snapshot => ({
      ...snapshot,
      artifacts: { ...snapshot.artifacts, plan: { steps: ['lifted'] } },
    });
    const newer = openLab({ saver, version: 2, migrations: [{ from: 1, migrate }] });
    await throughTheDoor(newer, approve());
    expect(newer.reached.write).toBe(0);
  });

  test('a run of version 2 is not read by version 1', async () => {
    const saver = new MemorySaver();
    await bring(openLab({ saver, version: 2 }), 'waiting');
    const older = openLab({ saver });
    const failure = await failureOf(throughTheDoor(older, null));
    expect(failure?.message).toContain('it has version 2, and this workflow has 1');
    expect(older.reached).toEqual(NONE);
    expect((await finish(openLab({ saver, version: 2 }), 'waiting')).run?.status).toBe('completed');
  });
});
