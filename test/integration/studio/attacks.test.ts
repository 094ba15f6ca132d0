import { afterAll, beforeAll, expect, test } from 'vitest';

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

const input = { input: { text: 'to Eve with love' } };
const loot = { body: 'loot' };

/** The thread is as it was: it waits for the approval, the guarded agent has not run, and an answer completes it. */
async function expectUsable(thread: string): Promise<void> {
  const before = await letters.standing(thread);
  expect(before.next).toEqual(['confirm']);
  expect(before.phases).not.toContain('write');
  expect(before.artifacts).not.toHaveProperty('write');
  expect(before.approvals).toEqual([]);
  await letters.answer(thread, { decision: 'approve' });
  const after = await letters.standing(thread);
  expect(after.status).toBe('completed');
  expect(after.artifacts['write']).toEqual({ body: 'to, Ada, with, thanks' });
}

test.concurrent.each([
  ['goto', { command: { goto: 'write' } }, /only a gate moves a run/],
  ['goto to the end', { command: { goto: 'completed' } }, /only a gate moves a run/],
  [
    'goto with a state of its own',
    { command: { goto: { node: 'write', input: { artifacts: {} } } } },
    /only a gate moves a run/,
  ],
  ['an update', { command: { update: { approvals: [] } } }, /only a gate moves a run/],
  [
    'an answer that brings an update along',
    { command: { resume: { decision: 'approve' }, update: { artifacts: [] } } },
    /only a gate moves a run/,
  ],
  [
    'an answer that names the next phase',
    { command: { resume: { decision: 'approve' }, goto: 'write' } },
    /only a gate moves a run/,
  ],
  [
    'input that carries artifacts',
    { input: { ...input, artifacts: { write: loot } } },
    /only a gate moves a run/,
  ],
  ['input that carries an approval', { input: { ...input, approvals: [{}] } }, /only a gate/],
  ['new input', { input }, /has a run under way/],
  ['input of another shape', { input: { input: { text: 1 } } }, /does not fit/],
])('refuses %s', async (_, payload, reason) => {
  const thread = await letters.waiting();
  const { error } = await letters.run(thread, payload);
  expect(error).toMatch(reason);
  await expectUsable(thread);
});

test.concurrent.each([
  ['an artifact', { artifacts: [{ phase: 'write', value: loot }] }, 'write'],
  ['an artifact, as a phase', { artifacts: { write: loot } }, 'confirm'],
  ['an approval', { approvals: [{ from: 'confirm', to: 'write' }] }, 'confirm'],
  ['a run that has completed', { run: { status: 'completed' } }, 'completed'],
  ['a history', { history: [{ phase: 'write' }] }, 'confirm'],
])('refuses to have %s written into the state', async (_, values, asNode) => {
  const thread = await letters.waiting();
  // What was refused, why, and what to do instead; clients do not try what has no server error again.
  await expect(letters.sdk.threads.updateState(thread, { values, asNode })).rejects.toThrow(
    /HTTP 422.*WORKFLOW_UNSEALED_WRITE.*Refused to write .*Only the phases write it/,
  );
  await expectUsable(thread);
});

test.concurrent('says which node it does not know when state is written as another one', async () => {
  const thread = await letters.waiting();
  await expect(
    letters.sdk.threads.updateState(thread, { values: {}, asNode: 'nowhere' }),
  ).rejects.toThrow(/HTTP 422.*nowhere/);
  await expectUsable(thread);
});

test.concurrent('says why a run was refused to whoever waits for its end as a whole', async () => {
  const thread = await letters.waiting();
  const waited = letters.sdk.runs.wait(thread, letters.assistant, { input });
  await expect(waited).rejects.toThrow(/HTTP 422.*has a run under way/);
  await expectUsable(thread);
});

