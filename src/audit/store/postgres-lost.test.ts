import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { startPostgres } from '../fixtures/postgres-server.ts';
import { openPostgresAudit } from './open-postgres.ts';

test('a connection that is lost while it is used is told to its user, and ends nothing else', async () => {
  await using server = await startPostgres();
  const database = await openPostgresAudit({ url: server.url });
  const other = await openPostgresAudit({ url: server.url });
  const lost = database.exclusively(async (queries) => {
    const found = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(queries);
    await sql`select pg_terminate_backend(${found.rows[0]?.pid})`.execute(other.reader);
    // The answer to this one never comes.
    return sql`select pg_sleep(5)`.execute(queries);
  });
  await expect(lost).rejects.toMatchObject({ code: 'AUDIT_STORE_FAILED' });
  // The next one has a connection of its own.
  expect(await database.exclusively(async () => 'again')).toBe('again');
  await database.close();
  await other.close();
});
