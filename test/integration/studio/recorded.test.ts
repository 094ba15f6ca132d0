import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { openTrail } from '../../../src/app/index.ts';
import { parseEntry, readThread, verifyTrail, type EntryBody } from '../../../src/audit/index.ts';
import { readKey } from '../../../src/app/index.ts';
import { startStudio, type Studio } from './start-studio.ts';
import { StudioClient } from './studio-client.ts';

let studio: Studio;
let letters: StudioClient;

beforeAll(async () => {
  studio = await startStudio({
    graphs: { letters: './test/integration/studio/letters-graph.ts:graph' },
  });
  letters = new StudioClient(studio.url, 'letters');
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
});

const place = (): Parameters<typeof openTrail>[0] => ({
  overrides: { dataDir: join(studio.folder, 'data') },
  environment: {},
});

async function recorded(thread: string): Promise<readonly EntryBody[]> {
  await using trail = await openTrail(place());
  const entries: EntryBody[] = [];
  for await (const { body } of readThread(trail, thread)) entries.push(parseEntry(body));
  return entries;
}

test('a run on the server is in the trail of the configured folder, from its beginning to its end', async () => {
  const thread = await letters.waiting();
  const before = await recorded(thread);
  expect(before.map(({ event }) => event.kind)).toEqual(
    expect.arrayContaining(['run-started', 'phase-left', 'gate-verdict']),
  );
  expect(before.some(({ event }) => event.kind === 'approval')).toBe(false);
  await letters.answer(thread, [{ type: 'accept' }]);
  expect((await letters.standing(thread)).status).toBe('completed');
  const after = await recorded(thread);
  // Nobody stands in front of this server who could tell who approved.
  expect(after.find(({ event }) => event.kind === 'approval')?.event.actor).toMatchObject({
    authenticated: false,
  });
  expect(after.at(-1)).toMatchObject({ event: { kind: 'run-ended' }, runEntries: after.length });
});

test('the trail verifies while the server has it open', async () => {
  await using trail = await openTrail(place());
  const { database, checkpoints, paths } = trail;
  const publicKey = await readKey(paths.publicKey);
  expect(await verifyTrail(database, { publicKey, checkpoints })).toMatchObject({ ok: true });
});

test('a trail that cannot be written stops a run before it takes its first step', async () => {
  await using other = await startStudio({
    graphs: { letters: './test/integration/studio/letters-graph.ts:graph' },
  });
  const client = new StudioClient(other.url, 'letters');
  const data = join(other.folder, 'data');
  rmSync(join(data, 'audit.db'), { force: true });
  writeFileSync(
    join(data, 'not-a-database'),
    'a text, and no database at all, long enough to tell',
  );
  symlinkSync(join(data, 'not-a-database'), join(data, 'audit.db'));
  const thread = await client.thread();
  const { error } = await client.run(thread, { input: { input: { text: 'to Ada with thanks' } } });
  expect(error).toMatch(/audit/i);
  expect((await client.standing(thread)).phases).toEqual([]);
});
