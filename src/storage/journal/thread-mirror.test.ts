import { MemorySaver, type BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { at, checkpointOf, METADATA, putValues, valuesOf } from '../engine/fixtures/behaviours.ts';
import { operations, replay } from '../engine/fixtures/operations.ts';
import { CheckpointEngine, createKeyring, type CheckpointStore } from '../engine/index.ts';
import { ThreadMirror } from './thread-mirror.ts';

const KEYS = createKeyring([new Uint8Array(32).fill(1)]);

/** A store that knows nothing but its mirrors. */
function mirrorStore(mirrorOf: (thread: string) => ThreadMirror): CheckpointStore {
  const known = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('not known');
    return value;
  };
  const unused = async (): Promise<never> => Promise.reject(new Error('not part of a mirror'));
  return {
    read: async (lane, id) => known(mirrorOf(lane.thread).read(lane, id)),
    page: async (page) => known(mirrorOf(page.thread ?? '').page(page)),
    segments: async (thread, digests) => known(mirrorOf(thread).segments(digests)),
    lanes: async (thread) => known(mirrorOf(thread).lanes()),
    threadRow: async (thread) => mirrorOf(thread).row,
    commit: async (commit) => {
      const mirror = mirrorOf(commit.lane.thread);
      const outcome = known(mirror.judge(commit));
      if (outcome.kind === 'done') mirror.apply({ kind: 'put', commit });
      return outcome;
    },
    commitWrites: async (commit) => {
      const mirror = mirrorOf(commit.lane.thread);
      const outcome = mirror.judgeWrites(commit);
      if (outcome.kind === 'done') mirror.apply({ kind: 'writes', commit });
      return outcome;
    },
    erase: async (thread, row) => {
      mirrorOf(thread).apply({ kind: 'erase', row });
      return true;
    },
    remove: unused,
    segmentDigests: unused,
    stage: unused,
  };
}

function mirrored(): { saver: BaseCheckpointSaver; mirrors: Map<string, ThreadMirror> } {
  const mirrors = new Map<string, ThreadMirror>();
  const mirrorOf = (thread: string): ThreadMirror => {
    const mirror = mirrors.get(thread) ?? new ThreadMirror(thread).completed();
    mirrors.set(thread, mirror);
    return mirror;
  };
  const saver = new CheckpointEngine({ store: mirrorStore(mirrorOf), keys: () => KEYS });
  return { saver, mirrors };
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
      const { saver, mirrors } = mirrored();
      const answers = await replay(saver, sequence);
      for (const [thread, mirror] of mirrors) {
        mirrors.set(thread, new ThreadMirror(thread, mirror.snapshot()));
      }
      expect(await replay(saver, [])).toEqual(answers);
    }),
    { numRuns: 40 },
  );
});

test('trimmed, it still has the latest state, and knows what it does not know', async () => {
  const { saver, mirrors } = mirrored();
  for (const id of ['1', '2', '3']) {
    const parent = id === '1' ? {} : { parent: String(Number(id) - 1) };
    await putValues(saver, { id, ...parent, values: { a: `${id} `.repeat(300) } });
    await saver.putWrites(at(id), [['a', id]], 'task');
  }
  const mirror = mirrors.get('t');
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
