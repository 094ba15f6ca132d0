import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect } from 'vitest';
import { z } from 'zod';

import type { Place } from '../../../src/cli/fixtures/run-command.ts';

const VERIFY = join(import.meta.dirname, '../../../dist/src/audit/verify/main.js');
const run = promisify(execFile);

/** Writes the receipt of a thread's run and has both verifiers look at it: the command, and the program that stands alone. */
export async function expectVerifiedReceipt(place: Place, thread: string): Promise<void> {
  const file = join(place.directory, `receipt-${thread}.json`);
  const key = join(place.directory, 'data', 'audit.key.pub');
  expect(await place.json('audit', 'receipt', thread, '--out', file)).toMatchObject({
    exitCode: 0,
  });
  const words = ['audit', 'verify', '--receipt', file, '--key', key];
  expect(await place.json(...words)).toMatchObject({ exitCode: 0, value: { ok: true } });
  const alone = await run(process.execPath, [VERIFY, '--receipt', file, '--key', key]);
  expect(JSON.parse(alone.stdout)).toMatchObject({ ok: true });
}

const Numbers = z.object({ counts: z.record(z.string(), z.number()) });
const Oscal = z.object({
  'assessment-results': z.object({
    metadata: z.object({ 'oscal-version': z.literal('1.2.1') }),
    results: z.array(z.object({ observations: z.array(z.unknown()).min(1) })).length(1),
  }),
});

/** Writes a report on a standard in each form, and looks that it says first what it does not cover. */
export async function expectReports(place: Place, standard: string): Promise<void> {
  const written = async (format: string): Promise<string> => {
    const file = join(place.directory, `${standard}.${format}`);
    const words = ['compliance', 'report', '--standard', standard, '--format', format];
    expect(await place.json(...words, '--out', file)).toMatchObject({ exitCode: 0 });
    return readFileSync(file, 'utf8');
  };
  const page = await written('html');
  const headings = [...page.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, text]) => text);
  expect(headings[0]).toMatch(/not cover/i);
  expect(page).not.toMatch(/compliant/i);
  const { assessment } = z
    .object({ assessment: Numbers.extend({ controls: z.array(z.unknown()).min(1) }) })
    .parse(JSON.parse(await written('json')));
  const counted = Object.values(assessment.counts).reduce((sum, count) => sum + count, 0);
  expect(counted).toBe(assessment.controls.length);
  Oscal.parse(JSON.parse(await written('oscal')));
}
