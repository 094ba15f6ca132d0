import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { anEvent, newDirectory } from '../fixtures/trail.ts';
import {
  issueReceipt,
  openEmbeddedAudit,
  openSubjectKeys,
  verifyReceipt,
  verifyTrail,
  type AuditActor,
} from '../index.ts';
import { checkpointFile } from './checkpoint-file.ts';

const officer: AuditActor = { id: 'officer-1', kind: 'person', authenticated: true };

test('what is concealed can be read until its key is destroyed, and the chain verifies before and after', async () => {
  await using audit = await openEmbeddedAudit({ directory: newDirectory() });
  const subjects = audit.subjects();
  const recipient = await subjects.conceal('customer-7', 'ada@example.org');
  const other = await subjects.conceal('customer-8', 'bob@example.org');
  await audit.log.append(anEvent('1', 'effect', { facts: { recipient, other } }));
  expect(await subjects.reveal(recipient)).toBe('ada@example.org');
  expect(await subjects.erase('customer-7', officer)).toBe(true);
  expect(await subjects.reveal(recipient)).toBeUndefined();
  expect(await subjects.reveal(other)).toBe('bob@example.org');
  expect(await subjects.erase('customer-7', officer)).toBe(false);
  const checkpoints = checkpointFile(audit.paths.checkpoints).lines();
  const { publicKey, database } = audit.log;
  const report = await verifyTrail(database, { publicKey, checkpoints });
  expect(report.ok).toBe(true);
  const kinds = await database.reader.selectFrom('audit_entries').select('kind').execute();
  expect(kinds.map(({ kind }) => kind)).toContain('subject-erased');
});

test('no file of the trail holds the text, the subject, or the key that was destroyed', async () => {
  const directory = newDirectory();
  await using audit = await openEmbeddedAudit({ directory });
  const subjects = audit.subjects();
  const concealed = await subjects.conceal('customer-7', 'ada@example.org');
  await audit.log.append(anEvent('1', 'effect', { facts: { concealed } }));
  const [row] = await audit.log.database.reader.selectFrom('audit_subjects').selectAll().execute();
  const files = ['audit.db', 'audit.db-wal', 'audit.checkpoints.jsonl'];
  const holds = (text: string): boolean =>
    files.some((file) => readFileSync(join(directory, file)).includes(text));
  expect(holds(row?.wrapped ?? '')).toBe(true);
  await subjects.erase('customer-7', officer);
  for (const text of ['ada@example.org', 'customer-7', row?.wrapped ?? '']) {
    expect(holds(text)).toBe(false);
  }
  expect(statSync(audit.paths.masterKey).mode & 0o777).toBe(0o600);
});

test('a key that was destroyed is told from one that is not here, and a receipt says who was erased', async () => {
  await using audit = await openEmbeddedAudit({ directory: newDirectory() });
  const subjects = audit.subjects();
  const concealed = await subjects.conceal('customer-7', 'ada@example.org');
  const id = await subjects.keyId('customer-7');
  expect(concealed).toContain(id);
  expect(await subjects.wasErased(concealed)).toBe(false);
  expect(await subjects.wasErased('concealed/1:ffff:AAAA')).toBe(false);
  await subjects.erase('customer-7', officer);
  expect(await subjects.wasErased(concealed)).toBe(true);
  expect(await subjects.keyId('customer-7')).toBeUndefined();
  const [erasure] = await subjects.erasures('customer-7');
  expect(erasure).toMatchObject({ keyId: id });
  expect(await subjects.erasures('customer-8')).toEqual([]);
  const receipt = await issueReceipt(audit.log, erasure?.run ?? '');
  expect(verifyReceipt(receipt, audit.log.publicKey).ok).toBe(true);
  expect(receipt).not.toContain('customer-7');
});

test('any text comes back, the same text gives the same ciphertext, and another subject’s does not', async () => {
  await using audit = await openEmbeddedAudit({ directory: newDirectory() });
  const subjects = audit.subjects();
  const text = fc.string({ unit: 'grapheme' });
  await fc.assert(
    fc.asyncProperty(text, text, async (one, two) => {
      const concealed = await subjects.conceal('a', one);
      expect(await subjects.reveal(concealed)).toBe(one);
      expect((await subjects.conceal('a', two)) === concealed).toBe(one === two);
      expect(await subjects.conceal('b', one)).not.toBe(concealed);
    }),
    { numRuns: 30 },
  );
});

test('changed ciphertext, or one moved under another subject, is not read as anything', async () => {
  await using audit = await openEmbeddedAudit({ directory: newDirectory() });
  const subjects = audit.subjects();
  const [one, two] = [await subjects.conceal('a', 'x'), await subjects.conceal('b', 'x')];
  const moved = [...two.split(':').slice(0, 2), one.split(':')[2]].join(':');
  for (const changed of [moved, `${one.slice(0, -3)}AAA`, 'x', '']) {
    expect(await subjects.reveal(changed)).toBeUndefined();
  }
});

test('a key that did not wrap the database’s is refused', async () => {
  await using audit = await openEmbeddedAudit({ directory: newDirectory() });
  const concealed = await audit.subjects().conceal('a', 'x');
  const other = openSubjectKeys(audit.log, new Uint8Array(32));
  const refusal = { code: 'AUDIT_INVALID_MASTER_KEY' };
  await expect(other.reveal(concealed)).rejects.toMatchObject(refusal);
  expect(() => openSubjectKeys(audit.log, new Uint8Array(16))).toThrow(
    expect.objectContaining(refusal),
  );
});
