import { uuid6, type BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import { timeOf } from '../measure/alternate.ts';
import type { StateLine } from './lines.ts';
import type { Contender } from './savers.ts';

/** Measures how long it takes to remove so many checkpoints. */
export async function removals(
  all: readonly Contender[],
  count: number,
): Promise<readonly StateLine[]> {
  const [pruned, deleted] = [new Map<string, number>(), new Map<string, number>()];
  for (const { name, saver, prune } of all) {
    await fill(saver, count);
    if (prune !== undefined) {
      pruned.set(name, await timeOf(async () => prune('many', { keepLast: 10 })));
      await saver.deleteThread('many');
      await fill(saver, count);
    }
    deleted.set(name, await timeOf(async () => saver.deleteThread('many')));
  }
  const number = count.toLocaleString('en-US');
  return [
    { what: `deletion of ${number} checkpoints`, unit: 'ms', figures: deleted },
    { what: `prune of ${number} checkpoints to 10`, unit: 'ms', figures: pruned },
  ];
}

/** Checkpoints of one short text each. */
async function fill(saver: BaseCheckpointSaver, count: number): Promise<void> {
  let parent: string | undefined;
  for (let step = 0; step < count; step += 1) {
    const id = uuid6(step);
    const at = parent === undefined ? {} : { checkpoint_id: parent };
    const version = saver.getNextVersion(undefined);
    await saver.put(
      { configurable: { thread_id: 'many', checkpoint_ns: '', ...at } },
      {
        v: 4,
        id,
        ts: new Date().toISOString(),
        channel_values: { text: `step ${step} `.repeat(50) },
        channel_versions: { text: version },
        versions_seen: {},
      },
      { source: 'loop', step, parents: {} },
      { text: version },
    );
    parent = id;
  }
}
