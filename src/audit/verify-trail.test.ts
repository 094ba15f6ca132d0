import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { anEvent, newDirectory } from './fixtures/trail.ts';
import { checkpointFile, openEmbeddedAudit, verifyTrail, type TrailReport } from './index.ts';

/** A database with two chains of a tenant each; `tamper` is what somebody does who can write all of it. */
async function verified(...tamper: readonly string[]): Promise<TrailReport> {
  const directory = newDirectory();
  for (const chain of ['tenant-a', 'tenant-b']) {
    await using audit = await openEmbeddedAudit({ directory, chain });
    await audit.log.append(anEvent('1', 'gate-verdict'));
    await audit.log.append(anEvent('2', 'run-ended'));
  }
  await using audit = await openEmbeddedAudit({ directory, chain: 'tenant-b' });
  const { database, publicKey } = audit.log;
  for (const statement of tamper) await sql.raw(statement).execute(database.reader);
  const checkpoints = checkpointFile(audit.paths.checkpoints).lines();
  return await verifyTrail(database, { publicKey, checkpoints });
}

const drop = (chain: string): string[] =>
  ['audit_entries', 'audit_checkpoints', 'audit_chains'].map(
    (table) => `delete from ${table} where chain like '${chain}/%'`,
  );

test('every chain and the registry verify', async () => {
  const report = await verified();
  expect(report).toMatchObject({ ok: true, missing: [], unlisted: [] });
  expect(report.chains.map(({ name }) => name)).toEqual(['registry', 'tenant-a', 'tenant-b']);
});

test('an edited row is found and named', async () => {
  const report = await verified(
    `update audit_entries set body = replace(body, '"allow"', '"deny"') where chain like 'tenant-a/%' and seq = 1`,
  );
  expect(report.ok).toBe(false);
  expect(report.chains.find(({ name }) => name === 'tenant-a')?.faults).toContainEqual(
    expect.objectContaining({ kind: 'edited', seq: 1 }),
  );
});

test('a chain that was deleted as a whole is missing', async () => {
  const { ok, missing } = await verified(...drop('tenant-a'));
  expect({ ok, missing }).toEqual({
    ok: false,
    missing: [expect.stringMatching(/^tenant-a\//)],
  });
});

test('a chain that was deleted together with the registry is missing by the checkpoints kept outside', async () => {
  const { ok, missing } = await verified(...drop('tenant-a'), ...drop('registry'));
  expect(ok).toBe(false);
  expect(missing.map((origin) => origin.split('/')[0])).toEqual(
    expect.arrayContaining(['registry', 'tenant-a']),
  );
});

test('a chain whose entries were emptied is missing', async () => {
  const { ok, missing } = await verified(`delete from audit_entries where chain like 'tenant-a/%'`);
  expect(ok).toBe(false);
  expect(missing).toHaveLength(1);
});
