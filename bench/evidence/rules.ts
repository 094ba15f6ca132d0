// What a gate of rules costs, beside the engine as it comes and another one. Run: node --import tsx bench/evidence/rules.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { Environment } from '@marcbachmann/cel-js';
import { Engine } from 'json-rules-engine';
import { z } from 'zod';

import { checksOf, loadRulePack } from '../../src/validation/rules/index.ts';
import { defineGate, evaluateGate } from '../../src/validation/index.ts';
import { medianOf, timeOf, type Job } from '../measure/alternate.ts';
import { machineFacts } from '../report/machine-facts.ts';

const GATE_RULES = 100;
const PACK_RULES = 1_000;
const TRANSITIONS = 10;
const PER_SAMPLE = 10;
const PACKAGES = ['@marcbachmann/cel-js', 'json-rules-engine', 'zod'];
const FOLDER = new URL('../results/', import.meta.url);

/** One thing that was measured. */
interface Row {
  readonly title: string;
  readonly microseconds: number;
  /** The most that it may take, where a goal is set. */
  readonly goal: number | undefined;
}

const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } });
const scale = Number(values.scale);
if (!(scale > 0)) throw new Error('Give --scale a number above 0, such as 0.1 for a quick look.');

const Facts = z.object({
  input: z.object({
    amount: z.number(),
    count: z.int(),
    country: z.string(),
    lines: z.array(z.object({ price: z.number(), text: z.string() })),
  }),
});
const facts: z.infer<typeof Facts> = {
  input: {
    amount: 120.5,
    count: 3,
    country: 'DE',
    lines: [
      { price: 100, text: 'train' },
      { price: 20.5, text: 'taxi' },
    ],
  },
};

const machine = machineFacts(new Date(), PACKAGES);
const rows: readonly Row[] = [
  { title: `a gate of ${GATE_RULES} rules`, microseconds: await costOf(gateJob()), goal: 50 },
  {
    title: `the gate of one of ${TRANSITIONS} transitions, out of ${PACK_RULES} rules`,
    microseconds: await costOf(transitionJob()),
    goal: 200,
  },
  {
    title: `${GATE_RULES} rules alone, without the gate around them`,
    microseconds: await costOf(aloneJob()),
    goal: undefined,
  },
  {
    title: `${GATE_RULES} rules by cel-js as it comes, parsed before`,
    microseconds: await costOf(bareJob()),
    goal: undefined,
  },
  {
    title: `${GATE_RULES} rules by json-rules-engine`,
    microseconds: await costOf(otherJob()),
    goal: undefined,
  },
];
process.stdout.write(markdown());
// A quick look is no result.
if (scale >= 1) {
  mkdirSync(FOLDER, { recursive: true });
  const results = `${JSON.stringify({ machine, rows }, null, 2)}\n`;
  writeFileSync(new URL('rules.json', FOLDER), results);
  writeFileSync(new URL('rules.md', FOLDER), markdown());
}

/** Four kinds of rules that all hold of the facts. */
function expressionOf(index: number): string {
  return [
    `input.amount <= ${1_000 + index}.0`,
    `input.count > 0 && input.count < ${100 + index}`,
    `input.country in ["DE", "FR", "C${index}"]`,
    `size(input.lines) > 0 && input.lines.all(l, l.price < ${1_000 + index}.0)`,
  ][index % 4] as string;
}

function packText(count: number): string {
  const rules = Array.from({ length: count }, (_, index) => ({
    id: `rule-${index}`,
    expression: expressionOf(index),
    message: 'It does not hold.',
    remedy: 'Mend it.',
    transitions: [{ from: 'draft', to: `review-${index % TRANSITIONS}` }],
  }));
  return JSON.stringify({ id: 'bench', version: '1.0.0', rules });
}

function gateJob(): Job {
  const pack = loadRulePack(packText(GATE_RULES), { file: 'bench.json', facts: Facts });
  const gate = defineGate({ checks: checksOf(pack) });
  return demandAllow(async () => (await evaluateGate(gate, facts)).outcome === 'allow');
}

/** The rules of a transition are looked up in each evaluation; the gate of each set is made once. */
function transitionJob(): Job {
  const pack = loadRulePack(packText(PACK_RULES), { file: 'bench.json', facts: Facts });
  const transition = { from: 'draft', to: 'review-3' };
  const gate = defineGate({ checks: checksOf(pack, transition) });
  return demandAllow(async () => {
    const isWhole = checksOf(pack, transition).length === gate.bindings.length;
    return isWhole && (await evaluateGate(gate, facts)).outcome === 'allow';
  });
}

function aloneJob(): Job {
  const pack = loadRulePack(packText(GATE_RULES), { file: 'bench.json', facts: Facts });
  const checks = checksOf(pack);
  const { signal } = new AbortController();
  return demandAllow(async () => checks.every(({ evaluate }) => evaluate(facts, signal) === true));
}

function bareJob(): Job {
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  const rules = Array.from({ length: GATE_RULES }, (_, index) =>
    environment.parse(expressionOf(index)),
  );
  const given = { input: { ...facts.input, count: BigInt(facts.input.count) } };
  return demandAllow(async () => rules.every((rule) => rule(given) === true));
}

function otherJob(): Job {
  const engine = new Engine(Array.from({ length: GATE_RULES }, (_, index) => otherRule(index)));
  return demandAllow(async () => (await engine.run(facts)).results.length === GATE_RULES);
}

/** The same rules as far as that engine can say them: it cannot go through a list. */
function otherRule(index: number) {
  const at = (path: string, operator: string, value: unknown) => ({
    fact: 'input',
    path: `$.${path}`,
    operator,
    value,
  });
  const all = [
    [at('amount', 'lessThanInclusive', 1_000 + index)],
    [at('count', 'greaterThan', 0), at('count', 'lessThan', 100 + index)],
    [at('country', 'in', ['DE', 'FR', `C${index}`])],
    [
      at('lines[0].price', 'lessThan', 1_000 + index),
      at('lines[1].price', 'lessThan', 1_000 + index),
    ],
  ][index % 4];
  return { conditions: { all: all ?? [] }, event: { type: `rule-${index}` } };
}

function demandAllow(judge: () => Promise<boolean>): Job {
  return async () => {
    if (!(await judge())) throw new Error('The rules do not hold of the facts.');
  };
}

/** Microseconds of one evaluation: the median of samples of some each. */
async function costOf(job: Job): Promise<number> {
  const samples: number[] = [];
  const rounds = Math.ceil(300 * scale);
  for (let round = -100; round < rounds; round += 1) {
    const tookMs = await timeOf(async () => {
      for (let time = 0; time < PER_SAMPLE; time += 1) await job();
    });
    if (round >= 0) samples.push((tookMs * 1000) / PER_SAMPLE);
  }
  return Math.round(medianOf(samples) * 10) / 10;
}

function markdown(): string {
  const { processor, processors, node, loadAverage, measuredAt, packages } = machine;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  const lines = rows.map(
    ({ title, microseconds, goal }) => `| ${title} | ${microseconds} | ${goal ?? ''} |`,
  );
  return [
    '# Rules as data',
    '',
    `\`node --import tsx bench/evidence/rules.ts\`, ${measuredAt}: ${processors} × ${processor}, Node ${node}, load`,
    `average ${loadAverage}; ${versions.join(', ')}. Medians; nothing is remembered between two evaluations.`,
    '',
    '| what | p50 of an evaluation, us | goal |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
