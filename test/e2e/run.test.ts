import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openPlace, WHOLE_BRIEF } from './phasegate.ts';

const run = ['run', 'email-campaign', '--input', WHOLE_BRIEF] as const;

function contents(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder).map((name) => {
    const bytes = readFileSync(join(folder, name));
    return [name, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(files);
}

test('a brief becomes a campaign: stopped for a person, approved in another process, written to files', async () => {
  using place = openPlace();
  const first = await place.run(...run, '--thread', 'spring');
  expect(first).toMatchObject({ code: 3, err: '' });
  expect(first.out).toContain('approve spring');
  const second = await place.run('approve', 'spring');
  expect(second).toMatchObject({ code: 0, err: '' });
  const folder = join(place.directory, '.phasegate/output/spring');
  const names = readdirSync(folder);
  expect(new Set(names.map((name) => name.split('.').at(-1)))).toEqual(
    new Set(['eml', 'html', 'txt', 'json']),
  );
  const campaign: unknown = JSON.parse(readFileSync(join(folder, 'campaign.json'), 'utf8'));
  expect(campaign).toBeTypeOf('object');
  for (const name of names.filter((file) => file.endsWith('.eml'))) {
    expect(readFileSync(join(folder, name), 'utf8')).toMatch(/^List-Unsubscribe:/m);
  }
});

test('the same brief gives the same files on another thread, in another folder', async () => {
  using one = openPlace();
  using other = openPlace();
  for (const [place, thread] of [
    [one, 'a'],
    [other, 'b'],
  ] as const) {
    const ended = await place.run(
      ...run,
      '--thread',
      thread,
      '--approve-as',
      'ci',
      '--out',
      'files',
    );
    expect(ended).toMatchObject({ code: 0 });
  }
  expect(contents(join(one.directory, 'files'))).toEqual(contents(join(other.directory, 'files')));
});

test('with --json, standard output is one JSON object and standard error is quiet', async () => {
  using place = openPlace();
  const { code, out, err } = await place.run(...run, '--json', '--approve-as', 'ci');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ status: 'completed', workflow: 'email-campaign' });
});

test('the log goes to standard error as JSON lines, correlated, and is quiet by default', async () => {
  using place = openPlace();
  const { out, err } = await place.run(
    ...run,
    '--thread',
    'logged',
    '--log-level',
    'info',
    '--approve-as',
    'ci',
  );
  const lines = err
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toContainEqual(
    expect.objectContaining({
      event: 'phase-started',
      thread: 'logged',
      phase: 'strategy',
      attempt: 1,
    }),
  );
  expect(lines.find(({ phase }) => phase === 'strategy')).toHaveProperty('run');
  expect(out).not.toContain('"event"');
});
