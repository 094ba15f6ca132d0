import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import type { JsonValue } from '../kernel/index.ts';
import { openSqliteRecords } from '../storage/index.ts';
import { approveCall, liftStops, revokeRole, stopCalls } from './access/operator-orders.ts';
import type { Permissions, PluginPackage, PluginRuntime, ScanReport } from './contract/index.ts';
import { pluginFrom, type PluginFromOptions } from './fixtures/plugin-from.ts';
import {
  activate as activateIn,
  newRecordsPath,
  OPERATOR,
  openTestPlugins,
  ORDER,
  USER,
  type TestPlugins,
} from './fixtures/test-plugins.ts';
import {
  disablePlugin,
  enablePlugin,
  removePlugin,
  rollBackPlugin,
} from './lifecycle/activation.ts';
import type { Plugins } from './open-plugins.ts';
import { addPlugin, approvePlugin } from './registry/admission.ts';
import { PLUGIN_SCHEMA } from './registry/schema.ts';
import type { PluginTables } from './registry/tables.ts';
import { versionOf } from './registry/version-records.ts';
import { createIsolatedRuntime } from './sandbox/index.ts';

let isolated: PluginRuntime;
let opened: TestPlugins;
let plugins: Plugins;
let database: TestPlugins['database'];
let decision: ScanReport['decision'];
let path: string;

beforeAll(() => {
  isolated = createIsolatedRuntime();
});
afterAll(() => isolated.close());

beforeEach(async () => {
  path = newRecordsPath();
  decision = 'accept';
  await open();
});
afterEach(() => opened.close());

async function open(): Promise<void> {
  opened = await openTestPlugins({ isolated, path, decision: () => decision });
  ({ plugins, database } = opened);
}

const activate = (source: string, options?: PluginFromOptions): Promise<PluginPackage> =>
  activateIn(plugins, source, options);

const body = (text: string): string =>
  `export default { async execute(operation, input, host) { ${text} } };`;

const call = async (input: JsonValue = null, more: object = {}): Promise<JsonValue> =>
  (
    await plugins.executor.execute({
      plugin: 'test.plugin',
      operation: 'go',
      input,
      caller: USER,
      ...more,
    })
  ).output;

test('admits, enables and calls a plugin, and leaves evidence of each step', async () => {
  const { digest } = await activate(body('return { got: input };'));
  expect(await call(7)).toEqual({ got: 7 });
  const steps = opened.events
    .filter(({ kind }) => kind === 'plugin-step')
    .map(({ facts }) => facts['to']);
  expect(steps).toEqual([
    'verifying',
    'registered',
    'resolved',
    'loading',
    'initializing',
    'active',
  ]);
  await plugins.log.flush();
  const rows = await database.reader.selectFrom('plugins_executions').selectAll().execute();
  expect(rows).toMatchObject([
    { plugin: 'test.plugin', digest, caller: 'user', outcome: 'success' },
  ]);
  expect(JSON.stringify(rows)).not.toContain('got');
});

test('refuses a caller without a role, and one whose role was revoked, from the next call on', async () => {
  await activate(body('return 1;'));
  await expect(call(null, { caller: { id: 'x', roles: [] } })).rejects.toMatchObject({
    code: 'PLUGINS_CALL_REFUSED',
  });
  expect(await call()).toBe(1);
  const other = await openSqliteRecords<PluginTables>({ path, schema: PLUGIN_SCHEMA });
  await revokeRole(
    { ...plugins.parts, database: other },
    { role: 'clerk', plugin: 'test.plugin', operation: '*' },
  );
  await other.close();
  await expect(call()).rejects.toMatchObject({ code: 'PLUGINS_CALL_REFUSED' });
  expect(opened.events.filter(({ kind }) => kind === 'plugin-refusal')).toHaveLength(2);
});

test.each([
  ['plugin', 'test.plugin'],
  ['publisher', 'test'],
  ['all', ''],
] as const)('stops every call of a %s at once, until the stop is lifted', async (scope, name) => {
  await activate(body('return 1;'));
  await stopCalls(plugins.parts, { ...ORDER, scope, name });
  await expect(call()).rejects.toThrow('a stop is in force');
  await liftStops(plugins.parts, { ...ORDER, scope, name });
  expect(await call()).toBe(1);
});

test('uses no more than manifest, grant, policy and role allow together', async () => {
  const asks: Permissions = { time: true, random: true };
  await activate(
    body(
      'const r = []; for (const f of [() => host.now(), () => host.random(4)]) { try { await f(); r.push("ok"); } catch (e) { r.push(e.message); } } return r;',
    ),
    { permissions: asks },
  );
  expect(await call()).toEqual(['ok', expect.stringContaining('policy')]);
});

test('holds input and output against their schemas, and names places without values', async () => {
  const input = {
    type: 'object',
    required: ['n'],
    properties: { n: { type: 'number' } },
    additionalProperties: false,
  };
  await activate(body('return input.n > 5 ? "secret-output" : input.n;'), {
    input,
    output: { type: 'number' },
  });
  expect(await call({ n: 1 })).toBe(1);
  await expect(call({ n: 'secret' })).rejects.toMatchObject({
    code: 'PLUGINS_SCHEMA_MISMATCH',
    details: { side: 'input', where: 'input.n' },
  });
  await expect(call({ n: 9 })).rejects.toThrow(/^(?!.*secret-output).*does not fit its schema/);
});

