import { createHash } from 'node:crypto';

import { uuid6, type BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import type { StateLine } from './lines.ts';
import type { Contender } from './savers.ts';

/** Measures what is stored of a text that grows by 1 KiB at each step, as the history of a run does. */
export async function growingTexts(
  all: readonly Contender[],
  steps: number,
): Promise<readonly StateLine[]> {
  const sizes = new Map<string, number>();
  for (const { name, saver, bytes } of all.toReversed()) {
    const before = await bytes();
    await grow(saver, steps);
    sizes.set(name, ((await bytes()) - before) / 2 ** 20);
  }
  return [{ what: `a text that grows in ${steps} steps`, unit: 'MiB', figures: sizes }];
}

async function grow(saver: BaseCheckpointSaver, steps: number): Promise<void> {
  let parent: string | undefined;
  let version: number | undefined;
  let text = '';
  for (let step = 0; step < steps; step += 1) {
    text += entryOf(step);
    const id = uuid6(step);
    const at = parent === undefined ? {} : { checkpoint_id: parent };
    version = saver.getNextVersion(version);
    await saver.put(
      { configurable: { thread_id: 'text', checkpoint_ns: '', ...at } },
      {
        v: 4,
        id,
        ts: new Date().toISOString(),
        channel_values: { text },
        channel_versions: { text: version },
        versions_seen: {},
      },
      { source: 'loop', step, parents: {} },
      { text: version },
    );
    parent = id;
  }
}

/** 1 KiB that no other step has, and that hardly can be compressed. */
function entryOf(step: number): string {
  const digests = Array.from({ length: 16 }, (_, part) =>
    createHash('sha256').update(`${step}/${part}`).digest('hex'),
  );
  return digests.join('');
}
