import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { openPluginRecords } from '../../../../app/index.ts';
import { openPlace } from '../../../fixtures/run-command.ts';
import { writePlugin } from '../fixtures/plugin-folder.ts';

const ID = 'local.counted';
const DIGEST = /^[0-9a-f]{64}$/;
const place = openPlace();
afterAll(() => place[Symbol.dispose]());
const run = (...words: readonly string[]): ReturnType<typeof place.json> =>
  place.json('plugins', ...words);

test(
  'the latest calls of a plugin are shown one by one, with what came of them and what they cost',
  { timeout: 240_000 },
  async () => {
    const body = "if (input.text === 'bad') throw new Error('no'); return {};";
    await run('add', writePlugin(join(place.directory, 'counted'), { id: ID, body }));
    expect(await run('enable', ID)).toMatchObject({ exitCode: 0 });
    for (const text of ['one', 'bad', 'two'])
      // oxlint-disable-next-line no-await-in-loop
      await run('run', ID, 'go', '--input', JSON.stringify({ text }));
    await costs(0.25);
    expect(await run('show', ID)).toMatchObject({
      value: {
        figures: { calls: 3, costUsd: 0.25 },
        latestCalls: [
          { operation: 'go', version: '1.0.0', outcome: 'success', error: null, costUsd: 0 },
          { outcome: 'failure', error: 'PLUGINS_FAILED', costUsd: 0.25 },
          {
            inputDigest: expect.stringMatching(DIGEST) as string,
            outputDigest: expect.stringMatching(DIGEST) as string,
          },
        ],
      },
    });
    const { out } = await place.phasegate('plugins', 'show', ID, '--calls', '2');
    expect(out.match(/go@1\.0\.0 {2}/g)).toHaveLength(2);
    expect(out).toMatch(/failure \(PLUGINS_FAILED\), \d+ ms, 0\.2500 USD, by /);
    expect(await run('show', ID, '--calls', '0')).toMatchObject({ value: { latestCalls: [] } });
    expect(await run('show', ID, '--calls', 'many')).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'CLI_USAGE' } },
    });
  },
);

/** As if the failed call had asked a model that costs. */
async function costs(usd: number): Promise<void> {
  const dataDir = join(place.directory, 'data');
  const database = await openPluginRecords({ dataDir, records: { kind: 'sqlite' } });
  await database.exclusively(async (queries) => {
    await queries
      .updateTable('plugins_executions')
      .set({ cost_usd: usd })
      .where('error', 'is not', null)
      .execute();
  });
  await database.close();
}