test('asks for consent to exactly these arguments before an effect, and uses it up', async () => {
  await activate(body('return "sent";'), { sideEffects: true, idempotent: false });
  const place = { thread: 't', run: 'r', phase: 'p', call: '1' };
  await expect(call({ to: 'a' }, { place })).rejects.toMatchObject({
    code: 'PLUGINS_CALL_APPROVAL_NEEDED',
  });
  await approveCall(plugins.parts, {
    caller: OPERATOR,
    plugin: 'test.plugin',
    operation: 'go',
    input: { to: 'a' },
    validForMs: 60_000,
  });
  await expect(call({ to: 'b' }, { place })).rejects.toMatchObject({
    code: 'PLUGINS_CALL_APPROVAL_NEEDED',
  });
  expect(await call({ to: 'a' }, { place })).toBe('sent');
  expect(await call({ to: 'a' }, { place })).toBe('sent');
  await expect(call({ to: 'a' }, { place: { ...place, call: '2' } })).rejects.toMatchObject({
    code: 'PLUGINS_CALL_APPROVAL_NEEDED',
  });
  await plugins.log.flush();
  const rows = await database.reader
    .selectFrom('plugins_executions')
    .select('outcome')
    .where('outcome', '=', 'success')
    .execute();
  expect(rows).toHaveLength(1);
});

test('does not begin an effect again whose end is not known', async () => {
  await activate(body('throw new Error("half way");'), { sideEffects: true, idempotent: false });
  const place = { thread: 't', run: 'r', phase: 'p', call: '1' };
  await approveCall(plugins.parts, {
    caller: OPERATOR,
    plugin: 'test.plugin',
    operation: 'go',
    input: 1,
    validForMs: 60_000,
  });
  await expect(call(1, { place })).rejects.toMatchObject({ code: 'PLUGINS_FAILED' });
  await expect(call(1, { place })).rejects.toMatchObject({ code: 'PLUGINS_EFFECT_UNKNOWN' });
});

test('gives an approval back when the plugin never ran', async () => {
  await activate(body('if (input !== 1) throw new Error("no"); return "sent";'), {
    sideEffects: true,
    idempotent: false,
  });
  const attempt = async (input: JsonValue, part: string): Promise<JsonValue> => {
    const place = { thread: 't', run: 'r', phase: 'p', call: part };
    return await call(input, { place });
  };
  for (const input of [2, 3, 4, 1]) {
    // In a row, so that the plugin is left alone after the third.
    // oxlint-disable-next-line no-await-in-loop
    await approveCall(plugins.parts, {
      caller: OPERATOR,
      plugin: 'test.plugin',
      operation: 'go',
      input,
      validForMs: 60_000,
    });
    const code = input === 1 ? 'PLUGINS_TRIPPED' : 'PLUGINS_FAILED';
    // oxlint-disable-next-line no-await-in-loop
    await expect(attempt(input, `${input}`)).rejects.toMatchObject({ code });
  }
  await new Promise((resolve) => void setTimeout(resolve, 3_200));
  expect(await attempt(1, '1')).toBe('sent');
});

test('leaves a plugin alone that fails again and again, and tries it once later', async () => {
  await activate(body('if (input) throw new Error("no"); return "well";'));
  for (let count = 0; count < 3; count++) {
    // In a row.
    // oxlint-disable-next-line no-await-in-loop
    await expect(call(true)).rejects.toMatchObject({ code: 'PLUGINS_FAILED' });
  }
  await expect(call(false)).rejects.toMatchObject({ code: 'PLUGINS_TRIPPED' });
  expect(plugins.condition('test.plugin')).toMatchObject({ breaker: 'open' });
  await new Promise((resolve) => void setTimeout(resolve, 3_200));
  expect(await call(false)).toBe('well');
  expect(plugins.metrics('test.plugin')).toMatchObject({ calls: 5, errors: 3, refused: 1 });
});

test('upgrades beside the old version, asks for consent to more permissions, and rolls back', async () => {
  const old = await activate(body('return "old";'));
  const wider = pluginFrom(body('return "new";'), {
    version: '1.1.0',
    permissions: { time: true },
  });
  const added = await addPlugin(plugins.parts, wider, {
    caller: OPERATOR,
    source: 'test',
    tier: 'isolated',
  });
  expect(added.state).toBe('pending-approval');
  await expect(enablePlugin(plugins.parts, added.digest, ORDER)).rejects.toMatchObject({
    code: 'PLUGINS_APPROVAL_NEEDED',
  });
  await approvePlugin(plugins.parts, added.digest, ORDER);
  await enablePlugin(plugins.parts, added.digest, ORDER);
  expect(await call()).toBe('new');
  await rollBackPlugin(plugins.parts, 'test.plugin', ORDER);
  expect(await call()).toBe('old');
  expect(await versionOf(database.reader, old.digest)).toMatchObject({ state: 'active' });
});

