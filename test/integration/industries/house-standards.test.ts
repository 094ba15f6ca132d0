import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

import { beforeEach, expect, test, vi } from 'vitest';

import { answerThread, openApp } from '../../../src/app/index.ts';
import { openPlace, type Place } from '../../../src/cli/fixtures/run-command.ts';
import type { StandardPack } from '../../../src/compliance/index.ts';
import type { Principal } from '../../../src/state/index.ts';

// Each test runs several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

const EXAMPLES = join(import.meta.dirname, '../../../examples/industries/financial-services');
const CLAIM = join(EXAMPLES, 'expense-claim.json');
const BEGIN = ['run', 'payment-approval', '--input', CLAIM, '--approve-as', 'finance-bot'];

// Whoever begins runs is named in the example house by this variable.
beforeEach(() => void vi.stubEnv('USER', userInfo().username));

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const PUBLIC = publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** Writes the pack that payments are asked by, changed, and gives its file. */
async function packOf(
  place: Place,
  change: (pack: StandardPack) => Partial<StandardPack>,
): Promise<string> {
  const words = ['--print', 'sox', '--workflow', 'payment-approval'];
  const { out } = await place.phasegate('compliance', 'standards', ...words);
  const pack = JSON.parse(out) as StandardPack;
  const changed = { ...pack, version: '1.1.0', ...change(pack) };
  return place.file('sox.json', JSON.stringify(changed, null, 2));
}

/** The standard without one of its checks, and with a quorum of three. */
const weaker = ({ checks }: StandardPack): Partial<StandardPack> => ({
  checks: checks
    .filter(({ id }) => id !== 'SOX-01')
    .map((check) => (check.id === 'SOX-02' ? withQuorum(check, 3) : check)),
});

const withQuorum = (check: StandardPack['checks'][number], n: number) => ({
  ...check,
  parameters: { ...check.parameters, n },
});

interface Settings {
  readonly signed?: boolean;
  readonly workflow?: string;
  readonly more?: string;
}

/** A configuration that names packs of standards. */
function naming(
  place: Place,
  files: readonly string[],
  { signed = false, workflow = 'payment-approval', more = '' }: Settings = {},
): readonly string[] {
  const folder = join(place.directory, 'conf');
  mkdirSync(folder, { recursive: true });
  const named = files.length === 0 ? '' : `${workflow} = ${JSON.stringify(files)}`;
  const text = `[policy]\nsigned = ${signed}\n[policy.standards]\n${named}\n[policy.keys]\nrelease = """${PUBLIC}"""\n${more}`;
  writeFileSync(join(folder, 'default.toml'), text);
  return ['--config', folder];
}

const run = async (place: Place, thread: string, config: readonly string[]) =>
  (await place.json(...BEGIN, '--thread', thread, ...config)).value;

const PACK = expect.stringMatching(/^[0-9a-f]{64}$/) as string;

test('a pack is printed, changed, signed and named, and is in force at the gates', async () => {
  using place = openPlace();
  const facts = JSON.stringify(join(EXAMPLES, 'house-facts.toml'));
  const more = `[compliance]\nmode = "deny"\nfacts = ${facts}\n`;
  const config = naming(place, [await packOf(place, weaker)], { signed: true, more });
  expect(await run(place, 't', config)).toMatchObject({ error: { code: 'APP_UNSIGNED_POLICY' } });

  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const key = place.file('release.pem', pem);
  const file = join(place.directory, 'sox.json');
  expect(await place.phasegate('policy', 'sign', file, '--key', key)).toMatchObject({
    exitCode: 0,
  });
  const input = join(EXAMPLES, 'supplier-invoice.json');
  const begin = ['run', 'payment-approval', '--input', input, '--thread', 't', ...config];
  expect(await place.json(...begin)).toMatchObject({ exitCode: 3 });
  await approvedBy('ines.okafor', place);
  expect(await approvedBy('ruth.adeyemi', place)).toBe('blocked');
  const { value } = await place.json('show', 't', ...config);
  const checks = JSON.stringify(value);
  expect(checks).toContain('"sox.sox-02"');
  expect(checks).not.toContain('"sox.sox-01"');

  const listed = await place.json('policy', 'list', ...config);
  expect(listed.value).toMatchObject({
    standards: [
      {
        id: 'sox',
        workflow: 'payment-approval',
        version: '1.1.0',
        signedBy: 'release',
        digest: PACK,
        changes: { dropped: ['SOX-01'], changed: ['SOX-02'] },
      },
    ],
  });
  const { standards } = listed.value as { readonly standards: readonly { digest: string }[] };
  // Its digest stands beside each of its checks.
  expect(checks).toContain(`"pack":"${standards[0]?.digest ?? ''}"`);

  // What the house tells gates is told in reports as well.
  const words = ['--standard', 'sox', '--format', 'json', ...config];
  const report: unknown = JSON.parse((await place.phasegate('compliance', 'report', ...words)).out);
  const { evidence, lacking } = report as {
    readonly evidence: readonly { readonly part: string; readonly from: string }[];
    readonly lacking: readonly string[];
  };
  const told = evidence.filter(({ from }) => from.includes('house-facts.toml'));
  expect(told.map(({ part }) => part).toSorted()).toEqual([
    'changes',
    'endpoints',
    'identities',
    'running',
  ]);
  expect(lacking).not.toContain('running');

  writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
  expect(await run(place, 't2', config)).toMatchObject({ error: { code: 'APP_UNSIGNED_POLICY' } });
});

