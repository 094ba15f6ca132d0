import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPostgres, type PostgresServer } from './fixtures/postgres-server.ts';
import { anEvent, newDirectory } from './fixtures/trail.ts';
import {
  archiveEntries,
  checkpointFile,
  followTrail,
  issueReceipt,
  latestRunOf,
  openEmbeddedAudit,
  openPostgresAudit,
  openSqliteAudit,
  placeHold,
  rotateKey,
  verifyTrail,
  type AuditActor,
  type AuditDatabase,
  type TrailOptions,
  type TrailReport,
} from './index.ts';

const officer: AuditActor = { id: 'officer-1', kind: 'person', authenticated: true };

/** Everything beside the signed texts by which something is found, and the texts themselves. */
const COLUMNS = {
  audit_entries: 'chain seq previous hash event_key event_digest kind run thread at body'.split(
    ' ',
  ),
  audit_checkpoints: 'chain size key_id head signed_at line'.split(' '),
  audit_chains: 'chain name key_id public_key cut_size cut_head'.split(' '),
} as const;
const NUMBERS = new Set(['seq', 'size', 'cut_size']);

type Table = keyof typeof COLUMNS;

const TABLES = Object.keys(COLUMNS) as Table[];
const places = fc
  .constantFrom(...TABLES)
  .chain((table) => fc.tuple(fc.constant(table), fc.constantFrom(...COLUMNS[table])));

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(async () => server[Symbol.asyncDispose]());

