import { mkdirSync, writeFileSync } from 'node:fs';

import type { MachineFacts } from '../report/machine-facts.ts';
import type { Floor } from './floor.ts';
import type { StateLine } from './lines.ts';

const FOLDER = new URL('../results/', import.meta.url);

/** Everything that one run found. */
export interface StateResults {
  readonly machine: MachineFacts;
  readonly names: readonly string[];
  readonly ours: ReadonlySet<string>;
  readonly floor: Floor;
  readonly lines: readonly StateLine[];
}

/** What was to be reached, and whether it was. */
export interface Goal {
  readonly what: string;
  readonly found: number;
  readonly atMost: number;
}

/** Gives the goals with what was found. */
export function goalsOf({ lines, floor }: StateResults): readonly Goal[] {
  const figure = (start: string, name: string): number =>
    lines.find(({ what }) => what.startsWith(start))?.figures.get(name) ?? Number.NaN;
  const redis = 'ours on Redis';
  return [
    {
      what: 'put at 20 messages on Redis, times one EVALSHA of equal payload',
      found: figure('put, 20', redis) / floor.script,
      atMost: 3,
    },
    ...['ours on SQLite', redis].flatMap((name) => [
      {
        what: `put at the last step, times put at step 10, ${name}`,
        found: figure('put at step 1,', name) / figure('put at step 10', name),
        atMost: 1.5,
      },
      { what: `MiB of the long thread, ${name}`, found: figure('a thread of', name), atMost: 8 },
      {
        what: `getTuple of the long thread in ms, ${name}`,
        found: figure('getTuple, 1,', name),
        atMost: 10,
      },
    ]),
  ];
}

/** Gives the lines on which a saver of ours is behind an official one, each with both figures. */
export function behindOf({ lines, ours }: StateResults): readonly string[] {
  return lines.flatMap(({ what, unit, isRate = false, figures }) => {
    const official = [...figures].filter(([name]) => !ours.has(name));
    return [...figures].flatMap(([name, mine]) => {
      if (!ours.has(name)) return [];
      const better = official.filter(([, theirs]) => (isRate ? theirs > mine : theirs < mine));
      return better.map(([other, theirs]) => {
        return `${what}: ${name} ${figureText(mine)} ${unit}, ${other} ${figureText(theirs)} ${unit}`;
      });
    });
  });
}

/** Gives the tables as Markdown. */
export function markdownOf(results: StateResults): string {
  const { machine, names, floor, lines } = results;
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const behind = behindOf(results);
  return [
    row(['What', 'Unit', ...names]),
    row(['---', '---', ...names.map(() => '---:')]),
    ...lines.map(({ what, unit, figures }) =>
      row([what, unit, ...names.map((name) => figureText(figures.get(name)))]),
    ),
    '',
    `Floor on the same Redis: PING ${figureText(floor.ping)} ms, SET of 100 bytes ${figureText(floor.set)} ms, one EVALSHA of`,
    `five operations with as many bytes as a put ${figureText(floor.script)} ms.`,
    '',
    row(['Goal', 'Found', 'At most', '']),
    row(['---', '---:', '---:', '---']),
    ...goalsOf(results).map(({ what, found, atMost }) =>
      row([what, figureText(found), String(atMost), found <= atMost ? 'reached' : 'not reached']),
    ),
    '',
    ...(behind.length === 0
      ? ['Ahead of every official saver on every line.']
      : ['Behind an official saver on:', '', ...behind.map((line) => `- ${line}`)]),
    '',
    `Measured ${machine.measuredAt} on ${machine.processors} x ${machine.processor}, ${machine.memoryGiB} GiB, ${machine.system},`,
    `load average ${machine.loadAverage} at the start, Node ${machine.node},`,
    `${Object.entries(machine.packages)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
    '',
  ].join('\n');
}

/** Writes the results as `bench/results/state-latest.json` and `.md`. */
export function writeStateResults(results: StateResults): void {
  mkdirSync(FOLDER, { recursive: true });
  const { machine, floor } = results;
  const lines = results.lines.map((line) => {
    return { ...line, figures: Object.fromEntries(line.figures) };
  });
  const goals = goalsOf(results);
  const json = JSON.stringify({ machine, floor, lines, goals, behind: behindOf(results) }, null, 2);
  writeFileSync(new URL('state-latest.json', FOLDER), `${json}\n`);
  writeFileSync(new URL('state-latest.md', FOLDER), markdownOf(results));
}

function figureText(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '';
  if (value >= 100) return value.toFixed(0);
  return value >= 1 ? value.toFixed(2) : value.toFixed(3);
}
