import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { openApp } from '../../../app/index.ts';
import { openPlace, WHOLE_BRIEF } from '../../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

/** Writes over one channel of a thread's newest checkpoint, as somebody with a hand in the store would. */
async function spoil(thread: string, channel: string, value: unknown): Promise<void> {
  await using app = await openApp({ overrides: { dataDir: join(place.directory, 'data') } });
  const { checkpointer } = app.storage;
  const tuple = await checkpointer.getTuple({ configurable: { thread_id: thread } });
  if (tuple === undefined) throw new Error('The thread has no checkpoint.');
  const { checkpoint, metadata = { source: 'update', step: 9, parents: {} } } = tuple;
  // Behind the one that it is a copy of, and before whatever comes next.
  const id = checkpoint.id.replace(/.{12}$/, 'ffffffffffff');
  const spoiled = {
    ...checkpoint,
    id,
    channel_values: { ...checkpoint.channel_values, [channel]: value },
  };
  const version = checkpointer.getNextVersion(checkpoint.channel_versions[channel] as never);
  await checkpointer.put(
    { configurable: { thread_id: thread, checkpoint_ns: '', checkpoint_id: checkpoint.id } },
    { ...spoiled, channel_versions: { ...checkpoint.channel_versions, [channel]: version } },
    metadata,
    { [channel]: version },
  );
}

describe('a thread whose state was spoiled in the store', () => {
  test.each([
    ['run', 'garbage', 'run'],
    ['artifacts', 7, 'artifacts'],
    ['history', 'garbage', 'history'],
    ['history', [7], ''],
    ['approvals', 'garbage', 'approvals'],
    ['refusals', 'garbage', 'refusals'],
  ])(
    'in its %s (%j) says what, why and where to go on from, and goes on from there',
    async (channel, value, part) => {
      const thread = `spoiled-${channel}-${JSON.stringify(value).replace(/\W/g, '')}`;
      const run = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', thread];
      expect(await place.phasegate(...run)).toMatchObject({ exitCode: 3 });
      await spoil(thread, channel, value);
      for (const words of [['show', thread], run, ['approve', thread]]) {
        const { exitCode, err } = await place.phasegate(...words);
        expect(exitCode).toBe(2);
        expect(err).toContain(`The state of this thread cannot be read: `);
        expect(err).toContain(part);
        expect(err).toContain('phasegate history THREAD');
        expect(err).toContain('phasegate replay THREAD --from CHECKPOINT');
      }
      const { checkpoints } = (await place.json('history', thread)).value as {
        readonly checkpoints: readonly { readonly checkpoint: string; readonly status: string }[];
      };
      expect(checkpoints.map(({ status }) => status)).toEqual([
        'unreadable',
        'waiting',
        'running',
        'running',
        'running',
      ]);
      const before = checkpoints[1]?.checkpoint ?? '';
      expect(await place.phasegate('replay', thread, '--from', before)).toMatchObject({
        exitCode: 3,
      });
      expect(await place.phasegate('approve', thread)).toMatchObject({ exitCode: 0 });
    },
  );

  test('does not mind an approval that is none, and believes nothing of it', async () => {
    const run = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'no-approval'];
    await place.phasegate(...run);
    await spoil('no-approval', 'approvals', [7]);
    const { exitCode, value } = await place.json('show', 'no-approval');
    expect({ exitCode, value }).toMatchObject({ exitCode: 0, value: { approvals: [] } });
    expect(await place.phasegate(...run)).toMatchObject({ exitCode: 3 });
  });
});
