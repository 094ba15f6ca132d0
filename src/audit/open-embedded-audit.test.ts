import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { anEvent, newDirectory, tickingClock } from './fixtures/trail.ts';
import {
  archiveEntries,
  auditPaths,
  checkpointFile,
  exportJsonLines,
  issueReceipt,
  openEmbeddedAudit,
  placeHold,
  releaseHold,
  rotateKey,
  verifyChain,
  verifyReceipt,
  type AuditActor,
  type EmbeddedAudit,
} from './index.ts';

const officer: AuditActor = { id: 'officer-1', kind: 'person', authenticated: true };

async function exported(audit: EmbeddedAudit): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportJsonLines(audit.log)) lines.push(line);
  return lines;
}

async function report(audit: EmbeddedAudit, publicKey = audit.log.publicKey) {
  const checkpoints = checkpointFile(audit.paths.checkpoints).lines();
  return verifyChain(await exported(audit), publicKey, { checkpoints });
}

test('the key is made once, for the owner alone, with its public half beside it', async () => {
  const directory = join(newDirectory(), 'data');
  await using first = await openEmbeddedAudit({ directory });
  await using second = await openEmbeddedAudit({ directory });
  expect(second.log.publicKey).toBe(first.log.publicKey);
  expect(statSync(first.paths.key).mode & 0o777).toBe(0o600);
  expect(readFileSync(first.paths.publicKey, 'utf8')).toBe(first.log.publicKey);
});

test('a key that was copied here alone gets its public half beside it', async () => {
  const directory = newDirectory();
  const { paths } = await closed(directory);
  rmSync(paths.publicKey);
  await using audit = await openEmbeddedAudit({ directory });
  expect(readFileSync(paths.publicKey, 'utf8')).toBe(audit.log.publicKey);
});

test('a key that others may read is refused', async () => {
  const directory = newDirectory();
  const { paths } = await closed(directory);
  chmodSync(paths.key, 0o644);
  await expect(openEmbeddedAudit({ directory })).rejects.toMatchObject({
    code: 'AUDIT_KEY_EXPOSED',
  });
});

test('a chain whose key is gone is not continued with another one', async () => {
  const directory = newDirectory();
  const { paths } = await closed(directory);
  const publicKey = readFileSync(paths.publicKey, 'utf8');
  rmSync(paths.key);
  const again = openEmbeddedAudit({ directory });
  await expect(again).rejects.toMatchObject({ code: 'AUDIT_KEY_MISSING' });
  expect(existsSync(paths.key)).toBe(false);
  expect(readFileSync(paths.publicKey, 'utf8')).toBe(publicKey);
});

test('an archive is not written over a file', async () => {
  const directory = newDirectory();
  await using audit = await openEmbeddedAudit({ directory });
  await audit.log.append(anEvent('1', 'gate-verdict'));
  const order = { before: '2999-01-01T00:00:00.000Z', path: audit.paths.publicKey, by: officer };
  await expect(archiveEntries(audit.log, order)).rejects.toMatchObject({
    code: 'AUDIT_ARCHIVE_FILE',
    hint: expect.stringContaining('does not exist yet'),
  });
});

test('two logs in one process take turns', async () => {
  const directory = newDirectory();
  await using one = await openEmbeddedAudit({ directory });
  await using other = await openEmbeddedAudit({ directory });
  await Promise.all(
    [one, other].flatMap(({ log }, who) =>
      Array.from({ length: 20 }, async (_, at) => log.append(anEvent(`${who}.${at}`))),
    ),
  );
  await one.log.checkpoint();
  expect(await report(one)).toMatchObject({ ok: true, size: 41, covered: 41 });
});

test('after a rotation either key leads through the whole chain', async () => {
  const directory = newDirectory();
  const first = await openEmbeddedAudit({ directory });
  await first.log.append(anEvent('1', 'gate-verdict'));
  await rotateKey(first.log, first.nextKey(), officer);
  await expect(first.log.append(anEvent('2'))).rejects.toMatchObject({ code: 'AUDIT_KEY_RETIRED' });
  await first[Symbol.asyncDispose]();
  await using second = await openEmbeddedAudit({ directory });
  await second.log.append(anEvent('2', 'gate-verdict'));
  expect(second.log.publicKey).not.toBe(first.log.publicKey);
  for (const key of [first.log.publicKey, second.log.publicKey]) {
    expect(await report(second, key)).toMatchObject({ ok: true, size: 4, covered: 4 });
  }
});

