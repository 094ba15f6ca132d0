import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { STANDARD_IDS } from '../../../compliance/index.ts';
import { openPlace, WHOLE_BRIEF } from '../../fixtures/run-command.ts';

// Each test runs several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const place = openPlace();
afterAll(() => place[Symbol.dispose]());
beforeAll(async () => {
  const words = ['--input', WHOLE_BRIEF, '--thread', 't1', '--approve-as', 'test'];
  const { exitCode } = await place.phasegate('run', 'email-campaign', ...words);
  expect(exitCode).toBe(0);
});

const out = (name: string): string => join(place.directory, name);

test('status counts every standard, and says how much of each is looked at', async () => {
  const { value } = await place.json('compliance', 'status');
  const { standards, trail } = value as {
    readonly trail: object;
    readonly standards: readonly {
      readonly standard: string;
      readonly counts: Readonly<Record<string, number>>;
    }[];
  };
  expect(standards.map(({ standard }) => standard)).toEqual([...STANDARD_IDS]);
  expect(trail).toMatchObject({ ok: true });
  for (const { counts } of standards)
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5);
});

test('a report rests on the trail: what was found names its entries, and probes were made', async () => {
  const file = out('fisma.json');
  const { exitCode } = await place.phasegate(
    'compliance',
    'report',
    '--standard',
    'fisma',
    '--format',
    'json',
    '--out',
    file,
  );
  expect(exitCode).toBe(0);
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly assessment: {
      readonly controls: readonly { readonly primitive: string; readonly outcome: string }[];
    };
    readonly lacking: readonly string[];
  };
  const outcomes = new Map(
    report.assessment.controls.map(({ primitive, outcome }) => [primitive, outcome]),
  );
  expect(outcomes.get('audit.failclosed')).toBe('satisfied');
  expect(outcomes.get('error.safe')).toBe('satisfied');
  expect(outcomes.get('audit.integrity')).toBe('satisfied');
  expect(outcomes.get('access.review')).toBe('error');
  expect(report.lacking).toContain('accessReviews');
});

test('what people supply is read, and what only the trail may tell is refused', async () => {
  const reviews = place.file(
    'evidence.toml',
    `[not_applicable]
FISMA-20 = "Nothing is de-identified here."

[[accessReviews]]
id = "review-1"
signedBy = "controller-4"
signedAt = "${new Date(Date.now() - 86_400_000).toISOString()}"
roles = ["operator"]
`,
  );
  const words = ['compliance', 'gaps', '--standard', 'fisma', '--evidence', reviews];
  const { value } = await place.json(...words);
  expect(JSON.stringify(value)).not.toContain('FISMA-20');
  const forged = place.file('forged.json', JSON.stringify({ chain: { ok: true } }));
  const refused = await place.phasegate('compliance', 'gaps', '--evidence', forged);
  expect(refused.exitCode).toBe(2);
  expect(refused.err).toContain('APP_SUPPLIED_EVIDENCE');
});

test('pages are written, kept for the trend, and shown in the next one', async () => {
  for (const name of ['first.html', 'second.html']) {
    // oxlint-disable-next-line no-await-in-loop
    await place.phasegate('compliance', 'report', '--standard', 'soc2', '--out', out(name));
  }
  expect(readFileSync(out('first.html'), 'utf8')).not.toContain('Earlier reports');
  expect(readFileSync(out('second.html'), 'utf8')).toContain('Earlier reports');
  const { value } = await place.json('compliance', 'history', '--standard', 'soc2');
  expect((value as { readonly reports: readonly object[] }).reports).toHaveLength(2);
});

test('a pack of your own is printed, changed and used', async () => {
  const { out: pack } = await place.phasegate('compliance', 'standards', '--print', 'custom');
  const file = place.file('house.json', pack.replace('"id": "custom"', '"id": "house"'));
  const { value } = await place.json('compliance', 'status', '--standard', file);
  expect(value).toMatchObject({ standards: [{ standard: 'house' }] });
});

test.each([
  [['--standard', 'sox', '--format', 'pdf'], 'There is no format "pdf"'],
  [['--standard', 'nothing'], 'nothing'],
  [[], 'one standard'],
  [['--standard', 'sox', '--from', '2026-13-01'], 'is no date'],
  [['--standard', 'sox', '--from', '2026-02-01', '--to', '2026-01-01'], 'ends before it begins'],
])('bad usage is refused with the way out: %j', async (words, said) => {
  const { exitCode, err } = await place.phasegate('compliance', 'report', ...words);
  expect(exitCode).toBe(2);
  expect(err).toContain(said);
});

test('a report is written over nothing, and follows no link', async () => {
  const order = ['compliance', 'report', '--standard', 'custom', '--format', 'md', '--out'];
  writeFileSync(out('mine.md'), 'mine');
  symlinkSync(out('nowhere.md'), out('link.md'));
  for (const name of ['mine.md', 'link.md']) {
    // oxlint-disable-next-line no-await-in-loop
    const { value } = await place.json(...order, out(name));
    expect(value).toMatchObject({ error: { code: 'CLI_UNWRITABLE_FILE' } });
  }
  expect(readFileSync(out('mine.md'), 'utf8')).toBe('mine');
  expect(() => readFileSync(out('nowhere.md'))).toThrow('ENOENT');
});
