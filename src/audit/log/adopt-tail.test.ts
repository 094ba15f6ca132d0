import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { sealEntry, tellEvent } from '../chain/entry.ts';
import type { AuditKind } from '../event.ts';
import { issueReceipt } from '../export/issue-receipt.ts';
import { anEvent, openTrail, type Trail } from '../fixtures/trail.ts';
import { openSqliteAudit } from '../store/open-sqlite.ts';
import { verifyChain } from '../verify-chain.ts';
import { verifyReceipt } from '../verify-chain.ts';

const closedTrail = async (): Promise<Trail & { readonly directory: string }> => {
  const trail = await openTrail();
  await trail.log.append(anEvent('1', 'gate-verdict'));
  await trail.log.append(anEvent('2', 'gate-verdict'));
  await trail[Symbol.asyncDispose]();
  return { ...trail, directory: trail.path.replace('/audit.db', '') };
};

/** Inserts a correctly linked entry while the log is closed. */
async function forge({ path, log }: Trail, kind: AuditKind): Promise<void> {
  const database = await openSqliteAudit({ path });
  const rows = database.reader.selectFrom('audit_entries').selectAll();
  const last = await rows
    .where('chain', '=', log.origin)
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow();
  const event = tellEvent(anEvent('forged', kind));
  const head = { size: Number(last.seq) + 1, hash: last.hash, at: last.at };
  const sealed = sealEntry(event, head, { chain: log.origin, now: last.at, where: 'elsewhere' });
  const { seq, previous, hash, at, body } = sealed;
  const told = { event_key: event.key, event_digest: event.digest, kind, at, body };
  const of = { run: 'run-1', thread: 'thread-1' };
  await database.reader
    .insertInto('audit_entries')
    .values({ chain: log.origin, seq, previous, hash, ...told, ...of })
    .execute();
  await database.close();
}

test('an entry that was inserted while the log was closed is named as not signed when it was opened', async () => {
  const closed = await closedTrail();
  await forge(closed, 'phase-left');
  await using trail = await openTrail(closed.directory, closed.signer);
  await trail.log.append(anEvent('3', 'gate-verdict'));
  const report = verifyChain(await trail.exported(), trail.signer.publicKey);
  expect(report).toMatchObject({ ok: true, size: 6, adopted: [{ from: 3, until: 4 }] });
  expect(report.unseen.join(' ')).toContain('entries 3 to 3: unsigned when the log was opened');
  const receipt = verifyReceipt(await issueReceipt(trail.log, 'run-1'), trail.signer.publicKey);
  expect(receipt).toMatchObject({ ok: true, adopted: [3] });
});

test('a log that was closed and not touched is taken up without a word', async () => {
  const closed = await closedTrail();
  await using trail = await openTrail(closed.directory, closed.signer);
  expect(verifyChain(await trail.exported(), trail.signer.publicKey)).toMatchObject({
    ok: true,
    size: 3,
    adopted: [],
  });
});

test.each(['chain-cut', 'approval', 'hold-released', 'key-rotated'] as const)(
  'a forged %s is not signed: the log is not opened',
  async (kind) => {
    const closed = await closedTrail();
    await forge(closed, kind);
    await expect(openTrail(closed.directory, closed.signer)).rejects.toMatchObject({
      code: 'AUDIT_TAMPERED',
    });
  },
);

test('a row of a checkpoint that nobody signed does not cover anything', async () => {
  const closed = await closedTrail();
  await forge(closed, 'phase-left');
  const { reader, close } = await openSqliteAudit({ path: closed.path });
  await sql`insert into audit_checkpoints (chain, size, key_id, head, signed_at, line)
    select c.chain, 4, c.key_id, e.hash, c.signed_at, replace(replace(c.line, '"size":3', '"size":4'), c.head, e.hash)
    from audit_checkpoints c, audit_entries e
    where c.chain = ${closed.log.origin} and e.chain = c.chain and c.size = 3 and e.seq = 3`.execute(
    reader,
  );
  await close();
  await expect(openTrail(closed.directory, closed.signer)).rejects.toMatchObject({
    code: 'AUDIT_TAMPERED',
  });
});

test('a head that was cut from the database is not signed over', async () => {
  const closed = await closedTrail();
  const { reader, close } = await openSqliteAudit({ path: closed.path });
  await sql`update audit_chains set cut_size = 1, cut_head =
    (select hash from audit_entries where chain = ${closed.log.origin} and seq = 0)
    where chain = ${closed.log.origin}`.execute(reader);
  await sql`delete from audit_entries where chain = ${closed.log.origin} and seq < 1`.execute(
    reader,
  );
  await close();
  await expect(openTrail(closed.directory, closed.signer)).rejects.toMatchObject({
    code: 'AUDIT_TAMPERED',
  });
});
