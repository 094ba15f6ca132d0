// What a command in deny mode takes on a long trail, with and without the summary of it.
// Run: npm run build && node --import tsx bench/evidence/trail-summary.ts
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { openEmbeddedAudit } from '../../src/audit/index.ts';
import { medianOf } from '../measure/alternate.ts';
import { machineFacts } from '../report/machine-facts.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const FOLDER = new URL('../results/', import.meta.url);
const ENTRIES = 100_000;
const AT_ONCE = 1_000;

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
  },
});
const entries = Math.ceil(ENTRIES * Number(values.scale));
const rounds = Number(values.rounds);
if (!(entries > 0 && rounds > 0)) throw new Error('Give --scale and --rounds numbers above 0.');

const TRADE = join(ROOT, 'examples/industries/financial-services');
const dataDir = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));
const summary = join(dataDir, 'trail-summary.json');
const machine = machineFacts(new Date());
const samples = { nothing: [] as number[], summary: [] as number[], beginning: [] as number[] };
try {
  // The first command makes the keys of the folder, and is not counted.
  await command('first', []);
  await fill();
  const house = ['--config', join(TRADE, 'house')];
  await command('summary-is-written', house);
  for (let round = 0; round < rounds; round += 1) {
    samples.nothing.push(await command(`nothing-${round}`, []));
    samples.summary.push(await command(`summary-${round}`, house));
    rmSync(summary, { force: true });
    samples.beginning.push(await command(`beginning-${round}`, house));
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
process.stdout.write(markdown());
// A quick look is no result.
if (entries >= ENTRIES) {
  mkdirSync(FOLDER, { recursive: true });
  const results = `${JSON.stringify({ machine, entries, samples }, null, 2)}\n`;
  writeFileSync(new URL('trail-summary.json', FOLDER), results);
  writeFileSync(new URL('trail-summary.md', FOLDER), markdown());
}

/** Runs a workflow up to the person that it waits for, in a process of its own; milliseconds. */
async function command(thread: string, house: readonly string[]): Promise<number> {
  const input = join(TRADE, 'supplier-invoice.json');
  const run = ['run', 'payment-approval', '--input', input, '--thread', thread, '--json'];
  const program = join(ROOT, 'dist/src/cli/main.js');
  const startedMs = performance.now();
  const exitCode = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...run, '--data-dir', dataDir, ...house], {
      cwd: ROOT,
      // The example house names whoever begins a run by it.
      env: { USER: userInfo().username },
      stdio: 'ignore',
    });
    child.once('error', reject).once('exit', resolve);
  });
  if (exitCode !== 3) throw new Error(`The command ended with ${String(exitCode)}, not with 3.`);
  return performance.now() - startedMs;
}

/** Makes the trail of the folder so long. */
async function fill(): Promise<void> {
  await using audit = await openEmbeddedAudit({ directory: dataDir });
  const actor = { id: 'draft/llm', kind: 'agent', authenticated: true } as const;
  for (let done = 0; done < entries; done += AT_ONCE) {
    const events = Array.from({ length: Math.min(AT_ONCE, entries - done) }, async (_, index) =>
      audit.log.append({
        key: `visit/${done + index}`,
        kind: 'phase-left',
        actor,
        outcome: 'success',
        target: 'strategy',
      }),
    );
    await Promise.all(events);
  }
}

function markdown(): string {
  const { processor, processors, node, loadAverage, measuredAt } = machine;
  const row = (title: string, times: readonly number[]): string =>
    `| ${title} | ${Math.round(medianOf(times))} | ${Math.round(Math.min(...times))} |`;
  return [
    `\`npm run build && node --import tsx bench/evidence/trail-summary.ts\`, ${measuredAt}: ${processors} × ${processor}, Node`,
    `${node}, load average ${loadAverage}; a run up to the person that it waits for, in a process of its own, ${rounds} of each by turns.`,
    '',
    `| on a trail of ${entries} entries | p50, ms | least, ms |`,
    '| --- | --- | --- |',
    row('standards are recorded, and nobody looks at the trail', samples.nothing),
    row('standards hold the run; the trail is judged by its summary', samples.summary),
    row('standards hold the run; the trail is judged from its beginning', samples.beginning),
    '',
  ].join('\n');
}