test('what a pack leaves out stands first in reports, in the status and in the trail', async () => {
  using place = openPlace();
  const config = naming(place, [await packOf(place, weaker)]);
  expect(await run(place, 't', config)).toMatchObject({ status: 'completed' });

  const words = ['--standard', 'sox', '--format', 'md', ...config];
  const report = await place.phasegate('compliance', 'report', ...words);
  const [, first = ''] = report.out.split('## What this report does not cover');
  expect(first.trim()).toMatch(
    /^\*\*The gates of payment-approval ask by a changed pack, version 1\.1\.0 .*It leaves out SOX-01\. Otherwise than there stand SOX-02\. This report asks by that pack\./,
  );
  const status = await place.phasegate('compliance', 'status', '--standard', 'sox', ...config);
  expect(status.out).toContain('It leaves out SOX-01.');
  // In a house that does not name the pack, a report by it says so, too.
  const file = join(place.directory, 'sox.json');
  const preview = await place.phasegate('compliance', 'status', '--standard', file);
  expect(preview.out).toContain('This report, and no gate, asks by a changed pack');

  const trail = join(place.directory, 'trail.jsonl');
  await place.phasegate('audit', 'export', '--out', trail, ...config);
  const told = readFileSync(trail, 'utf8');
  expect(told).toContain('payment-approval/sox@1.1.0');
  expect(told).toContain('payment-approval/sox:SOX-01');
});

test('a check that gates are no longer asked is told by the list and in the trail', async () => {
  using place = openPlace();
  const reportOnly = ({ checks }: StandardPack): Partial<StandardPack> => ({
    checks: checks.map((check) =>
      check.id === 'SOX-01' ? { ...check, primitive: 'access.review' } : check,
    ),
  });
  const config = naming(place, [await packOf(place, reportOnly)]);
  const listed = await place.phasegate('policy', 'list', ...config);
  expect(listed.out).toContain('unsigned; gates no longer ask SOX-01; changes SOX-01');

  expect(await run(place, 't', config)).toMatchObject({ status: 'completed' });
  const trail = join(place.directory, 'trail.jsonl');
  await place.phasegate('audit', 'export', '--out', trail, ...config);
  expect(readFileSync(trail, 'utf8')).toContain('"ungated":"payment-approval/sox:SOX-01"');
});

test('no run goes on under an older pack, or without it, unless a person lets that hold', async () => {
  using place = openPlace();
  const newer = naming(place, [await packOf(place, () => ({ version: '1.2.0' }))]);
  expect(await run(place, 't1', newer)).toMatchObject({ status: 'completed' });
  const older = naming(place, [await packOf(place, () => ({}))]);
  expect(await run(place, 't2', older)).toMatchObject({ error: { code: 'APP_OLDER_POLICY' } });
  const none = naming(place, []);
  expect(await run(place, 't3', none)).toMatchObject({ error: { code: 'APP_MISSING_POLICY' } });
  const accept = ['policy', 'accept', '--reason', 'Back to what comes with it.', ...none];
  expect(await place.phasegate(...accept)).toMatchObject({ exitCode: 0 });
  expect(await run(place, 't4', none)).toMatchObject({ status: 'completed' });
});