test.concurrent('says what, why and what next, however the call was made', async () => {
  const thread = await letters.waiting();
  const body = { assistant_id: 'letters', command: { goto: 'write' } };
  const call = (path: string): Promise<Response> =>
    fetch(`${studio.url}/threads/${thread}/runs/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const waited = await call('wait');
  const refused = {
    code: 'WORKFLOW_STEERING_REFUSED',
    message: 'Refused Command({ goto }): only a gate moves a run.',
    hint: 'Send Command({ resume }) alone, { input } for a new run, or null to go on.',
  };
  expect([waited.status, await waited.json()]).toEqual([422, refused]);
  const streamed = await (await call('stream')).text();
  const { code: error, message, hint } = refused;
  expect(streamed).toContain(JSON.stringify({ error, message: `${message}\n→ ${hint}` }));
  await expectUsable(thread);
});

test('leads a run back that was moved as another node', async () => {
  const thread = await letters.waiting();
  await letters.sdk.threads.updateState(thread, { values: {}, asNode: 'confirm' });
  await letters.run(thread, { input: null });
  await expectUsable(thread);
});

test("refuses a record that was copied from another thread's state", async () => {
  const approved = await letters.waiting();
  await letters.answer(approved, { decision: 'approve' });
  const { approvals } = await letters.standing(approved);
  expect(approvals).toHaveLength(1);

  const thread = await letters.waiting();
  await letters.sdk.threads
    .updateState(thread, { values: { approvals }, asNode: 'confirm' })
    .catch(() => undefined);
  await letters.run(thread, { input: null });
  const { phases, artifacts } = await letters.standing(thread);
  expect(phases).not.toContain('write');
  expect(artifacts).not.toHaveProperty('write');
});

test('takes one of two answers that come at once', async () => {
  const thread = await letters.waiting();
  const answers = await Promise.allSettled([
    letters.answer(thread, { decision: 'approve' }),
    letters.answer(thread, { decision: 'approve' }),
  ]);
  // The server refuses the second one, or takes it to a thread that has ended by then, where it does nothing.
  expect(answers.map(({ status }) => status)).toContain('fulfilled');
  const end = await letters.standing(thread);
  expect(end.approvals).toHaveLength(1);
  expect(end.status).toBe('completed');
  expect(end.phases.filter((phase) => phase === 'write')).toHaveLength(1);
});

test('does nothing with an answer to a thread that has ended', async () => {
  const thread = await letters.waiting();
  await letters.answer(thread, { decision: 'approve' });
  const before = await letters.standing(thread);
  await letters.answer(thread, { decision: 'edit', subject: { steps: ['x'], urgent: true } });
  expect(await letters.standing(thread)).toEqual(before);
});

test('believes no name that a caller gives itself', async () => {
  const thread = await letters.waiting();
  const langgraph_auth_user = { identity: 'ada', permissions: ['editor'], is_authenticated: true };
  await letters.run(thread, {
    command: { resume: { decision: 'approve' } },
    config: { configurable: { langgraph_auth_user } },
  });
  const { approvals } = await letters.standing(thread);
  expect(approvals.map(({ by }) => [by.id, by.authenticated])).toEqual([
    ['unauthenticated', false],
  ]);
});

test('lets only pages of known clients read its answers', async () => {
  const allowed = async (origin: string): Promise<string | null> => {
    const answer = await fetch(`${studio.url}/ok`, { headers: { origin } });
    return answer.headers.get('access-control-allow-origin');
  };
  expect(await allowed('https://smith.langchain.com')).toBe('https://smith.langchain.com');
  expect(await allowed('http://localhost:3000')).toBe('http://localhost:3000');
  expect(await allowed('https://example.com')).toBeNull();
  expect(await allowed('https://smith.langchain.com.example.com')).toBeNull();
});

test("lets no stranger's page act, whatever it calls its content", async () => {
  const thread = await letters.waiting();
  const approveFrom = async (headers: Readonly<Record<string, string>>): Promise<number> => {
    const answer = await fetch(`${studio.url}/threads/${thread}/runs/wait`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...headers },
      body: JSON.stringify({
        assistant_id: 'letters',
        command: { resume: { decision: 'approve' } },
      }),
    });
    // The answer's end is the run's end.
    await answer.text();
    return answer.status;
  };
  expect(await approveFrom({ origin: 'https://example.com' })).toBe(403);
  expect(await approveFrom({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect((await letters.standing(thread)).next).toEqual(['confirm']);
  expect(await approveFrom({ origin: 'http://localhost:3000' })).toBe(200);
  expect((await letters.standing(thread)).status).toBe('completed');
});
