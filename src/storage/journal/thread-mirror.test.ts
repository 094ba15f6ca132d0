import { MemorySaver, type BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { at, checkpointOf, METADATA, putValues, valuesOf } from '../engine/fixtures/behaviours.ts';
import { operations, replay } from '../engine/fixtures/operations.ts';
import { CheckpointEngine, createKeyring } from '../engine/index.ts';
import { MirrorStore } from './fixtures/mirror-store.ts';

const KEYS = createKeyring([new Uint8Array(32).fill(1)]);

function mirrored(): { saver: BaseCheckpointSaver; store: MirrorStore } {
  const store = new MirrorStore();
  return { saver: new CheckpointEngine({ store, keys: () => KEYS }), store };
}

test('a thread that is wholly known answers as a store does, whatever is put in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(operations, async (sequence) => {
      expect(await replay(mirrored().saver, sequence)).toEqual(
        await replay(new MemorySaver(), sequence),
      );
    }),
    { numRuns: 40 },
  );
});

test('a snapshot has everything that is known', async () => {
  await fc.assert(
    fc.asyncProperty(operations, async (sequence) => {
      const { saver, store } = mirrored();
      const answers = await replay(saver, sequence);
      store.restore(store.dump());
      expect(await replay(saver, [])).toEqual(answers);
    }),
    { numRuns: 40 },
  );
});

test('trimmed, it still has the latest state, and knows what it does not know', async () => {
  const { saver, store } = mirrored();
  for (const id of ['1', '2', '3']) {
    const parent = id === '1' ? {} : { parent: String(Number(id) - 1) };
    await putValues(saver, { id, ...parent, values: { a: `${id} `.repeat(300) } });
    await saver.putWrites(at(id), [['a', id]], 'task');
  }
  const mirror = store.mirrors.get('t');
  mirror?.trim((_ns, id) => id === '2');
  expect(await valuesOf(saver)).toEqual({ a: '3 '.repeat(300) });
  expect(await valuesOf(saver, '2')).toEqual({ a: '2 '.repeat(300) });
  expect(mirror?.snapshot().segments.size).toBe(2);
  await expect(valuesOf(saver, '1')).rejects.toThrow('not known');
  await expect(saver.list(at()).next()).rejects.toThrow('not known');
  // A checkpoint after the head is new for certain; one before it may be there already.
  await putValues(saver, { id: '4', parent: '3', values: { a: 4 } });
  await expect(saver.put(at(), checkpointOf('0', {}), METADATA, {})).rejects.toThrow('not known');
});
