// What plugins cost, beside other ways to run code. Run: npm run bench:plugins [-- --scale 0.1]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { machineFacts } from '../report/machine-facts.ts';
import { attacked } from './attacks.ts';
import { admission, calls, crowds, residence } from './lines.ts';
import type { PluginLine } from './measure.ts';

const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } });
const scale = Number(values.scale);
if (!(scale > 0)) throw new Error('Give --scale a number above 0, such as 0.1 for a quick look.');

const machine = machineFacts(new Date(), [
  'quickjs-emscripten-core',
  '@langchain/core',
  '@modelcontextprotocol/sdk',
  'ses',
  'oxc-parser',
]);
const lines = [
  ...(await residence()),
  ...(await admission(Math.ceil(200 * scale))),
  ...(await calls(Math.ceil(2000 * scale))),
  ...(await crowds(Math.ceil(1000 * scale))),
  ...(await attacked(scale)),
];
const text = markdown();
process.stdout.write(text);
// A quick look is no result.
if (scale >= 1) {
  // What runs is compiled, and stands elsewhere: results go below the folder that npm runs it in.
  const folder = resolve('bench', 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'plugins.md'), text);
  const json = JSON.stringify({ machine, lines }, null, 2);
  writeFileSync(join(folder, 'plugins.json'), `${json}\n`);
}

function markdown(): string {
  const versions = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
  return [
    '| What | Unit | Found | At most | |',
    '| --- | --- | ---: | ---: | --- |',
    ...lines.map(row),
    '',
    `Measured ${machine.measuredAt} on ${machine.processors} x ${machine.processor}, ${machine.memoryGiB} GiB, ${machine.system},`,
    `load average ${machine.loadAverage} at the start, Node ${machine.node},`,
    `${versions.join(', ')}.`,
    '',
  ].join('\n');
}

function row({ what, unit, value, atMost }: PluginLine): string {
  const figure = value >= 100 ? value.toFixed(0) : value.toFixed(2);
  const verdict = atMost === undefined ? '' : value <= atMost ? 'reached' : 'not reached';
  return `| ${what} | ${unit} | ${figure} | ${atMost ?? ''} | ${verdict} |`;
}
