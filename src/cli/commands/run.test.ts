import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { command, CONTRADICTORY_BRIEF, openPlace, WHOLE_BRIEF } from '../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());
const run = ['run', 'email-campaign', '--input'] as const;

function pipeIn(folder: string): string {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  return pipe;
}

test('completes, shows each phase and gate, and writes files that parse', async () => {
  const out = join(place.directory, 'campaign');
  const outcome = await place.phasegate(
    ...run,
    WHOLE_BRIEF,
    '--thread',
    'whole',
    '--approve-as',
    'nightly',
    '--out',
    out,
  );
  expect(outcome).toMatchObject({ exitCode: 0, err: '' });
  const shown = [
    'phase requirements: started',
    'gate strategy → confirmation: open',
    '✔ Completed',
  ];
  for (const line of shown) expect(outcome.out).toContain(line);
  expect(outcome.out).toContain('script "nightly" (no person decided)');
  expect(() => JSON.parse(readFileSync(join(out, 'campaign.json'), 'utf8'))).not.toThrow();
});

test('obeys no escape sequence in its arguments, and shows none', async () => {
  const escape = '\u001B]0;owned\u0007\u009B2J';
  const brief = place.file(`brief${escape}.md`, readFileSync(WHOLE_BRIEF));
  const outcomes = [
    await place.phasegate(...run, brief, '--thread', 'escaped', '--approve-as', 'ci'),
    await place.phasegate(...run, brief, '--thread', 'named', '--approve-as', `ci${escape}`),
    await place.phasegate(...run, brief, '--model', `m${escape}`),
    await place.phasegate(...run, brief, '--thread', `t${escape}`),
    await place.phasegate(...run, `none${escape}`),
    await place.phasegate(...run, brief, '--out', join(place.directory, `out${escape}`)),
    await place.phasegate('show', `t${escape}`),
    await place.phasegate('threads', '--status', `s${escape}`),
    await place.phasegate('threads', '--config', `c${escape}`),
    await place.phasegate(`x${escape}`),
    await place.phasegate('run', `x${escape}`, '--input', brief),
  ];
  for (const { out, err } of outcomes) expect(out + err).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(outcomes[0]?.exitCode).toBe(0);
  // A name that nobody can read is nobody's.
  expect(outcomes[1]?.exitCode).toBe(2);
});

