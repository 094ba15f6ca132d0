import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { anEvent, openTrail } from '../fixtures/trail.ts';
import { verifyChain } from '../verify-chain.ts';

test('what was appended is exported, and verifies', async () => {
  await using trail = await openTrail();
  await trail.log.append(anEvent('1'));
  const { seq } = await trail.log.append(anEvent('1', 'gate-verdict'));
  const report = verifyChain(await trail.exported(), trail.signer.publicKey, {
    checkpoints: trail.checkpoints.lines(),
  });
  expect(seq).toBe(2);
  expect(report).toMatchObject({ ok: true, first: 0, size: 3, covered: 3, faults: [] });
});

test('many appends at once make one chain', async () => {
  await using trail = await openTrail();
  const answers = await Promise.all(
    Array.from({ length: 700 }, async (_, index) => trail.log.append(anEvent(String(index)))),
  );
  expect(answers.map(({ seq }) => seq)).toEqual(Array.from({ length: 700 }, (_, at) => at + 1));
  const report = verifyChain(await trail.exported(), trail.signer.publicKey);
  expect(report).toMatchObject({ ok: true, size: 701 });
  expect(report.size - report.covered).toBeLessThan(64);
});

test('an event that is told again is answered with the entry that exists', async () => {
  await using trail = await openTrail();
  const first = await trail.log.append(anEvent('1'));
  const again = await trail.log.append(anEvent('1'));
  expect(again).toEqual({ ...first, repeated: true });
  expect((await trail.exported()).filter((line) => line.startsWith('{"entry"'))).toHaveLength(2);
});

test('another event under the same key becomes an entry that names the first one', async () => {
  await using trail = await openTrail();
  const first = await trail.log.append(anEvent('1', 'model-call'));
  const other = await trail.log.append(anEvent('1', 'model-call', { output: 'd'.repeat(64) }));
  expect(other).toMatchObject({ seq: first.seq + 1, repeated: false });
  expect((await trail.exported()).at(-1)).toContain(`"repeats":${first.seq},`);
});

test('a clock that goes back does not take the chain back, and the entry says so', async () => {
  await using trail = await openTrail();
  await trail.log.append(anEvent('1'));
  trail.clock.set(Date.UTC(2020, 0, 1));
  await trail.log.append(anEvent('2', 'gate-verdict'));
  const lines = await trail.exported();
  expect(lines.join('\n')).toContain('"clockBehindMs":');
  expect(verifyChain(lines, trail.signer.publicKey).ok).toBe(true);
});

test('a log that is opened again continues its chain', async () => {
  const first = await openTrail();
  await first.log.append(anEvent('1'));
  await first[Symbol.asyncDispose]();
  await using second = await openTrail(first.path.replace('/audit.db', ''), first.signer);
  await second.log.append(anEvent('2', 'gate-verdict'));
  const report = verifyChain(await second.exported(), first.signer.publicKey);
  expect(report).toMatchObject({ ok: true, origin: first.log.origin, size: 3 });
});

test('a log whose end was cut off is not opened', async () => {
  const first = await openTrail();
  await first.log.append(anEvent('1', 'gate-verdict'));
  await first[Symbol.asyncDispose]();
  const directory = first.path.replace('/audit.db', '');
  const second = await openTrail(directory, first.signer);
  // Everything in the database that tells of the end; the file outside still knows.
  await sql`delete from audit_entries where seq >= 1`.execute(second.database.reader);
  await sql`delete from audit_checkpoints where size >= 2`.execute(second.database.reader);
  await expect(second.log.append(anEvent('2'))).rejects.toMatchObject({ code: 'AUDIT_TAMPERED' });
  await expect(openTrail(directory, first.signer)).rejects.toMatchObject({
    code: 'AUDIT_TAMPERED',
  });
});

test('entries that change under an open log stop it', async () => {
  const trail = await openTrail();
  await trail.log.append(anEvent('1'));
  await sql`delete from audit_entries where seq = 1`.execute(trail.database.reader);
  await expect(trail.log.append(anEvent('2'))).rejects.toMatchObject({ code: 'AUDIT_TAMPERED' });
});

test('the database itself refuses an entry that does not continue the last one, and goes on', async () => {
  await using trail = await openTrail();
  const { seq } = await trail.log.append(anEvent('1'));
  const { reader } = trail.database;
  const row = await reader
    .selectFrom('audit_entries')
    .selectAll()
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow();
  for (const forged of [
    { seq: seq + 1, previous: row.previous },
    { seq: seq + 2, previous: row.hash },
  ]) {
    const insert = reader.insertInto('audit_entries').values({ ...row, ...forged, event_key: 'x' });
    await expect(insert.execute()).rejects.toThrow(/must continue the one before/);
  }
  await expect(trail.log.append(anEvent('2'))).resolves.toMatchObject({ seq: seq + 1 });
});

test('a full disk refuses the append as a whole, and the log goes on when there is room again', async () => {
  await using trail = await openTrail();
  const { reader } = trail.database;
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(reader);
  await sql.raw(`pragma max_page_count = ${rows[0]?.page_count ?? 0}`).execute(reader);
  const facts = { note: 'x'.repeat(60_000) };
  const refused = trail.log.append(anEvent('1', 'effect', { facts }));
  await expect(refused).rejects.toMatchObject({ code: 'AUDIT_APPEND_FAILED', retryable: true });
  await sql`pragma max_page_count = 100000`.execute(reader);
  expect(await trail.log.append(anEvent('1', 'effect', { facts }))).toMatchObject({
    seq: 1,
    repeated: false,
  });
});

test('a log with another key than the chain is refused', async () => {
  const first = await openTrail();
  await first[Symbol.asyncDispose]();
  const second = openTrail(first.path.replace('/audit.db', ''));
  await expect(second).rejects.toMatchObject({ code: 'AUDIT_KEY_RETIRED' });
});

test('what is not plain JSON is refused alone', async () => {
  await using trail = await openTrail();
  const bad = trail.log.append(anEvent('1', 'effect', { facts: { amount: Number.NaN } }));
  const good = trail.log.append(anEvent('2', 'effect'));
  await expect(bad).rejects.toMatchObject({ code: 'AUDIT_INVALID_EVENT' });
  await expect(good).resolves.toMatchObject({ seq: 1 });
});

test('the closing record of a run counts its entries', async () => {
  await using trail = await openTrail();
  await trail.log.append(anEvent('1', 'run-started'));
  await Promise.all([trail.log.append(anEvent('2')), trail.log.append(anEvent('3', 'run-ended'))]);
  expect((await trail.exported()).join('\n')).toContain('"runEntries":3,');
});
