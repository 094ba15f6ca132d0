// What an append and a verification cost, beside another log. Run: npm run bench:audit
import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { AuditLogger } from '@microsoft/agent-governance-sdk';

import { exportJsonLines, verifyChain, type AuditLog } from '../../src/audit/index.ts';
import { machineFacts } from '../report/machine-facts.ts';
import { anEvent, cpuMicroseconds, median, openTrail } from './subject.ts';

const { values } = parseArgs({ options: { entries: { type: 'string', default: '20480' } } });
const ENTRIES = Number(values.entries);
const FULL = 20_480;
const IN_FLIGHT = 256;
const ALONE = 200;
const ROUNDS = 5;

interface Round {
  readonly floor: number;
  readonly alone: number;
  readonly decision: number;
  readonly append: number;
  readonly verified: number;
  readonly peerAppend: number;
  readonly peerVerified: number;
}

interface Row {
  readonly what: string;
  readonly measure: string;
  readonly value: number;
  readonly peer?: number;
  readonly goal?: string;
  readonly reached?: boolean;
}

const facts = machineFacts(new Date(), ['@microsoft/agent-governance-sdk', 'libsql', 'kysely']);
const rows: Row[] = [];
const rounds: Round[] = [];
for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure());
const of = (name: keyof Round): number => median(rounds.map((one) => one[name]));
const perEntry = of('append');
const verified = of('verified');
rows.push(
  {
    what: `Append with signatures, ${IN_FLIGHT} in flight, stored durably`,
    measure: 'CPU us an entry',
    value: perEntry,
    peer: of('peerAppend'),
    goal: 'at most 40',
    reached: perEntry <= 40,
  },
  {
    what: 'Verify an export: every hash, link and signature',
    measure: 'entries a second of CPU',
    value: verified,
    peer: of('peerVerified'),
    goal: 'at least 200,000',
    reached: verified >= 200_000,
  },
  {
    what: 'Append one after the other',
    measure: 'elapsed us an entry',
    value: of('alone'),
  },
  {
    what: 'Append a gate verdict, signed at once and kept outside',
    measure: 'elapsed us an entry',
    value: of('decision'),
  },
  { what: 'Floor: write 300 bytes and fsync', measure: 'elapsed us', value: of('floor') },
);
const text = markdown();
process.stdout.write(text);
// A quick look is no result.
if (ENTRIES >= FULL) {
  const folder = new URL('../results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('audit.md', folder), text);
  writeFileSync(
    new URL('audit.json', folder),
    `${JSON.stringify({ machine: facts, rows }, null, 2)}\n`,
  );
}

async function measure(): Promise<Round> {
  await using trail = await openTrail();
  const { log } = trail.audit;
  const floor = fsyncMicroseconds(trail.directory);
  const alone = await elapsedEach(async (at) => log.append(anEvent(`a-${at}`, 'phase-left')));
  const decision = await elapsedEach(async (at) => log.append(anEvent(`d-${at}`, 'gate-verdict')));
  const append = (await cpuMicroseconds(async () => appendAll(log))) / ENTRIES;
  const lines: string[] = [];
  for await (const line of exportJsonLines(log)) lines.push(line);
  const exported = lines.join('\n');
  const size = verifyOnce(exported, log.publicKey);
  const took = await cpuMicroseconds(() => verifyOnce(exported, log.publicKey));
  return { floor, alone, decision, append, verified: (size * 1e6) / took, ...(await peer()) };
}

async function appendAll(log: AuditLog): Promise<void> {
  for (let next = 0; next < ENTRIES; next += IN_FLIGHT) {
    const batch = Array.from({ length: IN_FLIGHT }, (_, at) =>
      anEvent(`m-${next + at}`, 'phase-left'),
    );
    await Promise.all(batch.map(async (event) => log.append(event)));
  }
}

function verifyOnce(exported: string, publicKey: string): number {
  const { ok, size } = verifyChain(exported, publicKey);
  if (!ok) throw new Error('The chain does not verify.');
  return size;
}

/** The peer keeps its entries in memory, five short members each, and signs nothing. */
async function peer(): Promise<{ readonly peerAppend: number; readonly peerVerified: number }> {
  const logger = new AuditLogger({ maxEntries: ENTRIES });
  const appended = await cpuMicroseconds(() => {
    for (let at = 0; at < ENTRIES; at += 1) {
      logger.log({ agentId: `agent-${at}`, action: 'phase-left', decision: 'allow' });
    }
  });
  logger.verify();
  const took = await cpuMicroseconds(() => {
    if (!logger.verify()) throw new Error('The peer does not verify.');
  });
  return { peerAppend: appended / ENTRIES, peerVerified: (ENTRIES * 1e6) / took };
}

async function elapsedEach(work: (at: number) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  for (let at = 0; at < ALONE; at += 1) await work(at);
  return ((performance.now() - startedAt) * 1000) / ALONE;
}

function fsyncMicroseconds(directory: string): number {
  const file = openSync(join(directory, 'floor'), 'a');
  const startedAt = performance.now();
  for (let index = 0; index < ALONE; index += 1) {
    writeSync(file, 'x'.repeat(300));
    fsyncSync(file);
  }
  closeSync(file);
  return ((performance.now() - startedAt) * 1000) / ALONE;
}

function markdown(): string {
  const figure = (value: number | undefined): string =>
    value === undefined
      ? ''
      : value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
  const table = rows.map(({ what, measure: unit, value, peer: other, goal, reached }) => {
    const verdict =
      goal === undefined ? '' : `${goal}: ${reached === true ? 'reached' : 'not reached'}`;
    return `| ${what} | ${unit} | ${figure(value)} | ${figure(other)} | ${verdict} |`;
  });
  const versions = Object.entries(facts.packages).map(([name, version]) => `${name} ${version}`);
  return [
    '| What | Measure | Phasegate | Peer | Goal |',
    '| --- | --- | ---: | ---: | --- |',
    ...table,
    '',
    `Median of ${ROUNDS} rounds of ${ENTRIES.toLocaleString('en')} entries. The peer is the AuditLogger of`,
    '@microsoft/agent-governance-sdk: five short members an entry, in memory, unsigned; an entry of ours has 16 members with',
    'three digests, is stored in SQLite with synchronous=FULL, and its chain is signed at each commit, here of 256 entries.',
    '',
    `Measured ${facts.measuredAt} on ${facts.processors} x ${facts.processor}, ${facts.memoryGiB} GiB, ${facts.system},`,
    `load average ${facts.loadAverage} at the start, Node ${facts.node}, ${versions.join(', ')}.`,
    '',
  ].join('\n');
}