test('says of a plugin that is there, and does not answer, what makes it answer', async () => {
  const plugin = pluginFrom(body('return 1;'));
  const added = { caller: OPERATOR, source: 'test', tier: 'isolated' } as const;
  await addPlugin(plugins.parts, plugin, added);
  await expect(call()).rejects.toMatchObject({
    message: 'There is no active plugin "test.plugin" in the registry.',
    hint: expect.stringContaining('phasegate plugins enable'),
  });
});

test('does not send whoever enables a rejected plugin to an approval', async () => {
  decision = 'reject';
  const plugin = pluginFrom(body('return 1;'));
  const added = { caller: OPERATOR, source: 'test', tier: 'isolated' } as const;
  const { digest } = await addPlugin(plugins.parts, plugin, added);
  await expect(enablePlugin(plugins.parts, digest, ORDER)).rejects.toMatchObject({
    code: 'PLUGINS_APPROVAL_NEEDED',
    hint: expect.stringContaining('Nobody can approve it'),
  });
});

test('a rollback that is asked for twice does not bring back what was left', async () => {
  await activate(body('return "old";'));
  await activate(body('return "new";'), { version: '1.1.0' });
  await rollBackPlugin(plugins.parts, 'test.plugin', ORDER);
  await expect(rollBackPlugin(plugins.parts, 'test.plugin', ORDER)).rejects.toMatchObject({
    code: 'PLUGINS_NOTHING_TO_ROLL_BACK',
  });
  expect(await call()).toBe('old');
});

test('keeps the old version when the new one does not load', async () => {
  await activate(body('return "old";'));
  const broken = pluginFrom('throw new Error("no");', { version: '1.1.0' });
  const added = await addPlugin(plugins.parts, broken, {
    caller: OPERATOR,
    source: 'test',
    tier: 'isolated',
  });
  await expect(enablePlugin(plugins.parts, added.digest, ORDER)).rejects.toMatchObject({
    code: 'PLUGINS_LOAD_FAILED',
  });
  expect(await call()).toBe('old');
});

test('refuses a forked publisher, other files under one version, and a downgrade', async () => {
  await activate(body('return 1;'), { version: '2.0.0' });
  const order = { caller: OPERATOR, source: 'test', tier: 'isolated' } as const;
  for (const options of [
    { version: '3.0.0', publisher: 'fork' },
    { version: '2.0.0' },
    { version: '1.0.0' },
  ]) {
    const plugin = pluginFrom(body('return 2;'), options);
    // One after the other.
    // oxlint-disable-next-line no-await-in-loop
    await expect(addPlugin(plugins.parts, plugin, order)).rejects.toMatchObject({
      code: 'PLUGINS_ADMISSION_REFUSED',
    });
  }
});

test('keeps apart what the scan rejects or waits for a person to approve', async () => {
  decision = 'reject';
  const order = { caller: OPERATOR, source: 'test', tier: 'isolated' } as const;
  const rejected = await addPlugin(plugins.parts, pluginFrom(body('return 1;')), order);
  expect(rejected.state).toBe('rejected');
  await expect(enablePlugin(plugins.parts, rejected.digest, ORDER)).rejects.toMatchObject({
    code: 'PLUGINS_APPROVAL_NEEDED',
  });
  await expect(approvePlugin(plugins.parts, rejected.digest, ORDER)).rejects.toMatchObject({
    code: 'PLUGINS_INVALID_STATE',
  });
});

test('refuses a plugin whose files were changed in the database', async () => {
  await activate(body('return 1;'));
  await plugins[Symbol.asyncDispose]();
  const evil = Buffer.from(body('return "evil";')).toString('base64');
  await database.exclusively(
    async (db) => await db.updateTable('plugins_files').set({ content: evil }).execute(),
  );
  await database.close();
  await open();
  await expect(call()).rejects.toMatchObject({ code: 'PLUGINS_BROKEN_PACKAGE' });
});

test('leads back what a process left in the middle of a step', async () => {
  const { digest } = await activate(body('return 1;'));
  await disablePlugin(plugins.parts, 'test.plugin', ORDER);
  await database.exclusively(
    async (db) => await db.updateTable('plugins_versions').set({ state: 'loading' }).execute(),
  );
  await plugins[Symbol.asyncDispose]();
  await database.close();
  await open();
  expect(await versionOf(database.reader, digest)).toMatchObject({ state: 'registered' });
  await enablePlugin(plugins.parts, digest, ORDER);
  expect(await call()).toBe(1);
});

test('undoes a step whose evidence cannot be written', async () => {
  const { digest } = await activate(body('return 1;'));
  const parts = { ...plugins.parts, events: { record: () => Promise.reject(new Error('full')) } };
  await expect(removePlugin(parts, digest, ORDER)).rejects.toMatchObject({
    code: 'STORAGE_RECORDS_FAILED',
  });
  expect(await versionOf(database.reader, digest)).toMatchObject({ state: 'active' });
  expect(await call()).toBe(1);
});
