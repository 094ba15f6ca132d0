import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { afterAll, afterEach, expect, test } from 'vitest';

import type { JsonValue } from '../../kernel/index.ts';
import { openSqliteRecords } from '../../storage/index.ts';
import { approveCall } from '../access/operator-orders.ts';
import {
  activate,
  newRecordsPath,
  openTestPlugins,
  OPERATOR,
  USER,
  type TestPlugins,
} from '../fixtures/test-plugins.ts';
import { PLUGIN_SCHEMA } from '../registry/schema.ts';
import type { PluginTables } from '../registry/tables.ts';
import { createIsolatedRuntime } from '../sandbox/index.ts';
import { clearOutputs } from './effect-outputs.ts';

const isolated = createIsolatedRuntime();
afterAll(async () => await isolated.close());

const CANARY = 'canary-4711-of-a-person';
const SENDER = 'export default { execute: (operation, input) => ({ sent: input.to }) };';
const PLACE = { thread: 't', run: 'r', phase: 'p', call: '1' };
const paths: string[] = [];
afterEach(() => paths.splice(0).forEach((path) => rmSync(dirname(path), { recursive: true })));

function newPath(): string {
  const path = newRecordsPath();
  paths.push(path);
  return path;
}

async function send({ plugins }: TestPlugins): Promise<{ output: JsonValue; repeated: boolean }> {
  const call = { plugin: 'test.plugin', operation: 'go', input: { to: CANARY } };
  const { output, repeated } = await plugins.executor.execute({
    ...call,
    caller: USER,
    place: PLACE,
  });
  return { output, repeated };
}

/** Opens a registry in which the canary was sent once. */
async function openSent(path: string): Promise<TestPlugins> {
  const opened = await openTestPlugins({ path, isolated });
  await activate(opened.plugins, SENDER, { sideEffects: true, idempotent: false });
  const order = { caller: OPERATOR, plugin: 'test.plugin', operation: 'go', validForMs: 60_000 };
  await approveCall(opened.plugins.parts, { ...order, input: { to: CANARY } });
  expect(await send(opened)).toEqual({ output: { sent: CANARY }, repeated: false });
  return opened;
}

/** The files beside the records, journal and index of it included, that hold the canary. */
function filesWithCanary(path: string): readonly string[] {
  const files = readdirSync(dirname(path)).map((name) => join(dirname(path), name));
  expect(files).toContain(path);
  return files.filter((file) => readFileSync(file).includes(CANARY));
}

test('what came of an effect is in none of the files, and answers the call again after a new start', async () => {
  const path = newPath();
  const first = await openSent(path);
  expect(filesWithCanary(path)).toEqual([]);
  await first.close();
  const second = await openTestPlugins({ path, isolated });
  expect(await send(second)).toEqual({ output: { sent: CANARY }, repeated: true });
  await second.close();
  expect(filesWithCanary(path)).toEqual([]);
});

test('with another key an effect that happened is neither told nor begun again', async () => {
  const path = newPath();
  await (await openSent(path)).close();
  const other = await openTestPlugins({ path, isolated, sealKey: Buffer.alloc(32, 8) });
  await expect(send(other)).rejects.toMatchObject({ code: 'PLUGINS_EFFECT_UNREADABLE' });
  await other.close();
});

test('an effect is not begun where there is no key to keep its output with', async () => {
  const path = newPath();
  const opened = await openTestPlugins({ path, isolated, sealKey: Buffer.alloc(3) });
  await activate(opened.plugins, SENDER, { sideEffects: true, idempotent: false });
  await expect(send(opened)).rejects.toMatchObject({ code: 'STORAGE_STATE_KEY' });
  expect(await opened.database.reader.selectFrom('plugins_effects').selectAll().execute()).toEqual(
    [],
  );
  await opened.close();
});

test('what an earlier version has kept in clear is sealed at the next start, and nothing of it is left', async () => {
  const path = newPath();
  const earlier = await openSent(path);
  const output = JSON.stringify({ sent: CANARY });
  const clear = { output };
  await earlier.database.exclusively(
    async (queries) => await queries.updateTable('plugins_effects').set(clear).execute(),
  );
  await earlier.close();
  expect(filesWithCanary(path)).not.toEqual([]);
  const now = await openTestPlugins({ path, isolated });
  expect(filesWithCanary(path)).toEqual([]);
  expect(await send(now)).toEqual({ output: { sent: CANARY }, repeated: true });
  await now.close();
});

test('rows in clear are found by an index, also where there are many effects', async () => {
  const path = newPath();
  const database = await openSqliteRecords<PluginTables>({ path, schema: PLUGIN_SCHEMA });
  const query = clearOutputs(database).compile();
  const asked = { ...query, sql: `explain query plan ${query.sql}` };
  const { rows } = await database.reader.executeQuery<{ detail: string }>(asked);
  expect(rows.map(({ detail }) => detail).join()).toContain('plugins_effects_clear');
  await database.close();
});
