import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { openEmbeddedAudit } from '../../audit/index.ts';
import { loadConfig, type Config } from '../../config/index.ts';
import type { Logger } from '../../kernel/index.ts';
import { observeTrail, type ObservedTrail } from './observe-trail.ts';
import { trailSummaryFile, type TrailSummaryFile } from './trail-summary.ts';

const sealKey = new Uint8Array(32).fill(7);
let directory: string;
let config: Config;
let warnings: string[];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-observe-'));
  config = await loadConfig({ environment: {}, workingDirectory: directory });
  warnings = [];
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const log = (...[name]: Parameters<Logger['warn']>): number => warnings.push(name);
const logger: Logger = { debug: log, info: log, warn: log, error: log, child: () => logger };
const summaries = (key = sealKey): TrailSummaryFile =>
  trailSummaryFile({ dataDir: config.dataDir, sealKey: key, logger });
const file = (): string => join(config.dataDir, 'trail-summary.json');
const nothingKept: TrailSummaryFile = { read: async () => 'none', write: async () => {} };

/** Appends so many entries; each tenth tells of an address that is not to be there. */
async function append(count: number): Promise<void> {
  await using audit = await openEmbeddedAudit({ directory: config.dataDir });
  const actor = { id: 'draft/llm', kind: 'agent', authenticated: true } as const;
  const events = Array.from({ length: count }, async (_, index) =>
    audit.log.append({
      key: `visit/${crypto.randomUUID()}`,
      kind: 'phase-left',
      actor,
      outcome: 'success',
      target: index % 10 === 0 ? `mail to somebody-${index}@example.com` : 'strategy',
    }),
  );
  await Promise.all(events);
}

/** What is seen by the summary, and it is what is seen without one. */
async function observed(key = sealKey): Promise<ObservedTrail> {
  const seen = await observeTrail(config, summaries(key));
  expect(seen).toEqual(await observeTrail(config, nothingKept));
  return seen;
}

test('a summary is kept beside a long trail, and what it stands for is seen again with what came since', async () => {
  await append(600);
  const first = await observed();
  const kept = readFileSync(file(), 'utf8');
  await append(20);
  const second = await observed();
  expect(second.recordScan.entries).toBeGreaterThanOrEqual(first.recordScan.entries + 20);
  expect(second.recordScan.found).toHaveLength(62);
  // Few new entries are not worth another one.
  expect(readFileSync(file(), 'utf8')).toBe(kept);
  await append(600);
  await observed();
  expect(readFileSync(file(), 'utf8')).not.toBe(kept);
  expect(warnings).toEqual([]);
});

test('a short trail has none', async () => {
  await append(20);
  await observed();
  expect(existsSync(file())).toBe(false);
});

test('a summary that hides what was found is not believed', async () => {
  await append(600);
  await observed();
  const kept = readFileSync(file(), 'utf8');
  const hidden = kept.replace(/"found":\[[^\]]*\]/, '"found":[]');
  expect(hidden).not.toBe(kept);
  writeFileSync(file(), hidden);
  expect((await observed()).recordScan.found).toHaveLength(60);
  expect(warnings).toEqual(['trail-summary-unused']);
});

test('a summary under the key of another installation is not believed', async () => {
  await append(600);
  await observed(new Uint8Array(32).fill(8));
  await observed();
  expect(warnings).toEqual(['trail-summary-unused']);
});

test('a summary that cannot be used is told of once, however short the trail is', async () => {
  await append(20);
  writeFileSync(file(), 'of another key\n');
  await observeTrail(config, summaries());
  await append(1);
  await observed();
  expect(warnings).toEqual(['trail-summary-unused']);
  expect(await summaries().read()).toHaveProperty('mark');
});

test('a trail with a fault gets no summary in place of one that cannot be used', async () => {
  await append(20);
  await tamper(7);
  writeFileSync(file(), 'of another key\n');
  await observeTrail(config, summaries());
  expect(readFileSync(file(), 'utf8')).toBe('of another key\n');
});

test('a summary of another release is passed over: it may have looked for less', async () => {
  await append(600);
  const { mark, scan } = await keptSummary();
  const older = { ...scan, found: [] };
  const byOlder = trailSummaryFile({
    dataDir: config.dataDir,
    sealKey,
    logger,
    release: '0.0.1',
  });
  await byOlder.write({ mark, scan: older });
  expect((await observed()).recordScan.found).toHaveLength(60);
});

test('an entry that is changed behind a summary is found', async () => {
  await append(600);
  await observed();
  await tamper(300);
  const { chain } = await observed();
  expect(chain.faults).toContainEqual({ kind: 'edited', seq: 300 });
});

async function keptSummary() {
  await observed();
  const kept = await summaries().read();
  if (typeof kept === 'string') throw new Error('There is no summary.');
  return kept;
}

async function tamper(seq: number): Promise<void> {
  await using audit = await openEmbeddedAudit({ directory: config.dataDir });
  const { reader } = audit.log.database;
  const row = await reader
    .selectFrom('audit_entries')
    .select('body')
    .where('seq', '=', seq)
    .where('chain', 'like', 'main/%')
    .executeTakeFirstOrThrow();
  await reader
    .updateTable('audit_entries')
    .set({ body: row.body.replace('draft/llm', 'draft/me') })
    .where('seq', '=', seq)
    .where('chain', 'like', 'main/%')
    .execute();
}
