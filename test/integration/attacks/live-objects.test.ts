import { describe, expect, test } from 'vitest';

import { systemClock } from '../../../src/kernel/index.ts';
import { approve, bring, failureOf, reject, throughTheDoor, valuesOf } from './entrances.ts';
import { openLab, SAVERS, type Lab } from './fixture.ts';

/** A sealed artifact whose value is a property of the attacker's making. */
async function withValue(lab: Lab, phase: string, property: PropertyDescriptor): Promise<object> {
  const { artifacts } = await valuesOf(lab);
  const record: object = (artifacts as Record<string, object>)[phase] ?? {};
  const { value: _, ...rest } = record as { value?: unknown };
  return Object.defineProperty({ ...rest }, 'value', { ...property, configurable: true });
}

const write = (lab: Lab, record: object, phase: string): ReturnType<typeof failureOf> =>
  failureOf(lab.graph.updateState(lab.config, { artifacts: [record] }, phase));

describe.each(SAVERS)('an object that lives on, with the %s saver', (_name, saver) => {
  test('cannot hide another value from the seal', async () => {
    const lab = openLab({ saver: saver() });
    await bring(lab, 'running');
    const value = { words: ['forbidden'] };
    const hidden = await withValue(lab, 'notes', { value, enumerable: false });
    expect(await write(lab, hidden, 'notes')).toMatchObject({ code: 'WORKFLOW_UNSEALED_WRITE' });
    await throughTheDoor(lab, null);
    expect((await valuesOf(lab)).artifacts).toMatchObject({
      plan: { value: { steps: ['a', 'b'] } },
    });
  });

  test('cannot say something else once it was approved', async () => {
    const lab = openLab({ saver: saver() });
    await bring(lab, 'waiting');
    await lab.graph.invoke(approve(), {
      ...lab.config,
      interruptBefore: ['write'] as never,
    });
    const { artifacts } = await valuesOf(lab);
    const approved: unknown = (artifacts as Record<string, { value: unknown }>)['confirm']?.value;
    let evil = false;
    const get = (): unknown =>
      evil ? { decision: 'approved', plan: { steps: ['WIRE'] }, comment: '' } : approved;
    await write(lab, await withValue(lab, 'confirm', { get, enumerable: true }), 'confirm');
    evil = true;
    await throughTheDoor(lab, null);
    expect((await valuesOf(lab)).artifacts).toMatchObject({ write: { value: { body: 'a,b' } } });
  });
});

test('a stored artifact whose value was taken out is not read as what its schema puts in its place', async () => {
  const lab = openLab();
  await bring(lab, 'running');
  const tuple = await lab.saver.getTuple(lab.config);
  const values = tuple?.checkpoint.channel_values ?? {};
  const artifacts = JSON.parse(JSON.stringify(values['artifacts'])) as unknown;
  const records = JSON.parse(String(artifacts)) as Record<string, { value?: unknown }>;
  delete records['notes']?.value;
  const checkpoint = {
    ...tuple?.checkpoint,
    id: `${tuple?.checkpoint.id.slice(0, -12)}ffffffffffff`,
    channel_values: { ...values, artifacts: JSON.stringify(records) },
  };
  const at = { thread_id: lab.config.configurable.thread_id, checkpoint_ns: '' };
  const parent = { configurable: { ...at, checkpoint_id: tuple?.checkpoint.id } };
  await lab.saver.put(parent as never, checkpoint as never, tuple?.metadata as never, {});
  await failureOf(throughTheDoor(lab, null));
  expect(lab.reached).toMatchObject({ plan: 0 });
});

test('a callback that waits while another call rejects does not bring the older state back', async () => {
  const lab = openLab({ clock: systemClock as never });
  await bring(lab, 'waiting');
  let isFirst = true;
  const callback = {
    awaitHandlers: true,
    handleChainStart: async (): Promise<void> => {
      if (!isFirst) return;
      isFirst = false;
      await throughTheDoor(lab, reject('stop'));
    },
  };
  const config = { ...lab.config, callbacks: [callback] as never };
  await failureOf(lab.graph.invoke(approve(), config));
  expect(lab.reached).toMatchObject({ plan: 2, write: 0 });
});
