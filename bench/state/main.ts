// Savers of checkpoints, side by side. Run: npm run bench:state [-- --scale 0.1]
import { parseArgs } from 'node:util';

import { machineFacts } from '../report/machine-facts.ts';
import { openFloor, type Floor } from './floor.ts';
import { graphs } from './graphs.ts';
import { longThread, shortThreads, type StateLine } from './lines.ts';
import { removals } from './removals.ts';
import { markdownOf, writeStateResults } from './report.ts';
import { DISK, MEMORY, openContenders } from './savers.ts';
import { growingTexts } from './texts.ts';

const PACKAGES = [
  '@langchain/langgraph',
  '@langchain/langgraph-checkpoint',
  '@langchain/langgraph-checkpoint-sqlite',
  '@langchain/langgraph-checkpoint-postgres',
  'libsql',
  'pg',
  'ioredis',
];

const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } });
const scale = Number(values.scale);
if (!(scale > 0)) throw new Error('Give --scale a number above 0, such as 0.1 for a quick look.');

const machine = machineFacts(new Date(), PACKAGES);
const say = (what: string): boolean => process.stderr.write(`${what}\n`);
const lines: StateLine[] = [];
const add = (more: readonly StateLine[]): void => {
  lines.push(...more);
  for (const { what, unit, figures } of more) {
    say(`  ${what}, ${unit}: ${JSON.stringify(Object.fromEntries(figures))}`);
  }
};

const disk = await openContenders(DISK);
const names = disk.all.map(({ name }) => name);
const ours = new Set(disk.all.filter(({ isOurs }) => isOurs).map(({ name }) => name));
let floor: Floor;
try {
  const short = await shortThreads(disk.all, Math.ceil(15 * scale), await openFloor(disk.redis));
  floor = short.floor;
  add(short.lines);
  add(await graphs(disk.all, Math.max(20, Math.round(400 * scale))));
  add(await longThread(disk.all, Math.max(40, Math.round(1_000 * scale))));
  add(await growingTexts(disk.all, Math.max(20, Math.round(400 * scale))));
} finally {
  await disk[Symbol.asyncDispose]();
}
const memory = await openContenders(MEMORY);
try {
  add(await removals(memory.all, Math.round(20_000 * scale)));
} finally {
  await memory[Symbol.asyncDispose]();
}
const results = { machine, names, ours, floor, lines };
process.stdout.write(markdownOf(results));
// A quick look is no result.
if (scale >= 1) writeStateResults(results);
