import { expect, test } from 'vitest';

import { randomIds, systemClock } from '../../kernel/index.ts';
import { openSqliteRecords } from '../../storage/index.ts';
import { pluginFrom } from '../fixtures/plugin-from.ts';
import { newRecordsPath, USER } from '../fixtures/test-plugins.ts';
import type { ActivePlugin } from '../registry/registry-parts.ts';
import { PLUGIN_SCHEMA } from '../registry/schema.ts';
import type { PluginTables } from '../registry/tables.ts';
import {
  createExecutionLog,
  type Execution,
  type ExecutionLog,
  type HistoryCondition,
} from './execution-log.ts';

const { manifest, digest } = pluginFrom('');
const version = { id: manifest.id, digest, manifest };
const execution: Execution = {
  // The history reads nothing else of a version.
  plugin: { version } as unknown as ActivePlugin,
  operation: 'go',
  call: { plugin: manifest.id, operation: 'go', input: null, caller: USER },
  inputDigest: digest,
  effect: undefined,
  usage: { wallMs: 1, outputBytes: 0 },
  costUsd: 0,
};

interface Opened extends AsyncDisposable {
  readonly log: ExecutionLog;
  /** Whether the disk takes anything. */
  readonly disk: { isAway: boolean };
  readonly told: HistoryCondition[];
  readonly written: () => Promise<number>;
}

async function open(): Promise<Opened> {
  const database = await openSqliteRecords<PluginTables>({
    path: newRecordsPath(),
    schema: PLUGIN_SCHEMA,
  });
  const disk = { isAway: true };
  const told: HistoryCondition[] = [];
  const log = createExecutionLog({
    database: {
      ...database,
      exclusively: async (work) => {
        if (disk.isAway) throw new Error('The disk is away.');
        return await database.exclusively(work);
      },
    },
    clock: systemClock,
    ids: randomIds,
    onFailure: (condition) => told.push(condition),
  });
  const count = database.reader
    .selectFrom('plugins_executions')
    .select(({ fn }) => fn.countAll<number>().as('rows'));
  return {
    log,
    disk,
    told,
    written: async () => (await count.executeTakeFirstOrThrow()).rows,
    [Symbol.asyncDispose]: async () => await database.close(),
  };
}

function addMany(log: ExecutionLog, count: number): void {
  for (let n = 0; n < count; n++) log.add(execution);
}

const READS = { name: 'read', sideEffects: false };
const SENDS = { name: 'send', sideEffects: true };

test('writes what has piled up while nothing could be written, however much it is', async () => {
  await using opened = await open();
  addMany(opened.log, 4000);
  await expect(opened.log.flush()).rejects.toThrow('away');
  opened.disk.isAway = false;
  await opened.log.close();
  expect(await opened.written()).toBe(4000);
});

test('tries again by itself, without a further call, and says so each time that it fails', async () => {
  await using opened = await open();
  addMany(opened.log, 3);
  await expect.poll(() => opened.told.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
  expect(opened.told[0]).toEqual({ waiting: 3, failed: true, refuses: 'nothing' });
  opened.disk.isAway = false;
  await expect.poll(opened.written, { timeout: 60_000 }).toBe(3);
  expect(opened.log.condition()).toEqual({ waiting: 0, failed: false, refuses: 'nothing' });
});

test('refuses effects when 10,000 calls wait to be written, and every call from 20,000 on, until they are', async () => {
  await using opened = await open();
  const { log } = opened;
  addMany(log, 9999);
  log.demandRoom('a.b', SENDS);
  addMany(log, 1);
  const full = expect.objectContaining({ code: 'PLUGINS_HISTORY_FULL', retryable: true }) as Error;
  expect(() => log.demandRoom('a.b', SENDS)).toThrow(full);
  expect(() => log.demandRoom('a.b', READS)).not.toThrow();
  addMany(log, 10_000);
  expect(() => log.demandRoom('a.b', READS)).toThrow(full);
  expect(log.condition()).toMatchObject({ waiting: 20_000, refuses: 'every-call' });
  opened.disk.isAway = false;
  await log.flush();
  expect(() => log.demandRoom('a.b', SENDS)).not.toThrow();
  expect(await opened.written()).toBe(20_000);
});
