import { chmodSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { openPlace, WHOLE_BRIEF } from '../../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

test('taking in, replacing and pruning a thread are recorded, and denied where they cannot be', async () => {
  const run = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'spring'];
  await place.phasegate(...run, '--approve-as', 'job');
  const file = join(place.directory, 'spring.jsonl');
  await place.phasegate('threads', 'export', 'spring', '--out', file);
  const before = readFileSync(file, 'utf8');
  const again = await place.phasegate('threads', 'export', 'spring', '--out', file);
  expect(again).toMatchObject({ exitCode: 2, err: expect.stringContaining('EEXIST') });
  expect(readFileSync(file, 'utf8')).toBe(before);
  const replace = ['threads', 'import', file, '--replace'];
  const prune = ['threads', 'prune', 'spring', '--keep', '2'];
  expect(await place.phasegate(...replace)).toMatchObject({ exitCode: 0 });
  expect(await place.phasegate(...prune)).toMatchObject({ exitCode: 0 });
  const { out } = await place.phasegate('audit', 'export', '--thread', 'spring');
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  expect(out).toMatch(new RegExp(`"input":"${digest}"[^\\n]*"target":"thread \\(replace\\)"`));
  expect(out).toMatch(/"checkpoints":[1-9][^\n]*"target":"thread \(prune\)"/);

  // What was refused is told as refused, and does not stay pending.
  const taken = await place.json('threads', 'import', file);
  expect(taken.value).toMatchObject({ error: { code: 'STORAGE_THREAD_EXISTS' } });
  const shown = (await place.json('audit', 'show', 'spring')).value;
  const { entries } = shown as { entries: readonly { entry: { event: object } }[] };
  const events = entries.map(({ entry }) => entry.event);
  const told = { kind: 'effect', target: 'thread (import)', input: digest };
  expect(events.slice(-2)).toMatchObject([
    { ...told, outcome: 'pending' },
    { ...told, outcome: 'refused' },
  ]);

  // A key that others may read is not used, so that nothing can be recorded.
  chmodSync(join(place.directory, 'data', 'audit.key'), 0o644);
  for (const words of [replace, ['threads', 'prune', 'spring', '--keep', '1']]) {
    const { exitCode, value } = await place.json(...words);
    expect(exitCode).not.toBe(0);
    expect(value).toMatchObject({ error: { code: 'AUDIT_KEY_EXPOSED' } });
  }
});
