import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { startPostgres } from '../../../src/audit/fixtures/postgres-server.ts';
import {
  activate,
  openTestPlugins,
  OPERATOR,
  USER,
} from '../../../src/plugins/fixtures/test-plugins.ts';
import {
  approveCall,
  createIsolatedRuntime,
  PLUGIN_SCHEMA,
  type Plugins,
  type PluginTables,
} from '../../../src/plugins/index.ts';
import { openPostgresRecords, type RecordsDatabase } from '../../../src/storage/index.ts';

const CANARY = 'canary-4711-of-a-person';
const SENDER = 'export default { execute: (operation, input) => ({ sent: input.to }) };';

type Records = RecordsDatabase<PluginTables>;

/** The server's files that hold the canary, its write-ahead log included. */
async function filesWithCanary(database: Records): Promise<readonly string[]> {
  await sql`checkpoint`.execute(database.reader);
  const shown = sql<{ data_directory: string }>`show data_directory`;
  const directory = (await shown.execute(database.reader)).rows[0]?.data_directory ?? '';
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(100);
  return files.filter((file) => readFileSync(file).includes(CANARY));
}

async function send({ executor }: Plugins): Promise<object> {
  const place = { thread: 't', run: 'r', phase: 'p', call: '1' };
  const call = { plugin: 'test.plugin', operation: 'go', input: { to: CANARY } };
  const { output, repeated } = await executor.execute({ ...call, caller: USER, place });
  return { output, repeated };
}

test(
  'what came of an effect is in none of the files of PostgreSQL, and old rows are sealed at a start',
  { timeout: 240_000 },
  async () => {
    await using server = await startPostgres();
    const isolated = createIsolatedRuntime();
    const open = async (): ReturnType<typeof openTestPlugins> => {
      const options = { url: server.url, schema: PLUGIN_SCHEMA };
      return await openTestPlugins({ isolated, database: await openPostgresRecords(options) });
    };
    const first = await open();
    await activate(first.plugins, SENDER, { sideEffects: true, idempotent: false });
    const order = { caller: OPERATOR, plugin: 'test.plugin', operation: 'go', validForMs: 60_000 };
    await approveCall(first.plugins.parts, { ...order, input: { to: CANARY } });
    expect(await send(first.plugins)).toEqual({ output: { sent: CANARY }, repeated: false });
    expect(await filesWithCanary(first.database)).toEqual([]);

    // As an earlier version left it.
    const clear = { output: JSON.stringify({ sent: CANARY }) };
    await first.database.exclusively(
      async (queries) => await queries.updateTable('plugins_effects').set(clear).execute(),
    );
    await first.close();
    const second = await open();
    const rows = await second.database.reader
      .selectFrom('plugins_effects')
      .select('output')
      .execute();
    expect(rows).toEqual([{ output: expect.stringMatching(/^sealed\/1:/) }]);
    // The table was written anew; only the log of what was written before still holds it.
    const left = await filesWithCanary(second.database);
    expect(left.filter((file) => !file.includes('pg_wal'))).toEqual([]);
    expect(await send(second.plugins)).toEqual({ output: { sent: CANARY }, repeated: true });
    await second.close();
    await isolated.close();
  },
);
