import { setTimeout as wait } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { campaign, openPlace, openSilentServer, type Place } from './phasegate.ts';

/** Several runs one after another, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };

interface Report {
  readonly status: string;
  readonly artifacts: Readonly<Record<string, unknown>>;
  readonly approvals: readonly unknown[];
  readonly visits: readonly { readonly phase: string; readonly attempt: number }[];
}

async function show(place: Place, thread: string): Promise<Report> {
  return JSON.parse((await place.run('show', thread, '--json')).out) as Report;
}

/** Starts a command whose agents ask a model that never answers, and kills it while it waits for the answer. */
async function killWhileAsking(place: Place, words: readonly string[]): Promise<void> {
  await using server = await openSilentServer();
  const asked = server.asked();
  const { child, ended } = place.start([...words, '--model', 'local'], {
    OLLAMA_BASE_URL: `${server.url}/v1`,
  });
  await Promise.race([asked, ended.then(({ err }) => Promise.reject(new Error(err)))]);
  child.kill('SIGKILL');
  expect(await ended).toMatchObject({ signal: 'SIGKILL' });
}

test(
  'killed in requirements, in strategy and in generation, a run loses nothing that was finished',
  SLOW,
  async () => {
    using place = openPlace();
    await killWhileAsking(place, campaign('t'));
    expect(await place.run(...campaign('t'))).toMatchObject({ code: 3 });
    const planned = await show(place, 't');
    expect(planned.visits.map(({ phase }) => phase)).toEqual(['requirements', 'strategy']);

    await killWhileAsking(place, ['reject', 't', '--comment', 'Make it two emails']);
    const rejected = await show(place, 't');
    expect(rejected.artifacts['confirmation']).toMatchObject({ decision: 'rejected' });
    expect(await place.run(...campaign('t'))).toMatchObject({ code: 3 });
    const again = await show(place, 't');
    expect(again.artifacts['requirements']).toEqual(planned.artifacts['requirements']);
    expect(again.visits.at(-1)).toMatchObject({ phase: 'strategy', attempt: 2 });

    await killWhileAsking(place, ['approve', 't']);
    const approved = await show(place, 't');
    expect(approved.approvals).toHaveLength(1);
    expect(await place.run(...campaign('t'))).toMatchObject({ code: 0 });
    const completed = await show(place, 't');
    expect(completed.approvals).toEqual(approved.approvals);
    expect(completed.artifacts['strategy']).toEqual(again.artifacts['strategy']);
  },
);

test(
  'killed at any moment, the same command goes on and ends as if nothing had happened',
  SLOW,
  async () => {
    using place = openPlace();
    const undisturbed = await place.run(...campaign('calm'), '--approve-as', 'ci');
    expect(undisturbed).toMatchObject({ code: 0 });
    const words = [...campaign('killed'), '--approve-as', 'ci'];
    const moments = 6;
    let code: number | null = null;
    for (let moment = 1; moment <= moments && code === null; moment += 1) {
      const { child, ended } = place.start(words);
      const kill = wait((undisturbed.ms * moment) / (moments + 1)).then(() =>
        child.kill('SIGKILL'),
      );
      code = (await ended).code;
      await kill;
    }
    expect(code ?? (await place.run(...words)).code).toBe(0);
    const [calm, killed] = [await show(place, 'calm'), await show(place, 'killed')];
    for (const phase of ['requirements', 'strategy', 'generation']) {
      expect(killed.artifacts[phase]).toEqual(calm.artifacts[phase]);
    }
  },
);

test('two processes on one thread: one works, the other is told so, and the first is not disturbed', async () => {
  using place = openPlace();
  await using server = await openSilentServer();
  const asked = server.asked();
  const first = place.start([...campaign('shared'), '--model', 'local'], {
    OLLAMA_BASE_URL: `${server.url}/v1`,
  });
  await asked;
  const second = await place.run(...campaign('shared'), '--json');
  expect(second.code).toBe(1);
  expect(JSON.parse(second.out)).toMatchObject({
    status: 'error',
    error: {
      code: 'STORAGE_THREAD_BUSY',
      message: expect.stringContaining(String(first.child.pid)),
      retryable: true,
    },
  });
  expect(second.err).toBe('');
  expect(await place.run('show', 'shared')).toMatchObject({ code: 0 });
  expect(first.child.exitCode).toBeNull();
  first.child.kill('SIGTERM');
  expect(await first.ended).toMatchObject({ code: 143 });
});

test('stopped by Ctrl-C, a run says how to go on, and does', async () => {
  using place = openPlace();
  await using server = await openSilentServer();
  const asked = server.asked();
  const { child, ended } = place.start([...campaign('stopped'), '--model', 'local'], {
    OLLAMA_BASE_URL: `${server.url}/v1`,
  });
  await asked;
  child.kill('SIGINT');
  const { code, err } = await ended;
  expect(code).toBe(130);
  expect(err).toContain('--thread stopped');
  expect(err).not.toContain('at ');
  const heard = server.asked();
  const again = place.start([...campaign('stopped'), '--model', 'local', '--json'], {
    OLLAMA_BASE_URL: `${server.url}/v1`,
  });
  await heard;
  again.child.kill('SIGINT');
  const stopped = await again.ended;
  expect(stopped).toMatchObject({ code: 130, err: '' });
  expect(JSON.parse(stopped.out)).toMatchObject({
    error: { code: 'CLI_STOPPED', hint: expect.stringContaining('--thread stopped') },
  });
  expect(await place.run(...campaign('stopped'))).toMatchObject({ code: 3 });
});
