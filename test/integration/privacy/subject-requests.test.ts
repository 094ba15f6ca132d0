import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { openApp, type App } from '../../../src/app/index.ts';
import { openPlace } from '../../../src/cli/fixtures/run-command.ts';
import { letterOf, writeLetter } from './people.ts';

const ADA = { person: 'p-17', name: 'Quillon Vantreese', ssn: '536-22-1234', topic: 'spring' };
const BOB = { person: 'p-18', name: 'Tamsin Orrelby', ssn: '536-22-9876', topic: 'autumn' };
let place: ReturnType<typeof openPlace>;
let dataDir: string;

beforeEach(async () => {
  place = openPlace();
  dataDir = join(place.directory, 'data');
  await withApp(async (app) => {
    await writeLetter(app, 'ada', ADA);
    await writeLetter(app, 'bob', BOB);
  });
});
afterEach(() => place[Symbol.dispose]());

async function withApp<Result>(work: (app: App) => Promise<Result>): Promise<Result> {
  await using app = await openApp({
    environment: {},
    workingDirectory: place.directory,
    overrides: { dataDir },
  });
  return await work(app);
}

/** Which files of the data folder hold a text. */
function holders(text: string, folder = dataDir): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

test('no file of the data folder holds a sensitive field, and the keys are for their owner alone', async () => {
  for (const text of [ADA.name, ADA.ssn, BOB.name]) expect(holders(text)).toEqual([]);
  expect(await withApp(async (app) => letterOf(app, 'ada'))).toMatchObject({
    greeting: 'Dear Quillon Vantreese (536-22-1234)',
  });
  expect(statSync(join(dataDir, 'audit.subjects.key')).mode & 0o777).toBe(0o600);
}, 60_000);

test('finds and exports what is held of a person, and of nobody else', async () => {
  const { value } = await place.json('privacy', 'find', 'p-17');
  expect(value).toMatchObject({
    key: 'present',
    threads: [{ thread: 'ada', workflow: 'people', sealed: 3 }],
  });
  const file = join(place.directory, 'export.json');
  expect((await place.json('privacy', 'export', 'p-17', '--out', file)).exitCode).toBe(0);
  const text = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  for (const own of [ADA.name, ADA.ssn]) expect(text).toContain(own);
  for (const other of [BOB.name, BOB.ssn]) expect(text).not.toContain(other);
  expect((await place.json('privacy', 'export', 'p-17', '--out', file)).exitCode).not.toBe(0);
}, 60_000);

test('keys that look like the one that is asked for are named, and stay untouched by its erasure', async () => {
  const other = { ...ADA, person: ' P-17', name: 'Marlow Quist' };
  await withApp(async (app) => writeLetter(app, 'other', other));
  const found = await place.json('privacy', 'find', 'p-17');
  expect(found.value).toMatchObject({ threads: [{ thread: 'ada' }], alike: [' P-17'] });
  expect((await place.phasegate('privacy', 'find', 'p-17')).out).toContain('- " P-17"');
  const unknown = await place.json('privacy', 'find', 'P-17');
  expect(unknown.value).toMatchObject({ key: 'none', alike: [' P-17', 'p-17'] });
  const erased = await place.json('privacy', 'erase', 'p-17', '--yes');
  expect(erased.value).toMatchObject({ outcome: 'erased', held: { alike: [' P-17'] } });
  expect(await withApp(async (app) => letterOf(app, 'other'))).toMatchObject({
    greeting: 'Dear Marlow Quist (536-22-1234)',
  });
}, 60_000);

test('erases a person for good: threads load, the chain verifies, a receipt is signed, copies made before stay shut', async () => {
  const exported = join(place.directory, 'before.jsonl');
  await place.phasegate('threads', 'export', 'ada', '--out', exported);
  const copied = join(place.directory, 'copy');
  cpSync(dataDir, copied, { recursive: true });
  const receipt = join(place.directory, 'receipt.json');
  const { exitCode, value } = await place.json(
    'privacy',
    'erase',
    'p-17',
    '--yes',
    '--receipt',
    receipt,
  );
  expect(exitCode).toBe(0);
  expect(value).toMatchObject({ outcome: 'erased', held: { outOfReach: expect.any(Array) } });
  await withApp(async (app) => {
    expect(await letterOf(app, 'ada')).toEqual({
      person: 'p-17',
      greeting: '[erased]',
      topic: 'spring',
    });
    expect(await letterOf(app, 'bob')).toMatchObject({
      greeting: 'Dear Tamsin Orrelby (536-22-9876)',
    });
  });
  const key = join(dataDir, 'audit.key.pub');
  expect((await place.json('audit', 'verify', '--key', key)).exitCode).toBe(0);
  expect((await place.json('audit', 'verify', '--receipt', receipt, '--key', key)).exitCode).toBe(
    0,
  );
  // The thread as it was exported before, and a copy of the state with the keys of today.
  expect((await place.phasegate('threads', 'import', exported, '--replace')).exitCode).toBe(0);
  await withApp(async (app) => {
    expect(await letterOf(app, 'ada')).toMatchObject({ greeting: '[erased]' });
  });
  for (const name of ['state.db', 'state.db-wal', 'state.db-shm']) {
    if (existsSync(join(copied, name))) copyFileSync(join(copied, name), join(dataDir, name));
  }
  await withApp(async (app) => {
    expect(await letterOf(app, 'ada')).toMatchObject({ greeting: '[erased]' });
  });
}, 120_000);

test('a second erasure says so, and an unknown person is an error', async () => {
  await place.json('privacy', 'erase', 'p-17', '--yes');
  const again = await place.json('privacy', 'erase', 'p-17', '--yes');
  expect(again.value).toMatchObject({ outcome: 'already-erased', held: { key: 'erased' } });
  const unknown = await place.json('privacy', 'erase', 'p-99', '--yes');
  expect(unknown.value).toMatchObject({ error: { code: 'APP_UNKNOWN_SUBJECT' } });
  expect((await place.json('privacy', 'find', 'p-99')).value).toMatchObject({
    key: 'none',
    threads: [],
  });
  expect((await place.phasegate('privacy', 'erase', 'p-18')).exitCode).toBe(2);
  expect((await place.json('privacy', 'find', 'p-18')).value).toMatchObject({ key: 'present' });
}, 60_000);

test.each(['before-commit', 'before-scrub'])(
  'a process killed %s leaves an erasure that happened or did not, and the next one ends it',
  async (where) => {
    const script = fileURLToPath(new URL('erase-and-die.ts', import.meta.url));
    const words = ['--import', 'tsx', script, dataDir, 'p-17', where];
    const { signal, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
    const { value } = await place.json('privacy', 'erase', 'p-17', '--yes');
    const outcome = where === 'before-commit' ? 'erased' : 'already-erased';
    expect(value).toMatchObject({ outcome });
    await withApp(async (app) => {
      expect(await letterOf(app, 'ada')).toMatchObject({ greeting: '[erased]' });
    });
    const key = join(dataDir, 'audit.key.pub');
    expect((await place.json('audit', 'verify', '--key', key)).exitCode).toBe(0);
  },
  120_000,
);
