// What standards cost at gates and in reports. Run: node --import tsx bench/evidence/standards.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import {
  assessStandard,
  findStandard,
  gateChecksOf,
  readCases,
  readEvidence,
  scanContent,
  scanTrail,
  STANDARD_IDS,
  type TrailEvidence,
} from '../../src/compliance/index.ts';
import { defineGate, evaluateGate } from '../../src/validation/index.ts';
import { medianOf, timeOf, type Job } from '../measure/alternate.ts';
import { machineFacts } from '../report/machine-facts.ts';
import { writtenEvidence } from './standards-evidence.ts';

const ENTRIES = 100_000;
const GOAL_MS = 5_000;
const FOLDER = new URL('../results/', import.meta.url);

/** One thing that was measured, in milliseconds. */
interface Row {
  readonly title: string;
  readonly ms: number;
  /** The most that it may take, where a goal is set. */
  readonly goal: number | undefined;
}

const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } });
const scale = Number(values.scale);
if (!(scale > 0)) throw new Error('Give --scale a number above 0, such as 0.1 for a quick look.');

const machine = machineFacts(new Date(), ['zod']);
const rows: Row[] = [];
for (const id of STANDARD_IDS)
  rows.push({
    title: `a gate with the ${gateChecksOf(findStandard(id)).length} gate checks of ${id}`,
    ms: await costOf(gateJob(id), 300),
    goal: undefined,
  });
const text = 'The offer holds until the end of the month; ask the team at desk@example.com. ';
rows.push({
  title: 'a scan of 4 KiB of state',
  ms: await costOf(async () => void scanContent({ state: text.repeat(53) }), 100),
  goal: undefined,
});
const written = writtenEvidence(Math.ceil(ENTRIES * scale));
const count = written.entries.length;
let evidence: TrailEvidence = readEvidence(written);
rows.push({
  title: `reading ${count} audit entries`,
  ms: await costOf(async () => void (evidence = readEvidence(written)), 3),
  goal: undefined,
});
const entries = evidence.entries ?? [];
rows.push({
  title: `a scan of ${count} audit entries`,
  ms: await costOf(async () => void scanTrail(entries), 3),
  goal: undefined,
});
for (const id of STANDARD_IDS)
  rows.push({
    title: `reading ${count} audit entries and assessing ${id} by them`,
    // What checks share is kept by the evidence, so each time is a first one.
    ms: await costOf(async () => void assessStandard(findStandard(id), readEvidence(written)), 3),
    goal: GOAL_MS,
  });
process.stdout.write(markdown());
// A quick look is no result.
if (scale >= 1) {
  mkdirSync(FOLDER, { recursive: true });
  const results = `${JSON.stringify({ machine, rows }, null, 2)}\n`;
  writeFileSync(new URL('standards.json', FOLDER), results);
  writeFileSync(new URL('standards.md', FOLDER), markdown());
}

/** All gate checks of a standard, on the facts of its own passing cases. */
function gateJob(id: string): Job {
  const file = new URL(`../../src/compliance/standards/${id}/cases.json`, import.meta.url);
  const groups = readCases(JSON.parse(readFileSync(file, 'utf8')));
  const given = groups.filter(({ at }) => at === 'gate').map((group) => group.given);
  const compliance: unknown = Object.assign({}, ...given);
  const checks = gateChecksOf(findStandard(id)).map(({ check }) => check);
  const gate = defineGate({ checks });
  return async () => {
    const { checks: reports } = await evaluateGate(gate, { compliance });
    if (reports.length !== checks.length) throw new Error('Not every check was asked.');
  };
}

/** Milliseconds of one call: the median. */
async function costOf(job: Job, rounds: number): Promise<number> {
  const samples: number[] = [];
  const measured = Math.max(3, Math.ceil(rounds * scale));
  for (let round = -Math.ceil(measured / 3); round < measured; round += 1) {
    const tookMs = await timeOf(job);
    if (round >= 0) samples.push(tookMs);
  }
  return Math.round(medianOf(samples) * 1000) / 1000;
}

function markdown(): string {
  const { processor, processors, node, loadAverage, measuredAt, packages } = machine;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  const lines = rows.map(({ title, ms, goal }) => `| ${title} | ${ms} | ${goal ?? ''} |`);
  return [
    '## What it costs',
    '',
    `\`node --import tsx bench/evidence/standards.ts\`, ${measuredAt}: ${processors} × ${processor}, Node ${node}, load`,
    `average ${loadAverage}; ${versions.join(', ')}. Medians; nothing is remembered between two evaluations.`,
    '',
    '| what | p50, ms | goal |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
