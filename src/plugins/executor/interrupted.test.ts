import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { approveCall } from '../access/operator-orders.ts';
import { newRecordsPath, OPERATOR, openTestPlugins, USER } from '../fixtures/test-plugins.ts';
import { createIsolatedRuntime } from '../sandbox/index.ts';
import { interruptedCalls } from './interrupted.ts';

/** A process is started and killed, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };
const PROGRAM = fileURLToPath(new URL('../fixtures/die-in-step.ts', import.meta.url));
const isolated = createIsolatedRuntime({ minWorkers: 1, maxWorkers: 1, maxWaiting: 10 });
const TARGET = { plugin: 'test.plugin', operation: 'go' };
const CALL = {
  ...TARGET,
  input: {},
  caller: USER,
  place: { thread: 't', run: 'r', phase: 'p', call: '1' },
};

/** Gives records of which a process was killed in the middle of a call; `during` looks at them while it lives. */
async function interruptedRecords(during?: (path: string) => Promise<void>): Promise<string> {
  const path = newRecordsPath();
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, path, 'calling'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    await during?.(path);
  } finally {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  return path;
}

async function toldIn(path: string): Promise<Awaited<ReturnType<typeof interruptedCalls>>> {
  const opened = await openTestPlugins({ path, isolated });
  const calls = await interruptedCalls(opened.database.reader);
  await opened.close();
  return calls;
}

test(
  'a call whose process was killed is told as interrupted, once, and not while it goes on',
  SLOW,
  async () => {
    const path = await interruptedRecords(async (at) => expect(await toldIn(at)).toEqual([]));
    const opened = await openTestPlugins({ path, isolated });
    expect(opened.events).toContainEqual(
      expect.objectContaining({
        kind: 'plugin-call',
        outcome: 'failure',
        plugin: 'test.plugin',
        facts: expect.objectContaining({ what: 'interrupted', operation: 'go', thread: 't' }),
      }),
    );
    const [call] = await interruptedCalls(opened.database.reader, 'test.plugin');
    expect(call).toMatchObject({ ...TARGET, caller: 'user', thread: 't', run: 'r', phase: 'p' });
    expect(await interruptedCalls(opened.database.reader, 'another.plugin')).toEqual([]);
    // Whoever calls again does not do it twice.
    await expect(opened.plugins.executor.execute(CALL)).rejects.toMatchObject({
      code: 'PLUGINS_EFFECT_UNKNOWN',
      details: { effectKey: call?.effectKey },
    });
    await opened.close();
    const again = await openTestPlugins({ path, isolated });
    expect(again.events).toEqual([]);
    const rows = await again.database.reader
      .selectFrom('plugins_executions')
      .select(['outcome', 'error'])
      .where('outcome', '=', 'interrupted')
      .execute();
    expect(rows).toEqual([{ outcome: 'interrupted', error: 'PLUGINS_INTERRUPTED' }]);
    await again.close();
  },
);

test(
  'what a person found out settles it: what happened is not done again, what did not may be',
  SLOW,
  async () => {
    for (const happened of [undefined, { output: { sent: true } }]) {
      // oxlint-disable-next-line no-await-in-loop
      const { plugins, database, events, close } = await openTestPlugins({
        // oxlint-disable-next-line no-await-in-loop
        path: await interruptedRecords(),
        isolated,
      });
      // oxlint-disable-next-line no-await-in-loop
      const [call] = await interruptedCalls(database.reader);
      const order = { effectKey: call?.effectKey ?? '', caller: OPERATOR, reason: 'looked' };
      // oxlint-disable-next-line no-await-in-loop
      await plugins.settle({ ...order, ...(happened === undefined ? {} : { happened }) });
      // oxlint-disable-next-line no-await-in-loop
      expect(await interruptedCalls(database.reader)).toEqual([]);
      expect(events.at(-1)).toMatchObject({
        kind: 'plugin-call',
        facts: { what: 'settled', happened: happened !== undefined, reason: 'looked' },
      });
      const consent = { ...TARGET, caller: OPERATOR, input: {}, validForMs: 60_000 };
      // oxlint-disable-next-line no-await-in-loop
      await approveCall(plugins.parts, consent);
      // oxlint-disable-next-line no-await-in-loop
      expect(await plugins.executor.execute(CALL)).toMatchObject(
        happened === undefined
          ? { repeated: false, output: null }
          : { repeated: true, ...happened },
      );
      // oxlint-disable-next-line no-await-in-loop
      await expect(plugins.settle(order)).rejects.toMatchObject({
        code: 'PLUGINS_NOTHING_TO_SETTLE',
      });
      // oxlint-disable-next-line no-await-in-loop
      await close();
    }
  },
);

test('outside of a run, the same call waits too until somebody has looked', SLOW, async () => {
  const { plugins, database, close } = await openTestPlugins({
    path: await interruptedRecords(),
    isolated,
  });
  const [call] = await interruptedCalls(database.reader);
  const effectKey = call?.effectKey ?? '';
  const consent = { ...TARGET, caller: OPERATOR, input: {}, validForMs: 60_000 };
  const again = { ...TARGET, input: {}, caller: USER };
  await approveCall(plugins.parts, consent);
  await expect(plugins.executor.execute(again)).rejects.toMatchObject({
    code: 'PLUGINS_EFFECT_UNKNOWN',
    hint: expect.stringContaining(effectKey) as string,
  });
  await plugins.settle({ effectKey, caller: OPERATOR, reason: 'looked' });
  expect(await plugins.executor.execute(again)).toMatchObject({ repeated: false });
  await close();
});