test('a rotation that was cut short before the file was renamed is finished', async () => {
  const directory = newDirectory();
  const first = await openEmbeddedAudit({ directory });
  const next = first.nextKey();
  await rotateKey(first.log, { ...next, adopt: () => undefined }, officer);
  await first[Symbol.asyncDispose]();
  await using second = await openEmbeddedAudit({ directory });
  expect(second.log.publicKey).toBe(next.signer.publicKey);
});

test('a rotation to a key of somebody who has none is told', async () => {
  const directory = newDirectory();
  await using audit = await openEmbeddedAudit({ directory });
  await rotateKey(audit.log, audit.nextKey(), officer);
  const lines = (await exported(audit)).filter(
    (line) => !line.includes('"checkpoint"') || !line.includes('"size":2'),
  );
  expect(verifyChain(lines, audit.log.publicKey).ok).toBe(false);
});

test('a receipt verifies offline, and shows nothing of other runs', async () => {
  await using audit = await openEmbeddedAudit({ directory: newDirectory() });
  await audit.log.append(anEvent('1', 'run-started'));
  await audit.log.append(anEvent('x', 'phase-left', { run: 'run-secret', target: 'secret' }));
  await audit.log.append(anEvent('2', 'approval'));
  await audit.log.append(anEvent('3', 'run-ended'));
  const receipt = await issueReceipt(audit.log, 'run-1');
  expect(receipt).not.toContain('secret');
  const found = verifyReceipt(receipt, audit.log.publicKey);
  expect(found).toMatchObject({ ok: true, run: 'run-1', complete: true, problems: [] });
  const kinds = found.entries.map(({ event }) => Reflect.get(Object(event), 'kind'));
  expect(kinds).toEqual(['run-started', 'approval', 'run-ended']);
});

test('a receipt that was changed in any place does not verify', async () => {
  await using audit = await openEmbeddedAudit({ directory: newDirectory() });
  await audit.log.append(anEvent('1', 'approval'));
  const receipt = await issueReceipt(audit.log, 'run-1');
  for (let at = 0; at < receipt.length; at += at < receipt.length - 12 ? 7 : 1) {
    const changed = `${receipt.slice(0, at)}${receipt[at] === '0' ? '1' : '0'}${receipt.slice(at + 1)}`;
    expect(verifyReceipt(changed, audit.log.publicKey).ok).toBe(false);
  }
});

test('a run that nobody recorded has no receipt', async () => {
  await using audit = await openEmbeddedAudit({ directory: newDirectory() });
  await expect(issueReceipt(audit.log, 'run-9')).rejects.toMatchObject({
    code: 'AUDIT_UNKNOWN_RUN',
  });
});

test('an archive and what is left of the chain verify each by itself', async () => {
  const directory = newDirectory();
  const clock = tickingClock();
  await using audit = await openEmbeddedAudit({ directory, clock });
  await audit.log.append(anEvent('1', 'gate-verdict'));
  const before = clock.now();
  await audit.log.append(anEvent('2', 'gate-verdict'));
  const path = join(directory, 'archive.jsonl');
  const archived = await archiveEntries(audit.log, { before, path, by: officer });
  expect(archived).toMatchObject({ size: 2, entries: 2 });
  expect(verifyChain(readFileSync(path, 'utf8'), audit.log.publicKey)).toMatchObject({
    ok: true,
    size: 2,
    covered: 2,
  });
  expect(await report(audit)).toMatchObject({ ok: true, first: 2, size: 4, covered: 4 });
  await audit.log.append(anEvent('3', 'gate-verdict'));
  const lines = await exported(audit);
  const beginning = lines.findIndex((line) => line.startsWith('{"entry"'));
  const headless = lines.toSpliced(beginning, 1);
  expect(verifyChain(headless, audit.log.publicKey).faults.map(({ kind }) => kind)).toContain(
    'cut-head',
  );
});