test('reports a completed run again, and writes its files again', async () => {
  const again = await place.json(...run, WHOLE_BRIEF, '--thread', 'whole');
  expect(again).toMatchObject({ exitCode: 0, value: { status: 'completed', phase: 'completed' } });
  const { files } = again.value as { files: readonly string[] };
  expect(files.length).toBeGreaterThan(3);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

test('prints one JSON object and nothing else with --json', async () => {
  const { exitCode, out, value } = await place.json(...run, WHOLE_BRIEF, '--thread', 'json');
  expect(exitCode).toBe(3);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(value).toMatchObject({
    thread: 'json',
    workflow: 'email-campaign',
    status: 'waiting',
    phase: 'confirmation',
    artifacts: { requirements: {}, strategy: {} },
    interrupt: { value: { phasegate: { kind: 'decision' } } },
    verdicts: [
      { from: 'requirements', to: 'strategy', outcome: 'allow' },
      { from: 'strategy', to: 'confirmation', outcome: 'allow' },
    ],
  });
});

test('records a script that approves as a script', async () => {
  const { value } = await place.json('show', 'whole');
  expect(value).toMatchObject({
    approvals: [{ by: { id: 'nightly', kind: 'script', authenticated: false, source: 'script' } }],
  });
});

test('stops at questions whatever a script approves, and says why', async () => {
  const { exitCode, value } = await place.json(
    ...run,
    CONTRADICTORY_BRIEF,
    '--thread',
    'torn',
    '--approve-as',
    'nightly',
  );
  expect(exitCode).toBe(3);
  expect(value).toMatchObject({
    status: 'waiting',
    phase: 'requirements',
    interrupt: { value: { phasegate: { kind: 'questions' } } },
    verdicts: [{ from: 'requirements', outcome: 'ask' }],
  });
});

test('makes a name for a thread that has none, and says how to go on', async () => {
  const { out } = await place.phasegate(...run, WHOLE_BRIEF);
  const [, thread] = /thread ([a-z]+-[a-z]+-[a-z0-9]{4}),/.exec(out) ?? [];
  expect(out).toContain(`phasegate approve ${thread} --data-dir ${join(place.directory, 'data')}`);
});

describe('refuses, with exit code 2 and a way out:', () => {
  const big = 'x'.repeat(2 * 1024 * 1024);
  test.each([
    ['an input that does not exist', () => join(place.directory, 'none.md'), 'does not exist'],
    ['a folder', () => place.directory, 'is a folder'],
    ['a device that never ends', () => '/dev/zero', 'is no regular file'],
    ['a pipe that nobody writes into', () => pipeIn(place.directory), 'is no regular file'],
    ['an empty file', () => place.file('empty.md', ''), 'is empty'],
    ['white space', () => place.file('blank.md', ' \n\t\n'), 'white space'],
    ['a binary file', () => place.file('b.bin', Uint8Array.of(7, 0, 255, 0)), 'is binary'],
    ['2 MiB', () => place.file('big.md', big), 'larger than 1 MiB'],
    ['invalid UTF-8', () => place.file('latin.md', Uint8Array.of(72, 228, 116)), 'is not UTF-8'],
  ])('%s', async (_, file, problem) => {
    const { exitCode, err, out } = await place.phasegate(...run, file());
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(problem);
    expect(err).toMatch(/→ \w+/);
  });

  test.each([
    ['an unknown workflow', ['run', 'email', '--input', WHOLE_BRIEF], 'APP_UNKNOWN_WORKFLOW'],
    ['an unknown model', [...run, WHOLE_BRIEF, '--model', 'nobody'], 'CONFIG_UNKNOWN_MODEL'],
    [
      'a model without its key',
      [...run, WHOLE_BRIEF, '--model', 'azure-mini'],
      'CONFIG_VARIABLE_MISSING',
    ],
    [
      'a name that can be no thread',
      [...run, WHOLE_BRIEF, '--thread', '../x'],
      'STORAGE_INVALID_THREAD_ID',
    ],
    [
      'other input on a run under way',
      [...run, CONTRADICTORY_BRIEF, '--thread', 'json'],
      'APP_THREAD_MISMATCH',
    ],
    ['an unknown log level', [...run, WHOLE_BRIEF, '--log-level', 'loud'], 'CONFIG_INVALID'],
    ['a script without a name', [...run, WHOLE_BRIEF, '--approve-as', ' '], 'CLI_USAGE'],
  ])('%s', async (_, words, code) => {
    const { exitCode, value } = await place.json(...words);
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({ status: 'error', error: { code } });
  });

  test('a script under a name that cannot be read, before anything runs', async () => {
    const words = [...run, WHOLE_BRIEF, '--approve-as', 'ro\u200bot'] as const;
    const { exitCode, out, err } = await place.phasegate(...words);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('The name after --approve-as');
  });

  test('and begins nothing with a banner', async () => {
    const words = [...run, CONTRADICTORY_BRIEF, '--thread', 'json'] as const;
    const { exitCode, out, err } = await place.phasegate(...words);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('has a run from other input under way');
  });

  test('a folder for files that is a file', async () => {
    const out = join(place.file('taken', ''), 'below');
    const words = [...run, WHOLE_BRIEF, '--thread', 'whole', '--out', out] as const;
    expect(await place.phasegate(...words)).toMatchObject({ exitCode: 2 });
  });

  // The administrator may write everywhere but in the kernel's own tree.
  test('a folder for files that can never be', async () => {
    const words = [...run, WHOLE_BRIEF, '--thread', 'nowhere', '--out', '/proc/phasegate'] as const;
    const { exitCode, out, err } = await place.phasegate(...words);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('where nothing can be written: /proc/phasegate (ENOENT)');
    expect(err).toContain('→ Name a folder that this user may write to');
    expect(existsSync('/proc/phasegate')).toBe(false);
  });
});

describe('a data folder that can never be made', () => {
  test.each([
    [['run', 'email-campaign', '--input', WHOLE_BRIEF]],
    [['threads']],
    [['plugins', 'list']],
    [['policy', 'waivers']],
    [['compliance', 'report', '--standard', 'gdpr']],
    [['privacy', 'find', 'anna']],
  ])('is refused by %j, with exit code 2 and a way out', async (words) => {
    const { exitCode, err } = await command([...words, '--data-dir', '/proc/phasegate']);
    expect({ exitCode, err }).toEqual({
      exitCode: 2,
      err: expect.stringMatching(/\/proc\/phasegate.*\n {2}→ /),
    });
  });
});

test('a folder holds the files of one campaign, and what others put there', async () => {
  const out = place.file('out-file', '');
  const refused = await place.phasegate(...run, WHOLE_BRIEF, '--out', out);
  expect(refused).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('--out names a file'),
  });
  expect(refused.out).not.toContain('phase requirements');

  const folder = join(place.directory, 'one-folder');
  const words = ['--thread', 'twice', '--approve-as', 'ci', '--out', folder] as const;
  expect(await place.phasegate(...run, WHOLE_BRIEF, ...words)).toMatchObject({ err: '' });
  const note = join(folder, 'notes.txt');
  writeFileSync(note, 'mine');
  const brief = readFileSync(WHOLE_BRIEF, 'utf8');
  const fewer = place.file('one.md', `${brief}\n\nEmails: one\n`);
  const again = await place.phasegate(...run, fewer, ...words);
  expect(again).toMatchObject({ exitCode: 0 });
  expect(again.err).toContain('has ended a run from other input');
  const manifest = JSON.parse(readFileSync(join(folder, 'campaign.json'), 'utf8')) as {
    emails: readonly { files: Record<string, string> }[];
  };
  const listed = manifest.emails.flatMap(({ files }) => Object.values(files));
  expect(readdirSync(folder).toSorted()).toEqual(
    [...listed, '.phasegate-files.json', 'campaign.json', 'notes.txt'].toSorted(),
  );
});

