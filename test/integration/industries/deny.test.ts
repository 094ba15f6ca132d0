import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, test, vi } from 'vitest';

import { answerThread, openApp } from '../../../src/app/index.ts';
import { openPlace, WHOLE_BRIEF, type Place } from '../../../src/cli/fixtures/run-command.ts';
import { industries } from '../../../src/industries/index.ts';
import type { Principal } from '../../../src/state/index.ts';
import { expectVerifiedReceipt } from './evidence.ts';

// Each test runs several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const EXAMPLES = join(import.meta.dirname, '../../../examples');

/** A workflow with its example house, the decisions of persons that it takes, and a fact to be taken away. */
const HOUSES = [
  {
    workflow: 'payment-approval',
    folder: 'industries/financial-services',
    input: 'supplier-invoice.json',
    decisions: 2,
    fact: 'identities',
  },
  {
    workflow: 'referral-letter',
    folder: 'industries/healthcare',
    input: 'cardiology-referral.json',
    decisions: 1,
    fact: 'purpose',
  },
  {
    workflow: 'quality-deviation',
    folder: 'industries/manufacturing',
    input: 'shaft-diameter.json',
    decisions: 1,
    fact: 'classification',
  },
  {
    workflow: 'records-request',
    folder: 'industries/government',
    input: 'bridge-records.json',
    decisions: 2,
    fact: 'destinations',
  },
  {
    workflow: 'change-approval',
    folder: 'industries/technology',
    input: 'drop-legacy-basket.json',
    decisions: 2,
    fact: 'running',
  },
  {
    workflow: 'document-approval',
    folder: 'industries/general',
    input: 'remote-work-policy.md',
    decisions: 1,
    fact: 'budget',
  },
  {
    workflow: 'email-campaign',
    folder: 'email-campaign',
    input: WHOLE_BRIEF,
    decisions: 1,
    fact: 'processing',
  },
] as const;

test('every trade has an example house', () => {
  const trades = Object.values(industries).map(({ workflow }) => workflow);
  expect(HOUSES.map(({ workflow }) => workflow)).toEqual(expect.arrayContaining(trades));
});

// The example houses name whoever begins runs by this variable; in containers it is not set.
beforeEach(() => void vi.stubEnv('USER', undefined));

describe.each(HOUSES)(
  '$workflow with standards that hold a run',
  ({ workflow, folder, input, decisions, fact }) => {
    const file = input.startsWith('/') ? input : join(EXAMPLES, folder, input);
    const begin = ['run', workflow, '--input', file, '--thread', 't'];

    test('completes in the example house, approved by others than whoever began it', async () => {
      using place = openPlace();
      const config = join(EXAMPLES, folder, 'house');
      expect(await place.json(...begin, '--config', config)).toMatchObject({ exitCode: 3 });
      const statuses: string[] = [];
      for (const id of ['ines.okafor', 'ruth.adeyemi'].slice(0, decisions)) {
        // oxlint-disable-next-line no-await-in-loop
        statuses.push(await approvedBy(id, { place, config }));
      }
      expect(statuses.at(-1)).toBe('completed');
      await expectVerifiedReceipt(place, 't');
      const { value } = await place.json('compliance', 'status');
      expect(value).toMatchObject({ trail: { ok: true } });
    });

    test(`is held without "${fact}", and says where it would stand`, async () => {
      using place = openPlace();
      const facts = place.file(
        'facts.toml',
        without(fact, join(EXAMPLES, `${folder}/house-facts.toml`)),
      );
      const { exitCode, value } = await place.json(...begin, '--config', houseWith(place, facts));
      expect(exitCode).toBe(4);
      expect(value).toMatchObject({ status: 'blocked' });
      const { missingFacts } = value as { readonly missingFacts: readonly object[] };
      expect(missingFacts).toContainEqual(
        expect.objectContaining({
          fact,
          place: expect.stringMatching(/facts\.toml:1:1$/) as string,
        }),
      );
    });
  },
);

/** A person whom a session has authenticated decides, as somebody does who is logged in elsewhere. */
async function approvedBy(
  id: string,
  { place, config }: { readonly place: Place; readonly config: string },
): Promise<string> {
  const dataDir = join(place.directory, 'data');
  await using app = await openApp({ directory: config, overrides: { dataDir } });
  const answer = { decision: 'approve' };
  const by: Principal = { id, kind: 'person', roles: [], authenticated: true, source: 'session' };
  const report = await answerThread(app, { thread: 't', kind: 'decision', answer }, { by });
  return report.status;
}

function houseWith(place: Place, facts: string): string {
  const folder = join(place.directory, 'house');
  mkdirSync(folder);
  const text = `[compliance]\nmode = "deny"\nfacts = ${JSON.stringify(facts)}\n`;
  writeFileSync(join(folder, 'default.toml'), text);
  return folder;
}

/** The facts of a house without one of them: a line, a list over several lines, or a table. */
function without(fact: string, file: string): string {
  const text = readFileSync(file, 'utf8');
  const table = new RegExp(`^\\[${fact}\\]\\n(?:.+\\n)*`, 'm');
  const list = new RegExp(`^${fact} = \\[\\n(?:.+\\n)*?\\]\\n`, 'm');
  const line = new RegExp(`^${fact} = .+\\n`, 'm');
  const found = [table, list, line].find((pattern) => pattern.test(text));
  if (found === undefined) throw new Error(`There is no "${fact}" in ${file}.`);
  return text.replace(found, '');
}