describe.each(['SQLite', 'PostgreSQL'])('on %s', (kind) => {
  const directory = newDirectory();
  const opened = async (): Promise<AuditDatabase> =>
    kind === 'SQLite'
      ? openSqliteAudit({ path: join(directory, 'audit.db') })
      : openPostgresAudit({ url: server.url });
  const address = kind === 'SQLite' ? 'rowid' : 'ctid';
  const nth = (table: Table, at: number): string =>
    `(select ${address} from ${table} order by ${address} limit 1 offset ${at} % (select count(*) from ${table}))`;
  let database: AuditDatabase;
  beforeAll(async () => {
    // A trail in which everything has happened that a trail can tell of: an archive, a hold, a change of keys.
    const first = await openEmbeddedAudit({ directory, database: await opened() });
    await first.log.append(anEvent('0', 'run-ended', { run: 'run-0' }));
    const order = { before: '2999-01-01T00:00:00.000Z', by: officer };
    await archiveEntries(first.log, { ...order, path: join(directory, 'archive.jsonl') });
    await placeHold(first.log, { id: 'case-1', by: officer }, { run: 'run-1' });
    await first.log.append(anEvent('1', 'run-started'));
    await rotateKey(first.log, first.nextKey(), officer);
    await first[Symbol.asyncDispose]();
    const second = await openEmbeddedAudit({ directory, database: await opened() });
    await second.log.append(anEvent('2', 'gate-verdict'));
    await second.log.append(anEvent('3', 'run-ended'));
    await second[Symbol.asyncDispose]();
    database = await opened();
  });
  afterAll(async () => database.close());

  /** What `look` says after the edits, all of which are undone. */
  const after = async <Seen>(
    edits: readonly string[],
    look: (edited: AuditDatabase) => Promise<Seen>,
  ): Promise<Seen> => {
    const undone = new Error('undone');
    const seen: Seen[] = [];
    const done = database.exclusively(async (queries) => {
      for (const edit of edits) await sql.raw(edit).execute(queries);
      seen.push(await look({ ...database, reader: queries }));
      throw undone;
    });
    await expect(done).rejects.toMatchObject({ cause: undone });
    return seen[0] as Seen;
  };
  const byWhat = (): TrailOptions => ({
    publicKey: readFileSync(join(directory, 'audit.key.pub'), 'utf8'),
    checkpoints: checkpointFile(join(directory, 'audit.checkpoints.jsonl')).lines(),
  });
  const verified = async (edited: AuditDatabase): Promise<TrailReport> =>
    verifyTrail(edited, byWhat());

  test('a trail that nobody edited verifies', async () => {
    expect(await verified(database)).toMatchObject({ ok: true });
  });

  test('no edit of any column of any row is missed', async () => {
    const rows = new Map<Table, number>();
    for (const table of Object.keys(COLUMNS) as Table[]) {
      const counted = await sql<{
        n: number | string;
      }>`select count(*) as n from ${sql.table(table)}`.execute(database.reader);
      rows.set(table, Number(counted.rows[0]?.n));
    }
    const law = fc.asyncProperty(places, fc.nat(1_000), async ([table, column], at) => {
      const value = NUMBERS.has(column) ? `${column} + 100` : `'edited'`;
      const edit = `update ${table} set ${column} = ${value} where ${address} = ${nth(table, at)}`;
      const { ok } = await after([edit], verified);
      expect({ table, column, at, ok }).toMatchObject({ ok: false });
    });
    await fc.assert(law, { numRuns: 120 });
  });

  test('a mark from before an edit changes nothing of what is found', async () => {
    const { mark } = await followTrail(database, byWhat(), { name: 'main' });
    expect(mark).toBeDefined();
    const law = fc.asyncProperty(places, fc.nat(1_000), async ([table, column], at) => {
      const value = NUMBERS.has(column) ? `${column} + 100` : `'edited'`;
      const edit = `update ${table} set ${column} = ${value} where ${address} = ${nth(table, at)}`;
      const look = async (edited: AuditDatabase): Promise<readonly unknown[]> => [
        await followTrail(edited, byWhat(), { name: 'main', mark }),
        await followTrail(edited, byWhat(), { name: 'main' }),
      ];
      const [marked, unmarked] = await after([edit], look);
      const isFollowed = { isFollowed: expect.any(Boolean) as boolean };
      expect(marked).toEqual({ ...(unmarked as object), ...isFollowed });
      expect(marked).toMatchObject({ ok: false });
    });
    await fc.assert(law, { numRuns: 120 });
  });

  test('no deleted row of an entry, a checkpoint or a chain is missed', async () => {
    const law = fc.asyncProperty(fc.constantFrom(...TABLES), fc.nat(1_000), async (table, at) => {
      const edit = `delete from ${table} where ${address} = ${nth(table, at)}`;
      const { ok } = await after([edit], verified);
      expect({ table, at, ok }).toMatchObject({ ok: false });
    });
    await fc.assert(law, { numRuns: 60 });
  });

  test('an entry that is put before where the chain begins is named', async () => {
    const forged = `insert into audit_entries select chain, 0, previous, hash, 'forged', event_digest, kind, run, thread, at, body
      from audit_entries where chain like 'main/%' and kind = 'gate-verdict'`;
    const { chains, ok } = await after([forged], verified);
    expect(ok).toBe(false);
    expect(chains.flatMap(({ faults }) => faults)).toContainEqual(
      expect.objectContaining({ kind: 'misfiled', seq: 0 }),
    );
  });

  test.each(['run', 'thread', 'event_key'])(
    'a receipt is refused while the column %s says something else than the entry',
    async (column) => {
      const audit = await openEmbeddedAudit({ directory, database: await opened() });
      await using closing = audit;
      const { log } = closing;
      const edit = (from: string, to: string): string =>
        `update audit_entries set ${column} = ${to} where ${column} = ${from}`;
      const text =
        column === 'event_key'
          ? `(select max(event_key) from audit_entries where run = 'run-1')`
          : `'${column}-1'`;
      const [row] = (
        await sql<{ value: string }>`select ${sql.raw(text)} as value`.execute(log.database.reader)
      ).rows;
      const value = `'${row?.value ?? ''}'`;
      await sql.raw(edit(value, `'elsewhere'`)).execute(log.database.reader);
      await expect(issueReceipt(log, 'run-1')).rejects.toMatchObject({ code: 'AUDIT_TAMPERED' });
      if (column === 'thread') {
        const latest = latestRunOf(log, 'thread-1');
        await expect(latest).rejects.toMatchObject({ code: 'AUDIT_TAMPERED' });
      }
      await sql.raw(edit(`'elsewhere'`, value)).execute(log.database.reader);
      expect(await issueReceipt(log, 'run-1')).toContain('"run":"run-1"');
      expect(await latestRunOf(log, 'thread-1')).toBe('run-1');
    },
  );

  test('what hides an entry from its hold keeps the archive from being made', async () => {
    const audit = await openEmbeddedAudit({ directory, database: await opened() });
    await using closing = audit;
    const { log } = closing;
    const path = join(directory, `never-${kind}.jsonl`);
    const order = { before: '2999-01-01T00:00:00.000Z', path, by: officer };
    await expect(archiveEntries(log, order)).rejects.toMatchObject({ code: 'AUDIT_LEGAL_HOLD' });
    await sql`update audit_entries set run = 'other' where run = 'run-1'`.execute(
      log.database.reader,
    );
    await expect(archiveEntries(log, order)).rejects.toMatchObject({ code: 'AUDIT_TAMPERED' });
    await sql`update audit_entries set run = 'run-1' where run = 'other'`.execute(
      log.database.reader,
    );
  });
});