describe('a folder for the files that holds something of somebody else', () => {
  test('such as links leads nothing to other places', async () => {
    const folder = mkdtempSync(join(place.directory, 'links-'));
    const elsewhere = mkdtempSync(join(place.directory, 'elsewhere-'));
    const theirs = join(elsewhere, 'file');
    writeFileSync(theirs, 'theirs');
    symlinkSync(theirs, join(folder, 'campaign.json.phasegate-part'));
    symlinkSync(join(elsewhere, 'new'), join(folder, '.phasegate-files.json'));
    symlinkSync(join(elsewhere, 'another'), join(folder, 'step-1-segment-1.eml'));
    const words = [...run, WHOLE_BRIEF, '--thread', 'links', '--approve-as', 'ci', '--out'];
    expect(await place.phasegate(...words, folder)).toMatchObject({ exitCode: 0 });
    expect(readdirSync(elsewhere)).toEqual(['file']);
    expect(readFileSync(theirs, 'utf8')).toBe('theirs');
    expect(existsSync(join(folder, 'campaign.json'))).toBe(true);
  });

  test('under one of their names is not touched; the run is kept, and goes on elsewhere', async () => {
    const folder = mkdtempSync(join(place.directory, 'foreign-'));
    writeFileSync(join(folder, 'campaign.json'), '{"mine":true}');
    const words = [...run, WHOLE_BRIEF, '--thread', 'foreign', '--approve-as', 'ci', '--out'];
    const { exitCode, value } = await place.json(...words, folder);
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({
      error: { code: 'APP_OUTPUT_TAKEN', message: expect.stringContaining('campaign.json') },
    });
    expect(readdirSync(folder)).toEqual(['campaign.json']);
    expect(readFileSync(join(folder, 'campaign.json'), 'utf8')).toBe('{"mine":true}');
    const elsewhere = join(folder, 'new');
    expect(await place.phasegate(...words, elsewhere)).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(elsewhere, 'campaign.json'))).toBe(true);
  });

  test('in a file of an earlier run, changed by hand, is not touched either', async () => {
    const folder = join(place.directory, 'by-hand');
    const words = [
      ...run,
      WHOLE_BRIEF,
      '--thread',
      'by-hand',
      '--approve-as',
      'ci',
      '--out',
      folder,
    ];
    const first = await place.json(...words);
    const [file = ''] = (first.value as { files: readonly string[] }).files;
    const content = readFileSync(file, 'utf8');
    writeFileSync(file, 'a better text');
    expect(await place.json(...words)).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'APP_OUTPUT_TAKEN' } },
    });
    expect(readFileSync(file, 'utf8')).toBe('a better text');
    writeFileSync(file, content);
    expect(await place.phasegate(...words)).toMatchObject({ exitCode: 0 });
  });
});
