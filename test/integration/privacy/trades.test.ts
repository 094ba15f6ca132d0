import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { openPlace, type Place } from '../../../src/cli/fixtures/run-command.ts';

const EXAMPLES = new URL('../../../examples/industries/', import.meta.url);

interface Case {
  readonly workflow: string;
  readonly input: string;
  readonly answers: readonly (readonly string[])[];
  /** What no file of the store holds. */
  readonly planted: readonly string[];
  /** What of it belongs to whom. */
  readonly persons: Readonly<Record<string, readonly string[]>>;
}

const OF_PATIENT = ['Ferncastle', 'Rosalind', '14 Quarry Lane', '303 555 0177'];
const CASES: readonly Case[] = [
  {
    workflow: 'referral-letter',
    input: 'healthcare/cardiology-referral.json',
    answers: [[]],
    planted: OF_PATIENT,
    persons: { 'person-5521': OF_PATIENT },
  },
  {
    workflow: 'payment-approval',
    input: 'financial-services/expense-claim.json',
    answers: [[]],
    planted: [
      'Maria Keller',
      'DE89370400440532013000',
      'DE89 3704 0044',
      'Rotterdam',
      'Water taxi',
    ],
    persons: {
      'maria.keller': ['Maria Keller', 'DE89370400440532013000', 'Rotterdam', 'Water taxi'],
    },
  },
  {
    workflow: 'records-request',
    input: 'government/bridge-records.json',
    answers: [[], ['--as', 'sable.okonkwo']],
    planted: [
      'Lumen Ashdown',
      'Edda Marchetti',
      'Odalys Brandt',
      'odalys.brandt@mailbox.example',
      '555-0173',
      'the first supplier',
      'corrosion on bearings',
    ],
    persons: {
      'person-3107': ['Lumen Ashdown'],
      'edda.marchetti': ['Edda Marchetti'],
      // What belongs to nobody in particular belongs to the thread.
      'trade-1 --thread': [
        'Odalys Brandt',
        'odalys.brandt@mailbox.example',
        'corrosion on bearings',
      ],
    },
  },
];

/** Which files of the data folder hold a text, but for those that the run wrote for its owner. */
function holders(text: string, dataDir: string): readonly string[] {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(dataDir, 'output')))
    .filter((file) => readFileSync(file).includes(text));
}

function expectNowhere(texts: readonly string[], dataDir: string): void {
  for (const text of texts) expect({ text, in: holders(text, dataDir) }).toEqual({ text, in: [] });
}

async function exported(place: Place, person: readonly string[], file: string): Promise<string> {
  const path = join(place.directory, file);
  expect((await place.json('privacy', 'export', ...person, '--out', path)).exitCode).toBe(0);
  return readFileSync(path, 'utf8');
}

test.each(CASES)(
  'persons of $workflow stand in no file of the store, are exported, and are erased with a chain that verifies',
  async ({ workflow, input, answers, planted, persons }) => {
    using place = openPlace();
    const dataDir = join(place.directory, 'data');
    const file = fileURLToPath(new URL(input, EXAMPLES));
    const run = await place.phasegate('run', workflow, '--input', file, '--thread', 'trade-1');
    expect(run.exitCode).toBe(3);
    expectNowhere(planted, dataDir);
    for (const words of answers) await place.phasegate('approve', 'trade-1', ...words);
    expect((await place.json('show', 'trade-1')).value).toMatchObject({ status: 'completed' });
    expectNowhere(planted, dataDir);

    for (const [named, texts] of Object.entries(persons)) {
      const person = named.split(' ');
      const found = await place.json('privacy', 'find', ...person);
      expect(found.value).toMatchObject({ key: 'present', threads: [{ thread: 'trade-1' }] });
      const before = await exported(place, person, `${named}.json`);
      for (const text of texts) expect(before).toContain(text);

      const erased = await place.json('privacy', 'erase', ...person, '--yes');
      expect(erased.value).toMatchObject({ outcome: 'erased' });
      const after = await exported(place, person, `${named}-after.json`);
      for (const text of texts) expect(after).not.toContain(text);
    }
    const key = join(dataDir, 'audit.key.pub');
    expect((await place.json('audit', 'verify', '--key', key)).exitCode).toBe(0);
    const shown = JSON.stringify(await place.json('show', 'trade-1'));
    for (const text of Object.values(persons).flat()) expect(shown).not.toContain(text);
  },
  120_000,
);
