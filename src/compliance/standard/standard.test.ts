import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import {
  defineStandard,
  findStandard,
  loadStandard,
  openStandardFolder,
  overlay,
  packText,
  STANDARD_IDS,
  type StandardPackInput,
} from '../index.ts';

const OWN: StandardPackInput = {
  id: 'own',
  title: 'Our controls',
  source: 'Our handbook',
  note: 'For tests.',
  version: '1.0.0',
  extent: { unit: 'rules', total: null },
  checks: [{ id: 'OWN-1', controls: ['1'], primitive: 'access.review', parameters: { months: 3 } }],
  neverAttestable: ['Taste'],
};
const TEXT = JSON.stringify(OWN, null, 2);
const file = 'own/pack.json';

test.each(STANDARD_IDS)('%s is the same after it was written and loaded again', (id) => {
  const standard = findStandard(id);
  const loaded = loadStandard(packText(standard), { file });
  expect(loaded.digest).toBe(standard.digest);
  expect(loaded.checks.map(({ primitive }) => primitive.id)).toEqual(
    standard.checks.map(({ primitive }) => primitive.id),
  );
});

test.each<[string, string, [string, string]]>([
  [
    'a parameter that the check does not have',
    '19:9: checks.0.parameters.weeks: There is no such key.',
    ['"months": 3', '"weeks": 3'],
  ],
  [
    'a parameter of another type',
    '19:19: checks.0.parameters.months:',
    ['"months": 3', '"months": "3"'],
  ],
  [
    'a primitive check that is not there',
    '17:20: checks.0.primitive: There is no such primitive check.',
    ['access.review', 'access.rewiev'],
  ],
  ['a key that nobody knows', ':5:3: remark: There is no such key.', ['"note":', '"remark":']],
  [
    'a mode that the check does not have',
    'checks.0.mode: The primitive check is for the mode report.',
    ['"parameters": {', '"mode": "gate", "parameters": {'],
  ],
  ['a comment', 'It is not JSON', ['"checks"', '/* all */ "checks"']],
  [
    'a key that is there twice',
    'The key is reserved, or there twice.',
    ['"id": "own"', '"id": "own", "id": "other"'],
  ],
])('a pack with %s is refused where it stands', (_what, message, [from, to]) => {
  const refused = () => loadStandard(TEXT.replace(from, to), { file });
  expect(refused).toThrow(expect.objectContaining({ code: 'COMPLIANCE_INVALID_STANDARD' }));
  expect(refused).toThrow(message);
  expect(refused).toThrow(file);
});

test('every mistake is named at once', () => {
  const text = TEXT.replace('access.review', 'x').replace('"OWN-1"', '"own 1"');
  expect(() => loadStandard(text, { file })).toThrow('checks.0.id');
  const two = {
    ...OWN,
    checks: [...OWN.checks, ...OWN.checks, { ...OWN.checks[0], primitive: 'x' }],
  };
  expect(() => defineStandard(two as StandardPackInput)).toThrow(
    /checks\.2\.primitive.*\n.*checks\.1\.id: Another check has this id/,
  );
});

test('the digest tells whether anything was changed', () => {
  const { digest } = defineStandard(OWN);
  const changed = [
    { ...OWN, version: '1.0.1' },
    { ...OWN, checks: [{ ...OWN.checks[0], parameters: { months: 4 } }] },
    { ...OWN, checks: [{ ...OWN.checks[0], says: 'Something else' }] },
    { ...OWN, neverAttestable: ['Smell'] },
  ].map((pack) => defineStandard(pack as StandardPackInput).digest);
  expect(new Set([digest, ...changed]).size).toBe(5);
  expect(defineStandard({ ...OWN }).digest).toBe(digest);
});

test('texts of a pack stand for those of the primitive check', () => {
  const [check] = defineStandard({
    ...OWN,
    checks: OWN.checks.map((one) => ({ ...one, cannotSay: 'Whether it was read' })),
  }).checks;
  expect(check?.cannotSay).toBe('Whether it was read');
  expect(check?.says).toBe('A review record exists and covers the roles');
});

test('an overlay changes parameters, and the digest with them', () => {
  const sox = findStandard('sox');
  const above = { value: 10_000, currency: 'USD' };
  const laid = overlay(sox, { 'SOX-02': { above }, 'SOX-10': { days: 3650 } });
  const parametersOf = (id: string) => laid.checks.find((check) => check.id === id)?.parameters;
  expect(parametersOf('SOX-02')).toEqual({ n: 2, above, roles: [] });
  expect(parametersOf('SOX-10')).toEqual({ days: 3650, online: 0 });
  expect(laid.digest).not.toBe(sox.digest);
  expect(overlay(sox, {}).digest).toBe(sox.digest);
});

test.each([
  ['a check that is not there', { 'SOX-99': {} }, 'there is none'],
  ['a parameter that is not there', { 'SOX-02': { quorum: 3 } }, 'parameters.quorum'],
  ['a parameter of another type', { 'SOX-02': { n: 0 } }, 'parameters.n'],
])('an overlay of %s is refused', (_what, changes, message) => {
  const refused = () => overlay(findStandard('sox'), changes);
  expect(refused).toThrow(expect.objectContaining({ code: 'COMPLIANCE_INVALID_OVERLAY' }));
  expect(refused).toThrow(message);
});

test('a standard that does not come with the package is not found by its id', () => {
  expect(() => findStandard('constructor')).toThrow(
    expect.objectContaining({ code: 'COMPLIANCE_UNKNOWN_STANDARD' }),
  );
});

test('a folder of the user is opened with its cases', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'standard-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const given = {
    period: { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
    assessedAt: '2026-02-01T00:00:00Z',
    entries: [],
    accessReviews: [],
  };
  const one = (expected: string) => ({ name: 'no role is in use', expected });
  const cases = [one('not-applicable'), one('satisfied')];
  await writeFile(join(directory, 'pack.json'), TEXT);
  const casesFile = join(directory, 'cases.json');
  await writeFile(casesFile, JSON.stringify([{ check: 'OWN-1', at: 'report', given, cases }]));
  const opened = await openStandardFolder(directory);
  expect(opened.standard.id).toBe('own');
  expect(opened).toMatchObject({ cases: 2, failed: [{ check: 'OWN-1', expected: 'satisfied' }] });
  await writeFile(casesFile, '[');
  await expect(openStandardFolder(directory)).rejects.toThrow(
    expect.objectContaining({ code: 'COMPLIANCE_STANDARD_FOLDER' }),
  );
  await rm(casesFile);
  await expect(openStandardFolder(directory)).rejects.toThrow('cases.json cannot be read');
});