test('a replay holds a newer pack against the one in force', async () => {
  using place = openPlace();
  const config = naming(place, [await packOf(place, weaker)]);
  expect(await run(place, 't', config)).toMatchObject({ status: 'completed' });
  const replayed = (file: string) => place.json('policy', 'replay', file, ...config);
  const inForce = await replayed(join(place.directory, 'sox.json'));
  expect(inForce).toMatchObject({ exitCode: 0, value: { decisions: 4, changed: [] } });
});

test.each([
  [
    'a version that is no newer',
    () => ({ version: '1.0.0' }),
    /sox\.json:\d+:14: version: .*above/,
  ],
  [
    'a check that finds no transition',
    ({ checks }: StandardPack) => ({
      checks: [
        ...checks,
        { id: 'OWN-01', controls: ['1'], primitive: 'pii.deident', parameters: {} },
      ],
    }),
    /sox\.json:\d+:5: checks\.\d+: .*no transition/,
  ],
  [
    'a parameter that is none',
    ({ checks }: StandardPack) => ({
      checks: checks.map((check) => ({ ...check, parameters: { none: 1 } })),
    }),
    /sox\.json:\d+:\d+: checks\.0\.parameters\.none: There is no such key/,
  ],
] as const)('%s is refused where it stands', async (_, change, told) => {
  using place = openPlace();
  const config = naming(place, [await packOf(place, change)]);
  const { exitCode, err } = await place.phasegate(...BEGIN, ...config);
  expect(err).toMatch(told);
  expect(exitCode).toBe(2);
});

test('a pack for a workflow that is misspelled, that it does not ask, or named twice, keeps runs from starting', async () => {
  using place = openPlace();
  const file = await packOf(place, () => ({}));
  const misspelled = naming(place, [file], { workflow: 'payment-aproval' });
  expect(await run(place, 't', misspelled)).toMatchObject({
    error: { code: 'APP_UNKNOWN_WORKFLOW' },
  });
  const off = naming(place, [file], { more: '[compliance]\nmode = "off"\n' });
  expect(await run(place, 't', off)).toMatchObject({ error: { code: 'APP_UNBOUND_STANDARD' } });
  const { exitCode, err } = await place.phasegate(...BEGIN, ...naming(place, [file, file]));
  expect(err).toContain('Another pack of this standard is named for "payment-approval".');
  expect(exitCode).toBe(2);
});

async function approvedBy(id: string, place: Place): Promise<string> {
  const dataDir = join(place.directory, 'data');
  const directory = join(place.directory, 'conf');
  await using app = await openApp({ directory, overrides: { dataDir } });
  const by: Principal = { id, kind: 'person', roles: [], authenticated: true, source: 'session' };
  const request = { thread: 't', kind: 'decision', answer: { decision: 'approve' } } as const;
  return (await answerThread(app, request, { by })).status;
}

test('a report tells the reasons why gates were not asked, and looks at the log as gates do', async () => {
  using place = openPlace();
  expect(await run(place, 't', naming(place, []))).toMatchObject({ status: 'completed' });
  const words = ['compliance', 'report', '--format', 'json', '--standard'];
  const controlsOf = async (standard: string) => {
    const { assessment } = JSON.parse((await place.phasegate(...words, standard)).out) as {
      readonly assessment: { readonly controls: readonly { readonly check: string }[] };
    };
    return new Map(assessment.controls.map((control) => [control.check, control]));
  };
  const fisma = await controlsOf('fisma');
  expect(fisma.get('FISMA-20')).toMatchObject({
    outcome: 'not-applicable',
    message: expect.stringContaining('No data are handed on as de-identified.') as string,
  });
  expect(fisma.get('FISMA-08')).toMatchObject({ outcome: 'satisfied' });
  expect(fisma.get('FISMA-12')).toMatchObject({
    predicate: expect.stringContaining('at least the days that you set') as string,
  });
  const sox = await controlsOf('sox');
  expect(sox.get('SOX-08')).toMatchObject({ outcome: 'satisfied' });
});
