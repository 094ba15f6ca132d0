import { randomUUID } from 'node:crypto';

import type { Arrival, Stage, StagedRows } from '../../../engine/index.ts';
import type { Answer } from '../client.ts';
import { keysOf, stageKeysOf, threadsKey } from '../keys.ts';
import { packCheckpoint, packHead, packThread, packWrite } from './packing.ts';
import type { RedisStoreParts } from './store-parts.ts';
import { FORGOTTEN_MS } from '../stage-scripts.ts';

const NO_MAC = new Uint8Array();

/** What the store lends a stage. */
export interface StageTools extends RedisStoreParts {
  /** What every script that writes begins with: lease and lifetime. */
  readonly startOf: (thread: string) => readonly (string | number)[];
  /** @throws where somebody else holds the thread. */
  readonly outcomeOf: (answer: Answer, thread: string) => readonly [string, ...Answer[]];
}

/** Makes room for a thread that arrives: keys in its slot, which go by themselves unless they take its place. */
export function openStage(tools: StageTools, thread: string): Stage {
  const { client, prefix } = tools;
  const own = keysOf(prefix, thread);
  const staged = stageKeysOf(prefix, thread, randomUUID());
  const run = async (
    script: 'stagePut' | 'stageFinish',
    keys: readonly string[],
    values: readonly (string | number | Uint8Array)[],
  ): Promise<string> => {
    const answer = await client.run(script, keys, values);
    return tools.outcomeOf(answer, thread)[0];
  };
  return {
    put: async (rows) => {
      const [token = '', epoch = ''] = tools.startOf(thread);
      await run('stagePut', [own[0] ?? '', ...staged], [token, epoch, ...putValues(rows)]);
    },
    finish: async (arrival) => {
      const values = [...tools.startOf(thread), ...finishValues(arrival)];
      const isDone = (await run('stageFinish', [...own, ...staged], values)) === 'done';
      if (isDone) await client.command('ZADD', threadsKey(prefix), 0, thread);
      return isDone;
    },
    drop: async () => {
      await client.command('UNLINK', ...staged);
    },
  };
}

function putValues({ checkpoints, segments }: StagedRows): (string | number | Uint8Array)[] {
  return [
    segments.size,
    checkpoints.length,
    FORGOTTEN_MS,
    ...[...segments].flat(),
    ...checkpoints.flatMap(({ ns, row }) => [ns, row.id, packCheckpoint(row)]),
    ...checkpoints.flatMap(({ ns, row, writes }) =>
      writes.flatMap((write) => {
        const name = `${ns}\0${row.id}\0${write.task}\0${write.idx}`;
        return [name, packWrite(write)];
      }),
    ),
  ];
}

function finishValues(arrival: Arrival): (string | number | Uint8Array)[] {
  const heads = [...arrival.heads];
  return [
    arrival.thread === undefined ? '' : packThread(arrival.thread),
    arrival.expectedThread ?? NO_MAC,
    heads.reduce((sum, [, head]) => sum + head.count, 0),
    arrival.segments,
    heads.length,
    ...heads.flatMap(([ns, head]) => [ns, packHead(head)]),
    ...[...arrival.expectedHeads].flat(),
  ];
}
