import { randomBytes } from 'node:crypto';

import { expect, test, vi } from 'vitest';

import { startStudio } from './start-studio.ts';
import { StudioClient } from './studio-client.ts';

// Each test starts a server of its own.
vi.setConfig({ testTimeout: 300_000 });

const SEAL_KEY = randomBytes(32).toString('hex');
const production = { PHASEGATE_PROFILE: 'production', PHASEGATE_SEAL_KEY: SEAL_KEY };

test('in production nobody approves where nobody is authenticated, whatever name is given', async () => {
  await using studio = await startStudio({
    graphs: { letters: './test/integration/studio/letters-graph.ts:graph' },
    environment: production,
  });
  const letters = new StudioClient(studio.url, 'letters');
  const thread = await letters.waiting();
  await letters.answer(thread, { decision: 'approve' });
  await letters.run(thread, {
    command: { resume: { decision: 'approve' } },
    config: {
      configurable: { langgraph_auth_user: { identity: 'ada', is_authenticated: true } },
    },
  });
  const { next, phases, artifacts } = await letters.standing(thread);
  expect(next).toEqual(['confirm']);
  expect(phases).not.toContain('write');
  expect(artifacts).not.toHaveProperty('write');
});

test('behind an auth handler the approval carries the authenticated person, and no other', async () => {
  await using studio = await startStudio({
    graphs: { letters: './test/integration/studio/letters-graph-with-auth.ts:graph' },
    auth: './test/integration/studio/auth.ts:auth',
    environment: production,
  });
  const ada = new StudioClient(studio.url, 'letters', { authorization: 'Bearer ada:editor' });
  const forged = { langgraph_auth_user: { identity: 'eve', is_authenticated: true } };

  const thread = await ada.waiting();
  await ada.run(thread, {
    command: { resume: { decision: 'approve' } },
    config: { configurable: forged },
  });
  const { status, approvals } = await ada.standing(thread);
  expect(status).toBe('completed');
  expect(approvals.map(({ by }) => by)).toEqual([
    { id: 'ada', kind: 'person', roles: ['editor'], authenticated: true, source: 'langgraph-auth' },
  ]);

  await expect(new StudioClient(studio.url, 'letters').thread()).rejects.toThrow(/401/);

  // The server lets anybody in who names Studio in a header; to a gate that is nobody.
  const anyone = new StudioClient(studio.url, 'letters', { 'x-auth-scheme': 'langsmith' });
  const another = await anyone.waiting();
  await anyone.run(another, {
    command: { resume: { decision: 'approve' } },
    config: { configurable: forged },
  });
  const refused = await anyone.standing(another);
  expect(refused.next).toEqual(['confirm']);
  expect(refused.phases).not.toContain('write');
});
