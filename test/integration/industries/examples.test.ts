import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { afterAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';

import { openPlace, WHOLE_BRIEF } from '../../../src/cli/fixtures/run-command.ts';
import { industries } from '../../../src/industries/index.ts';
import { expectReports, expectVerifiedReceipt } from './evidence.ts';

// Each test runs several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const EXAMPLES = join(import.meta.dirname, '../../../examples/industries');

/** What an example's runs are, and what comes of them. */
const Runs = z.strictObject({
  workflow: z.string(),
  runs: z.array(
    z.strictObject({
      name: z.string(),
      input: z.string(),
      /** The first step runs the workflow, the others go on with its thread; `words` stand behind it. */
      steps: z.array(z.strictObject({ words: z.array(z.string()).default([]), exitCode: z.int() })),
      status: z.enum(['completed', 'blocked']),
      files: z.array(z.string()).default([]),
      /** Checks that refuse, in the last verdict. */
      refusedBy: z.array(z.string()).default([]),
    }),
  ),
});

const Result = z.object({
  status: z.string(),
  files: z.array(z.string()).optional(),
  verdicts: z.array(
    z.object({
      checks: z.array(z.object({ id: z.string(), outcome: z.string(), mode: z.string() })),
    }),
  ),
});

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

const trades = Object.values(industries).map((trade) => [trade.id, trade] as const);

test.each(trades)('%s has an example that completes and one that a gate refuses', (id) => {
  const statuses = runsOf(id).runs.map(({ status }) => status);
  expect(statuses).toContain('completed');
  expect(statuses).toContain('blocked');
});

describe.each(trades)('examples/industries/%s', (id, trade) => {
  const { workflow, runs } = runsOf(id);

  test('runs the workflow of its trade', () => expect(workflow).toBe(trade.workflow));

  test.each(runs.map((run, index) => [run.name, run, index] as const))(
    '%s',
    async (_name, run, index) => {
      const thread = `${id}-${index}`;
      const input = join(EXAMPLES, id, run.input);
      const [first, ...others] = run.steps;
      const begin = ['run', workflow, '--input', input, '--thread', thread];
      let last = await place.json(...begin, ...(first?.words ?? []));
      expect(last).toMatchObject({ exitCode: first?.exitCode });
      for (const { words, exitCode } of others) {
        const [command = '', ...rest] = words;
        last = await place.json(command, thread, ...rest);
        expect(last).toMatchObject({ exitCode });
      }
      const { status, files = [], verdicts } = Result.parse(last.value);
      expect(status).toBe(run.status);
      expect(files.map((file) => basename(file))).toEqual(run.files);
      expect(files.filter((file) => !existsSync(file))).toEqual([]);
      const refused = (verdicts.at(-1)?.checks ?? [])
        .filter(({ outcome, mode }) => outcome !== 'pass' && mode === 'deny')
        .map(({ id: check }) => check);
      if (run.status === 'blocked') expect(refused).toEqual(run.refusedBy);
      await expectVerifiedReceipt(place, thread);
    },
  );

  test.each(trade.standards.map(({ id: standard }) => standard))(
    'is followed by a report on %s that says first what it does not cover',
    async (standard) => {
      using own = openPlace();
      const [{ input, steps } = { input: '', steps: [] }] = runs;
      const words = [
        '--input',
        join(EXAMPLES, id, input),
        '--thread',
        't',
        ...(steps[0]?.words ?? []),
      ];
      await own.json('run', workflow, ...words);
      await expectReports(own, standard);
    },
  );

  test('every input file of the folder is run', () => {
    const inputs = readdirSync(join(EXAMPLES, id)).filter(
      (file) => !['runs.json', 'README.md', 'house', 'house-facts.toml'].includes(file),
    );
    expect(inputs.filter((file) => !runs.some(({ input }) => input === file))).toEqual([]);
  });
});

describe('the campaign', () => {
  test('ends with a receipt that verifies and reports on its standards', async () => {
    using own = openPlace();
    const words = ['--input', WHOLE_BRIEF, '--thread', 'campaign', '--approve-as', 'marketing'];
    expect(await own.json('run', 'email-campaign', ...words)).toMatchObject({ exitCode: 0 });
    await expectVerifiedReceipt(own, 'campaign');
    for (const standard of ['custom', 'gdpr']) {
      // oxlint-disable-next-line no-await-in-loop
      await expectReports(own, standard);
    }
  });

  test('has its standards on: they are asked at its gates and recorded', async () => {
    const words = ['--input', WHOLE_BRIEF, '--thread', 'asked', '--approve-as', 'marketing'];
    const { value } = await place.json('run', 'email-campaign', ...words);
    const asked = Result.parse(value).verdicts.flatMap(({ checks }) => checks.map(({ id }) => id));
    expect(asked).toEqual(expect.arrayContaining(['gdpr.gdpr-05', 'custom.cus-02']));
  });
});

function runsOf(trade: string): z.infer<typeof Runs> {
  return Runs.parse(JSON.parse(readFileSync(join(EXAMPLES, trade, 'runs.json'), 'utf8')));
}
