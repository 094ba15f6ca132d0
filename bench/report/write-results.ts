import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { reachesGoal, type Line } from './line.ts';
import type { MachineFacts } from './machine-facts.ts';

/** What runs is compiled, and stands elsewhere: results go below the folder that npm runs it in. */
const FOLDER = resolve('bench', 'results');

/** Gives the table as Markdown, with what it was measured on and the lines that miss their goal. */
export function markdownOf(lines: readonly Line[], facts: MachineFacts): string {
  const rows = lines.map((line) => {
    const { title, measure, gated, bare, ratio, goal } = line;
    const cells = [title, measure, figure(gated), figure(bare), figure(ratio), figure(goal)];
    return `| ${[...cells, goal === undefined ? '' : verdictOf(line)].join(' | ')} |`;
  });
  const missed = lines.filter((line) => !reachesGoal(line));
  return [
    '| What | Measure | Gated | Bare | Ratio | At most | Goal |',
    '| --- | --- | ---: | ---: | ---: | ---: | --- |',
    ...rows,
    '',
    ...missed.map(
      ({ title, measure, inTheWay }) => `- ${title}, ${measure}: not reached. ${inTheWay}`,
    ),
    ...(missed.length > 0 ? [''] : []),
    `Measured ${facts.measuredAt} on ${facts.processors} x ${facts.processor}, ${facts.memoryGiB} GiB, ${facts.system},`,
    `load average ${facts.loadAverage} at the start, Node ${facts.node}, ${versions(facts)}.`,
    '',
  ].join('\n');
}

/** Writes the results as `bench/results/latest.json` and `.md`. */
export function writeResults(lines: readonly Line[], facts: MachineFacts): void {
  mkdirSync(FOLDER, { recursive: true });
  const results = lines.map((line) => ({ ...line, reachesGoal: reachesGoal(line) }));
  const json = `${JSON.stringify({ machine: facts, lines: results }, null, 2)}\n`;
  writeFileSync(join(FOLDER, 'latest.json'), json);
  writeFileSync(join(FOLDER, 'latest.md'), markdownOf(lines, facts));
}

function verdictOf(line: Line): string {
  return reachesGoal(line) ? 'reached' : 'not reached';
}

function figure(value: number | undefined): string {
  if (value === undefined) return '';
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

function versions({ packages }: MachineFacts): string {
  return Object.entries(packages)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
