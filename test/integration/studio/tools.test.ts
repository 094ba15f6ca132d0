import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { openPluginsAlone, openTrail, type AppPlugins } from '../../../src/app/index.ts';
import { parseEntry, readThread } from '../../../src/audit/index.ts';
import type { LoadOptions } from '../../../src/config/index.ts';
import { disablePlugin } from '../../../src/plugins/index.ts';
import { startStudio, type Studio } from './start-studio.ts';
import { StudioClient } from './studio-client.ts';

vi.setConfig({ testTimeout: 240_000 });

const EMAIL_LAW = 'phasegate.email-law';

let studio: Studio;
let campaign: StudioClient;
const brief = await readFile(
  join(import.meta.dirname, '../../../examples/briefs/spring-offer.md'),
  'utf8',
);

beforeAll(async () => {
  studio = await startStudio();
  campaign = new StudioClient(studio.url, 'email-campaign');
}, 240_000);
afterAll(async () => studio[Symbol.asyncDispose]());

const place = (): LoadOptions => ({
  overrides: { dataDir: join(studio.folder, 'data') },
  environment: {},
});

/** Takes a campaign through on the server, a person's consent included. */
async function completed(): Promise<string> {
  const thread = await campaign.thread();
  await campaign.run(thread, { input: { input: { brief } } });
  await campaign.answer(thread, [{ type: 'accept' }]);
  expect(await campaign.standing(thread)).toMatchObject({ status: 'completed' });
  return thread;
}

/** What the records of plugins hold of a thread. */
async function calledIn(
  { database }: AppPlugins,
  thread: string,
): Promise<readonly { plugin: string; phase: string | null; caller: string }[]> {
  return await database.reader
    .selectFrom('plugins_executions')
    .select(['plugin', 'phase', 'caller'])
    .distinct()
    .where('thread', '=', thread)
    .orderBy('plugin')
    .execute();
}

async function accessed(thread: string): Promise<readonly string[]> {
  await using trail = await openTrail(place());
  const tools = new Set<string>();
  for await (const { body } of readThread(trail, thread)) {
    const { event } = parseEntry(body);
    if (event.kind === 'access') tools.add(`${event.target ?? ''} by ${event.actor.id}`);
  }
  return [...tools];
}

test('a run on the server has the tools of the command line, in the same records and the same trail', async () => {
  const thread = await completed();
  await using plugins = await openPluginsAlone(place(), []);
  await expect
    .poll(async () => await calledIn(plugins, thread), { timeout: 60_000 })
    .toEqual([
      { plugin: 'phasegate.deadlines', phase: 'strategy', caller: 'unauthenticated' },
      { plugin: EMAIL_LAW, phase: 'generation', caller: 'unauthenticated' },
    ]);
  expect((await accessed(thread)).join('\n')).toContain('email-law');
});

test('what an operator takes out of use on the command line, the server does not use any more', async () => {
  await using plugins = await openPluginsAlone(place(), []);
  const order = { caller: { id: 'operator', roles: ['operator'] }, reason: 'not needed' };
  await disablePlugin(plugins.parts, EMAIL_LAW, order);
  const thread = await completed();
  expect((await accessed(thread)).join('\n')).not.toContain('email-law');
});