test('a legal hold keeps its entries from the archive until it is released', async () => {
  const directory = newDirectory();
  const clock = tickingClock();
  await using audit = await openEmbeddedAudit({ directory, clock });
  await audit.log.append(anEvent('1', 'gate-verdict'));
  await placeHold(audit.log, { id: 'case-1', by: officer }, { run: 'run-1' });
  const order = { before: clock.now(), path: join(directory, 'archive.jsonl'), by: officer };
  await expect(archiveEntries(audit.log, order)).rejects.toMatchObject({
    code: 'AUDIT_LEGAL_HOLD',
    message: expect.stringContaining('"case-1"'),
  });
  expect(await releaseHold(audit.log, { id: 'case-1', by: officer })).toBe(true);
  expect(await releaseHold(audit.log, { id: 'case-1', by: officer })).toBe(false);
  expect(await archiveEntries(audit.log, order)).toMatchObject({ entries: 3 });
});

test('a hold keeps its own entry, and its name may be used again after its release', async () => {
  const directory = newDirectory();
  const clock = tickingClock();
  await using audit = await openEmbeddedAudit({ directory, clock });
  const hold = { id: 'case-1', by: officer };
  await placeHold(audit.log, hold, { thread: 'a thread that is yet to come' });
  await expect(placeHold(audit.log, hold, {})).rejects.toMatchObject({ code: 'AUDIT_HOLD_EXISTS' });
  const path = join(directory, 'archive.jsonl');
  const archive = async () => archiveEntries(audit.log, { before: clock.now(), path, by: officer });
  await expect(archive()).rejects.toMatchObject({ code: 'AUDIT_LEGAL_HOLD' });
  expect(await releaseHold(audit.log, hold)).toBe(true);
  await placeHold(audit.log, hold, { thread: 'a thread that is yet to come' });
  await expect(archive()).rejects.toMatchObject({ code: 'AUDIT_LEGAL_HOLD' });
  expect(await releaseHold(audit.log, hold)).toBe(true);
  expect(await archive()).toMatchObject({ entries: 5 });
});

test('the registry names every chain that was begun', async () => {
  const directory = newDirectory();
  const one = await openEmbeddedAudit({ directory, chain: 'tenant-a' });
  await one[Symbol.asyncDispose]();
  await using other = await openEmbeddedAudit({ directory, chain: 'tenant-b' });
  const lines: string[] = [];
  const registry = { database: other.log.database, name: 'registry' };
  for await (const line of exportJsonLines(registry)) lines.push(line);
  const found = verifyChain(lines, other.log.publicKey);
  expect(found.ok).toBe(true);
  expect(found.chains.slice(1)).toEqual([one.log.origin, other.log.origin]);
});

test('checkpoints that could not be kept outside refuse the append, and are kept later', async () => {
  const directory = newDirectory();
  const audit = await openEmbeddedAudit({ directory });
  rmSync(audit.paths.checkpoints);
  // A directory in its place, so that nothing can be written.
  mkdirSync(audit.paths.checkpoints);
  const failed = audit.log.append(anEvent('1', 'gate-verdict'));
  await expect(failed).rejects.toMatchObject({ code: 'AUDIT_APPEND_FAILED' });
  rmSync(audit.paths.checkpoints, { recursive: true });
  expect(await audit.log.append(anEvent('1', 'gate-verdict'))).toMatchObject({ repeated: true });
  expect(checkpointFile(audit.paths.checkpoints).lines()).toHaveLength(1);
  await audit[Symbol.asyncDispose]();
});

async function closed(directory: string): Promise<EmbeddedAudit> {
  const audit = await openEmbeddedAudit({ directory });
  await audit[Symbol.asyncDispose]();
  return audit;
}

test('a file that is no database any more is named as damaged, and never written over', async () => {
  const directory = newDirectory();
  const bytes = Buffer.alloc(50_000, 7);
  writeFileSync(auditPaths(directory).database, bytes);
  await expect(openEmbeddedAudit({ directory })).rejects.toMatchObject({ code: 'AUDIT_DAMAGED' });
  expect(readFileSync(auditPaths(directory).database)).toEqual(bytes);
});
