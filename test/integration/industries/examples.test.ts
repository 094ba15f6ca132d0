import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { openPlace } from '../../../src/cli/fixtures/run-command.ts';
import { industries } from '../../../src/industries/index.ts';

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
    },
  );

  test('every input file of the folder is run', () => {
    const inputs = readdirSync(join(EXAMPLES, id)).filter(
      (file) => !['runs.json', 'README.md'].includes(file),
    );
    expect(inputs.filter((file) => !runs.some(({ input }) => input === file))).toEqual([]);
  });
});

function runsOf(trade: string): z.infer<typeof Runs> {
  return Runs.parse(JSON.parse(readFileSync(join(EXAMPLES, trade, 'runs.json'), 'utf8')));
}
