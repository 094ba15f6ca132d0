import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';

import type { JsonValue } from '../../kernel/index.ts';
import { activate, openTestPlugins, USER, type TestPlugins } from '../fixtures/test-plugins.ts';
import { createIsolatedRuntime } from '../sandbox/index.ts';
import type { OperationResult } from './operation-call.ts';

const isolated = createIsolatedRuntime();
afterAll(async () => await isolated.close());

let opened: TestPlugins;
beforeEach(async () => {
  opened = await openTestPlugins({ isolated });
});
afterEach(async () => await opened.close());

const CALL = { plugin: 'test.plugin', operation: 'go' };

async function go(input: JsonValue, roles = USER.roles): Promise<OperationResult> {
  const caller = { ...USER, roles };
  return await opened.plugins.executor.execute({ ...CALL, caller, input });
}

/** Fails at what it is told to, and has a plain way besides. */
const TWO_WAYS = `export default {
  execute: (operation, input) => {
    if (operation === 'plainly') return 'plainly';
    if (input === 'throw') throw new Error('no');
    if (input === 'loop') for (;;);
    return input === 'lie' ? 1 : 'well';
  },
};`;

const LYING = { output: { type: 'string' }, limits: { cpuMs: 200, wallMs: 60_000 } };

test.each(['throw', 'loop', 'lie'])(
  'the declared fallback answers when the operation fails (%s), and says so',
  async (how) => {
    await activate(opened.plugins, TWO_WAYS, { ...LYING, fallback: 'plainly' });
    expect(await go('well')).toMatchObject({ output: 'well', operation: 'go' });
    expect(await go(how)).toMatchObject({ output: 'plainly', operation: 'plainly' });
    expect(opened.plugins.metrics('test.plugin')).toMatchObject({ calls: 3, errors: 1 });
  },
);

test('a refusal stays one: the fallback does not answer whom the operation would not', async () => {
  await activate(opened.plugins, TWO_WAYS, { ...LYING, fallback: 'plainly' });
  await expect(go('well', ['stranger'])).rejects.toMatchObject({ code: 'PLUGINS_CALL_REFUSED' });
});

test('without a fallback a failure is told in our words, and the next call goes on', async () => {
  await activate(opened.plugins, TWO_WAYS, LYING);
  await expect(go('throw')).rejects.toMatchObject({
    code: 'PLUGINS_FAILED',
    message: expect.stringContaining('test.plugin'),
  });
  expect(await go('well')).toMatchObject({ output: 'well' });
});

test('calls, errors, durations, processor time, memory, breaker and the last error are counted', async () => {
  await activate(opened.plugins, TWO_WAYS, LYING);
  for (let n = 0; n < 20; n++)
    // oxlint-disable-next-line no-await-in-loop
    await go('well');
  await expect(go('loop')).rejects.toMatchObject({ code: 'PLUGINS_LIMIT' });
  const { p50Ms, p95Ms, p99Ms, cpuMs, ...metrics } = opened.plugins.metrics('test.plugin');
  expect(metrics).toMatchObject({ calls: 21, errors: 1, lastError: 'PLUGINS_LIMIT' });
  expect(metrics.memoryBytes).toBeGreaterThan(64 * 1024);
  expect(Date.parse(metrics.lastErrorAt ?? '')).not.toBeNaN();
  expect(p50Ms).toBeGreaterThan(0);
  expect(p50Ms).toBeLessThanOrEqual(p95Ms);
  expect(p95Ms).toBeLessThanOrEqual(p99Ms);
  expect(cpuMs).toBeGreaterThan(0);
  expect(opened.plugins.condition('test.plugin')).toMatchObject({
    breaker: 'closed',
    loaded: true,
  });
});
