// What is found, what is flagged by mistake, and what it costs. Run: node --import tsx bench/evidence/privacy.ts
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

import fc from 'fast-check';
import { z } from 'zod';

import * as identifiers from '../../src/privacy/fixtures/identifiers.ts';
import { scanText } from '../../src/privacy/index.ts';
import { machineFacts } from '../report/machine-facts.ts';
import { hostileTexts, LETTER } from './privacy-texts.ts';

const RUNS = 2_000;
const SEED = 42;
const KIB = 1_024;
const FOLDER = new URL('../results/', import.meta.url);
const CASES = new URL('../../src/privacy/cases/', import.meta.url);

const Text = z.union([z.string(), z.array(z.string()).transform((parts) => parts.join(''))]);
const Cases = z.object({
  type: z.string().default(''),
  found: z.array(z.object({ type: z.string().optional(), text: Text, value: Text })).default([]),
  tokens: z.array(Text).default([]),
  missed: z.array(z.object({ type: z.string().optional(), text: Text, value: Text })).default([]),
  flagged: z.array(Text).default([]),
});

interface Recall {
  readonly type: string;
  readonly found: number;
  /** Found in part, or as something else. */
  readonly otherwise: number;
  readonly of: number;
}

const files = readdirSync(CASES).map((name) =>
  Cases.parse(JSON.parse(readFileSync(new URL(name, CASES), 'utf8'))),
);
const facts = machineFacts(new Date());
const golden = goldenRecall();
const generated = generatedRecall();
const benign = benignFlagged();
const speed = [1, 4, 64].map((kib) => ({ kib, msPerKib: costOf(kib) }));
const hostile = worstHostile();
const results = { machine: facts, golden, generated, benign, speed, hostile };
mkdirSync(FOLDER, { recursive: true });
writeFileSync(new URL('privacy.json', FOLDER), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(new URL('privacy.md', FOLDER), markdown());
process.stdout.write(markdown());

function goldenRecall(): readonly Recall[] {
  const cases = files.flatMap(({ type, found, missed }) =>
    [...found, ...missed].map((entry) => ({ ...entry, type: entry.type ?? type })),
  );
  const types = [...new Set(cases.map(({ type }) => type))];
  return types.map((type) =>
    recallOf(
      type,
      cases.filter((entry) => entry.type === type),
    ),
  );
}

function generatedRecall(): readonly Recall[] {
  const kinds: readonly (readonly [string, fc.Arbitrary<string>, string])[] = [
    ['EMAIL_ADDRESS', identifiers.emails, 'write to '],
    ['CREDIT_CARD', identifiers.cards, 'paid with '],
    ['IBAN_CODE', identifiers.ibans, 'to '],
    ['US_SSN', identifiers.socialSecurityNumbers, 'on file: '],
    ['CRYPTO', identifiers.bitcoinAddresses, 'send to '],
    ['UK_NHS', identifiers.nhsNumbers, 'NHS number '],
    ['US_NPI', identifiers.providerNumbers, 'NPI '],
    ['ABA_ROUTING_NUMBER', identifiers.routingNumbers, 'routing number '],
  ];
  return kinds.map(([type, values, before]) => {
    const sample = fc.sample(values, { numRuns: RUNS, seed: SEED });
    return recallOf(
      type,
      sample.map((value) => ({ text: `${before}${value}, thanks`, value })),
    );
  });
}

function recallOf(
  type: string,
  cases: readonly { readonly text: string; readonly value: string }[],
): Recall {
  const how = cases.map(({ text, value }) => {
    const start = text.indexOf(value);
    const end = start + value.length;
    const over = scanText(text).filter((finding) => finding.start < end && finding.end > start);
    const isExact = over.some(
      (finding) => finding.type === type && finding.start === start && finding.end === end,
    );
    return isExact ? 'found' : over.length > 0 ? 'otherwise' : 'missed';
  });
  const count = (kind: string): number => how.filter((one) => one === kind).length;
  return { type, found: count('found'), otherwise: count('otherwise'), of: cases.length };
}

function benignFlagged(): { readonly flagged: number; readonly of: number } {
  const tokens = [
    ...files.flatMap(({ tokens: own, flagged }) => [...own, ...flagged]),
    ...fc.sample(identifiers.benignTokens, { numRuns: RUNS * 5, seed: SEED }),
  ];
  return {
    flagged: tokens.filter((token) => scanText(token).length > 0).length,
    of: tokens.length,
  };
}

/** The median, once the code is warm. */
function costOf(kib: number): number {
  const text = LETTER.repeat(Math.ceil((kib * KIB) / LETTER.length)).slice(0, kib * KIB);
  const rounds = Math.max(20, Math.round(400 / kib));
  const times = Array.from({ length: rounds * 2 }, () => {
    const startedAt = performance.now();
    scanText(text);
    return performance.now() - startedAt;
  });
  const warm = times.slice(rounds).toSorted((one, other) => one - other);
  return (warm[Math.floor(warm.length / 2)] ?? 0) / kib;
}

function worstHostile(): readonly { readonly name: string; readonly ms: number }[] {
  return [...hostileTexts(64 * KIB)]
    .map(([name, text]) => {
      const startedAt = performance.now();
      scanText(text, { maxMs: 60_000 });
      return { name, ms: performance.now() - startedAt };
    })
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, 5);
}

function markdown(): string {
  const percent = (found: number, of: number): string => `${((100 * found) / of).toFixed(2)} %`;
  const rows = (all: readonly Recall[]): readonly string[] =>
    all.map(
      ({ type, found, otherwise, of }) =>
        `| ${type} | ${found} of ${of} | ${percent(found, of)} | ${otherwise} |`,
    );
  return [
    'Found of the cases in `src/privacy/cases`:',
    '',
    '| type | found | | in part, or as something else |',
    '| --- | ---: | ---: | ---: |',
    ...rows(golden),
    '',
    `Found of ${RUNS} each, generated by the public definitions:`,
    '',
    '| type | found | | in part, or as something else |',
    '| --- | ---: | ---: | ---: |',
    ...rows(generated),
    '',
    `Flagged of what belongs to nobody: ${benign.flagged} of ${benign.of} (${percent(benign.flagged, benign.of)}; goal: at most 2 %).`,
    '',
    '| a letter full of findings | ms per KiB, median | goal |',
    '| --- | ---: | ---: |',
    ...speed.map(({ kib, msPerKib }) => `| ${kib} KiB | ${msPerKib.toFixed(3)} | 1 |`),
    '',
    '| 64 KiB made to be slow, the five slowest, cold | ms | goal |',
    '| --- | ---: | ---: |',
    ...hostile.map(({ name, ms }) => `| ${name} | ${ms.toFixed(0)} | 300 |`),
    '',
    `Measured ${facts.measuredAt} on ${facts.processors} x ${facts.processor}, load average ${facts.loadAverage} at the start,`,
    `Node ${facts.node}.`,
    '',
  ].join('\n');
}
