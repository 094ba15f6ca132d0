import { parseArgs } from 'node:util';

import { coldStartLine } from './lines/cold-start.ts';
import { gateLine } from './lines/gate.ts';
import { growthLines } from './lines/growth.ts';
import { runLines } from './lines/run.ts';
import { machineFacts } from './report/machine-facts.ts';
import { markdownOf, writeResults } from './report/write-results.ts';

const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } });
const scale = Number(values.scale);
if (!(scale > 0)) throw new Error('Give --scale a number above 0, such as 0.1 for a quick look.');

const facts = machineFacts(new Date());
const lines = [
  ...(await runLines(scale)),
  await gateLine(scale),
  await coldStartLine(scale),
  ...(await growthLines()),
];
process.stdout.write(markdownOf(lines, facts));
// A quick look is no result.
if (scale >= 1) writeResults(lines, facts);
