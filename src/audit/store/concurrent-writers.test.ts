import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startPostgres, type PostgresServer } from '../fixtures/postgres-server.ts';
import { appendInProcess, appendUntilKilled } from '../fixtures/run-process.ts';
import { anEvent, newDirectory } from '../fixtures/trail.ts';
import { exportJsonLines } from '../export/json-lines.ts';
import { checkpointFile } from '../keys/checkpoint-file.ts';
import { openSigningKey } from '../keys/signing-key-file.ts';
import { openAuditLog } from '../log/open-audit-log.ts';
import { verifyChain } from '../verify-chain.ts';
import type { ChainReport } from '../report-types.ts';
import type { AuditDatabase } from './database.ts';
import { openPostgresAudit } from './open-postgres.ts';
import { openSqliteAudit } from './open-sqlite.ts';
import type { EntryRow } from './tables.ts';

const WRITERS = ['one', 'two', 'three', 'four'];
const EACH = 50;

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => server[Symbol.asyncDispose]());

/** A report on the whole chain, and how many events the writers have in it. */
async function verified(
  database: AuditDatabase,
  directory: string,
): Promise<ChainReport & { readonly written: number }> {
  const lines: string[] = [];
  for await (const line of exportJsonLines({ database, name: 'main' })) lines.push(line);
  const { publicKey } = openSigningKey(join(directory, 'audit.key'));
  const checkpoints = checkpointFile(join(directory, 'audit.checkpoints')).lines();
  const report = verifyChain(lines, publicKey, { checkpoints });
  expect(report.covered).toBe(report.size);
  // The first entry opens the chain; whoever finds an end that is not signed yet, by another's work, records that.
  return { ...report, written: report.size - 1 - report.adopted.length };
}

test('several processes make one chain on SQLite', async () => {
  const directory = newDirectory();
  await Promise.all(WRITERS.map(async (name) => appendInProcess([directory, name, String(EACH)])));
  const database = await openSqliteAudit({ path: join(directory, 'audit.db') });
  const written = WRITERS.length * EACH;
  expect(await verified(database, directory)).toMatchObject({ ok: true, written });
  await database.close();
});

test('a writer that was killed and runs again leaves each event once', async () => {
  const directory = newDirectory();
  const args = [directory, 'one', '300'];
  // Long enough to begin, too short to end, on machines of any speed at one kill or another.
  for (const afterMs of [900, 1_300, 1_800]) await appendUntilKilled(args, afterMs);
  await appendInProcess(args);
  const database = await openSqliteAudit({ path: join(directory, 'audit.db') });
  expect(await verified(database, directory)).toMatchObject({ ok: true, written: 300 });
  await database.close();
});

test('several processes make one chain on PostgreSQL', async () => {
  const directory = newDirectory();
  await Promise.all(
    WRITERS.map(async (name) => appendInProcess([directory, name, String(EACH), server.url])),
  );
  const database = await openPostgresAudit({ url: server.url });
  const written = WRITERS.length * EACH;
  const report = await verified(database, directory);
  expect(report).toMatchObject({ ok: true, written });
  const { rows } = await sql<EntryRow>`select * from audit_entries where seq = 1`.execute(
    database.reader,
  );
  const fork = { ...(rows[0] as EntryRow), seq: report.size, event_key: 'fork' };
  const forked = database.reader.insertInto('audit_entries').values(fork).execute();
  await expect(forked).rejects.toThrow(/must continue the one before/);
  await database.close();
});

test('a PostgreSQL server that is gone refuses the append, and is told as such', async () => {
  await using gone = await startPostgres();
  const directory = newDirectory();
  const database = await openPostgresAudit({ url: gone.url, patienceMs: 1_000 });
  const log = await openAuditLog({
    database,
    signer: openSigningKey(join(directory, 'audit.key')),
    checkpoints: checkpointFile(join(directory, 'audit.checkpoints')),
    where: 'test',
  });
  await log.append(anEvent('1'));
  await gone[Symbol.asyncDispose]();
  await expect(log.append(anEvent('2'))).rejects.toMatchObject({
    code: 'AUDIT_APPEND_FAILED',
    retryable: true,
  });
  await database.close();
});
