import type { RunnableConfig } from '@langchain/core/runnables';
import { emptyCheckpoint, MemorySaver, type CheckpointTuple } from '@langchain/langgraph';
import { expect, test } from 'vitest';

import { lendTuple } from './lend-tuple.ts';

/** A saver with a private field, that counts what is read of it. */
class CountingSaver extends MemorySaver {
  readonly #read: RunnableConfig[] = [];

  get read(): readonly RunnableConfig[] {
    return this.#read;
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    this.#read.push(config);
    return super.getTuple(config);
  }
}

const tuple: CheckpointTuple = { config: {}, checkpoint: emptyCheckpoint() };
const latest = { configurable: { thread_id: 'one', checkpoint_ns: '' } };

function lent(nowMs: () => number = () => 0) {
  const saver = new CountingSaver();
  return { saver, lending: lendTuple({ saver, thread: 'one', tuple, atMs: 0 }, nowMs) };
}

test('gives what was read once, and asks the saver from then on', async () => {
  const { saver, lending } = lent();
  expect(await lending.getTuple(latest)).toBe(tuple);
  expect(saver.read).toEqual([]);
  expect(await lending.getTuple(latest)).toBeUndefined();
  expect(saver.read).toEqual([latest]);
});

test.each([
  ['another thread', { thread_id: 'two' }],
  ['a checkpoint by its id', { thread_id: 'one', checkpoint_id: 'an id' }],
  ['the lane of a graph inside', { thread_id: 'one', checkpoint_ns: 'inner:1' }],
  ['a place in the map of an outer graph', { thread_id: 'one', checkpoint_map: {} }],
])('does not give it to who asks for %s', async (_name, configurable) => {
  const { saver, lending } = lent();
  expect(await lending.getTuple({ configurable })).toBeUndefined();
  expect(saver.read).toHaveLength(1);
});

test('does not give what was read long before', async () => {
  const { lending } = lent(() => 51);
  expect(await lending.getTuple(latest)).toBeUndefined();
});

test('passes everything else on to the saver itself', async () => {
  const { saver, lending } = lent();
  const { id } = tuple.checkpoint;
  await lending.put(latest, tuple.checkpoint, { source: 'input', step: -1, parents: {} }, {});
  expect((await saver.getTuple(latest))?.checkpoint.id).toBe(id);
  expect(lending.getNextVersion(1)).toBe(saver.getNextVersion(1));
  expect(lending).toBeInstanceOf(CountingSaver);
  await lending.deleteThread('one');
  expect(await saver.getTuple(latest)).toBeUndefined();
});
