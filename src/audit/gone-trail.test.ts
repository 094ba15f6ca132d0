import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { openEmbeddedAudit, verifyTrail } from './index.ts';

let directory: string;
const kim = { id: 'kim', kind: 'person', authenticated: true } as const;
const event = {
  key: 't/1',
  kind: 'effect',
  actor: kim,
  outcome: 'success',
  target: 'x',
  thread: 't',
} as const;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-gone-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function recorded(): Promise<string> {
  await using audit = await openEmbeddedAudit({ directory });
  await audit.log.append(event);
  return audit.log.origin;
}

function loseDatabase(): void {
  for (const end of ['', '-wal', '-shm'])
    rmSync(join(directory, `audit.db${end}`), { force: true });
}

test('a trail that was deleted whole is not begun again in silence', async () => {
  await recorded();
  loseDatabase();
  await expect(openEmbeddedAudit({ directory })).rejects.toMatchObject({
    code: 'AUDIT_TRAIL_GONE',
  });
  // Nor is it the second time.
  await expect(openEmbeddedAudit({ directory })).rejects.toMatchObject({
    code: 'AUDIT_TRAIL_GONE',
  });
});

test('whoever begins another chain is named in it, with the chain that it follows', async () => {
  const before = await recorded();
  loseDatabase();
  {
    await using anew = await openEmbeddedAudit({ directory, beginAnew: kim });
    expect(anew.log.origin).not.toBe(before);
  }
  await using audit = await openEmbeddedAudit({ directory });
  await audit.log.append(event);
  const { database, publicKey } = audit.log;
  const rows = await database.reader.selectFrom('audit_entries').select('body').execute();
  const kinds = rows.map(({ body }) => body).filter((body) => body.includes('"chain-replaced"'));
  expect(kinds).toHaveLength(1);
  expect(kinds[0]).toContain(before);
  const { chains } = await verifyTrail(database, { publicKey, checkpoints: [] });
  expect(chains.flatMap(({ faults }) => faults)).toEqual([]);
});

test('a trail in the place of another one is refused', async () => {
  await recorded();
  const remembered = join(directory, 'audit.chains.jsonl');
  const text = readFileSync(remembered);
  loseDatabase();
  rmSync(remembered);
  // Without what the folder remembers, and with the same key, another chain is begun.
  await recorded();
  writeFileSync(remembered, text);
  await expect(openEmbeddedAudit({ directory, beginAnew: kim })).rejects.toMatchObject({
    code: 'AUDIT_TAMPERED',
  });
});
