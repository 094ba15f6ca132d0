import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { openPlace } from '../../../src/cli/fixtures/run-command.ts';

const INPUT = fileURLToPath(
  new URL('../../../examples/industries/healthcare/cardiology-referral.json', import.meta.url),
);
/** Of the record, and of what the referrer wrote. */
const PLANTED = ['Ferncastle', 'Rosalind', '14 Quarry Lane', '303 555 0177'];

/** Which files of the data folder hold a text, but for those that the run wrote for its owner. */
function holders(text: string, dataDir: string): readonly string[] {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(dataDir, 'output')))
    .filter((file) => readFileSync(file).includes(text));
}

test('the patient of a referral stands in no file of the store, is exported, and is erased with a chain that verifies', async () => {
  using place = openPlace();
  const dataDir = join(place.directory, 'data');
  const run = ['run', 'referral-letter', '--input', INPUT, '--thread', 'ref-1'];
  expect((await place.phasegate(...run)).exitCode).toBe(3);
  for (const text of PLANTED)
    expect({ text, in: holders(text, dataDir) }).toEqual({ text, in: [] });
  expect((await place.phasegate('approve', 'ref-1')).exitCode).toBe(0);
  for (const text of PLANTED)
    expect({ text, in: holders(text, dataDir) }).toEqual({ text, in: [] });

  const found = await place.json('privacy', 'find', 'person-5521');
  expect(found.value).toMatchObject({ key: 'present', threads: [{ thread: 'ref-1' }] });
  const file = join(place.directory, 'export.json');
  expect((await place.json('privacy', 'export', 'person-5521', '--out', file)).exitCode).toBe(0);
  for (const text of PLANTED) expect(readFileSync(file, 'utf8')).toContain(text);

  const erased = await place.json('privacy', 'erase', 'person-5521', '--yes');
  expect(erased.value).toMatchObject({ outcome: 'erased' });
  const key = join(dataDir, 'audit.key.pub');
  expect((await place.json('audit', 'verify', '--key', key)).exitCode).toBe(0);
  const shown = await place.phasegate('show', 'ref-1');
  for (const text of PLANTED) expect(JSON.stringify(shown)).not.toContain(text);
  const after = join(place.directory, 'after.json');
  await place.json('privacy', 'export', 'person-5521', '--out', after);
  for (const text of PLANTED) expect(readFileSync(after, 'utf8')).not.toContain(text);
}, 120_000);
