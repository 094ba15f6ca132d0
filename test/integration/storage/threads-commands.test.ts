import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import {
  startRedis,
  type RedisServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { openPlace, WHOLE_BRIEF } from '../../../src/cli/fixtures/run-command.ts';

const [place, elsewhere] = [openPlace(), openPlace()];
const file = join(place.directory, 'spring.jsonl');
let server: RedisServer;

afterAll(async () => {
  place[Symbol.dispose]();
  elsewhere[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

beforeAll(async () => {
  server = await startRedis('--appendonly', 'no');
  const words = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'spring'];
  await place.phasegate(...words);
  // Another data folder with the same key, and nothing else.
  mkdirSync(join(elsewhere.directory, 'data'), { mode: 0o700 });
  const key = (from: string): string => join(from, 'data', 'seal.key');
  copyFileSync(key(place.directory), key(elsewhere.directory));
});

describe('threads export and import', () => {
  test('moves a thread that waits, and it goes on in the other folder', async () => {
    expect(await place.phasegate('threads', 'export', 'spring', '--out', file)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('spring.jsonl'),
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { exitCode, value } = await elsewhere.json('threads', 'import', file);
    expect(exitCode).toBe(0);
    expect(value).toMatchObject({
      thread: 'spring',
      from: 'spring',
      workflow: 'email-campaign',
      isUsable: true,
    });
    const { value: listed } = await elsewhere.json('threads');
    expect(listed).toMatchObject({ threads: [{ thread: 'spring', status: 'waiting' }] });
    expect(await elsewhere.phasegate('approve', 'spring')).toMatchObject({ exitCode: 0 });
  });

  test('refuses to take the place of a thread, unless that is asked for', async () => {
    const { exitCode, value } = await elsewhere.json('threads', 'import', file);
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({ error: { code: 'STORAGE_THREAD_EXISTS' } });
    expect(await elsewhere.phasegate('threads', 'import', file, '--replace')).toMatchObject({
      exitCode: 0,
    });
  });

  test('says that the workflow will not go on under another name, and it does not', async () => {
    const words = ['threads', 'import', file, '--thread', 'summer'];
    const { out, exitCode } = await elsewhere.phasegate(...words);
    expect(exitCode).toBe(0);
    expect(out).toContain('import it as "spring"');
    const { value } = await elsewhere.json('show', 'summer');
    expect(value).toMatchObject({ error: { code: 'WORKFLOW_UNREADABLE_STATE' } });
  });

  test('refuses a changed file and names its line', async () => {
    const lines = readFileSync(file, 'utf8').split('\n');
    const changed = join(place.directory, 'changed.jsonl');
    const [first = '', second = '', ...rest] = lines;
    // One letter well within the last text of the line, whatever it is.
    const at = second.lastIndexOf('"') - 6;
    const letter = second.at(at) === 'A' ? 'B' : 'A';
    const edited = `${second.slice(0, at)}${letter}${second.slice(at + 1)}`;
    writeFileSync(changed, [first, edited, ...rest].join('\n'));
    const { exitCode, value } = await elsewhere.json('threads', 'import', changed, '--replace');
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({
      error: { code: 'STORAGE_THREAD_FILE', message: expect.stringContaining('Line 2') },
    });
  });

  test('refuses what it cannot read, write or show, with a way out', async () => {
    const { value } = await place.json('threads', 'import', join(place.directory, 'none'));
    expect(value).toMatchObject({ error: { code: 'APP_UNREADABLE_FILE' } });
    const into = join(place.directory, 'none', 'file');
    const { value: unwritten } = await place.json('threads', 'export', 'spring', '--out', into);
    expect(unwritten).toMatchObject({ error: { code: 'CLI_UNWRITABLE_FILE' } });
    expect((await place.json('threads', 'export', 'spring')).value).toMatchObject({
      error: { code: 'CLI_USAGE' },
    });
    const nobodys = join(place.directory, 'nobody.jsonl');
    expect((await place.json('threads', 'export', 'nobody', '--out', nobodys)).value).toMatchObject(
      { error: { code: 'APP_UNKNOWN_THREAD' } },
    );
    expect(existsSync(nobodys)).toBe(false);
  });

  test('moves a thread to Redis and back', async () => {
    const words = ['--redis', server.url];
    expect((await place.json('threads', 'import', file, ...words)).exitCode).toBe(0);
    // Whoever works on that server finds it there.
    const key = readFileSync(join(place.directory, 'data', 'seal.key')).toString('hex');
    vi.stubEnv('REDIS_URL', server.url);
    vi.stubEnv('PHASEGATE_SEAL_KEY', key);
    const shown = await place.phasegate('show', 'spring');
    vi.unstubAllEnvs();
    expect(shown).toMatchObject({ exitCode: 0 });
    expect(shown.out).toContain('phasegate approve spring');
    const pruning = ['threads', 'prune', 'spring', '--keep', '1'];
    const { value: there } = await place.json(...pruning, '--dry-run', ...words);
    const { value: here } = await place.json(...pruning, '--dry-run');
    expect(there).toMatchObject({ threads: [{ thread: 'spring' }] });
    expect(there).toEqual(here);
    expect(
      (await place.phasegate('threads', 'prune', 'nobody', '--heads', ...words)).err,
    ).toContain('There is no thread "nobody"');
    const back = join(place.directory, 'back.jsonl');
    await place.phasegate('threads', 'export', 'spring', '--out', back, ...words);
    expect((await place.json(...pruning, ...words)).exitCode).toBe(0);
    const { value } = await place.json('threads', 'import', back, '--replace');
    expect(value).toMatchObject({ thread: 'spring', workflow: 'email-campaign' });
    expect((await place.phasegate('show', 'spring')).out).toContain('phasegate approve spring');
  });
});

describe('threads prune', () => {
  const history = async (): Promise<number> => {
    const { value } = await place.json('history', 'spring');
    return (value as { checkpoints: readonly unknown[] }).checkpoints.length;
  };

  test('says what would go, removes it, and the run goes on', async () => {
    const before = await history();
    const words = ['threads', 'prune', 'spring', '--keep', '2'];
    const { value } = await place.json(...words, '--dry-run');
    expect(value).toMatchObject({ dryRun: true, threads: [{ checkpoints: before - 2 }] });
    expect(await history()).toBe(before);
    expect((await place.phasegate(...words)).out).toContain(`${before - 2} checkpoints`);
    expect(await history()).toBe(2);
    expect(await place.phasegate('approve', 'spring')).toMatchObject({ exitCode: 0 });
  });

  test('removes nothing young from any thread', async () => {
    const before = await history();
    const { value } = await place.json('threads', 'prune', '--all', '--older-than', '30d');
    expect(value).toMatchObject({ threads: [{ thread: 'spring', checkpoints: 0 }] });
    expect(await history()).toBe(before);
  });

  test.each([
    [[]],
    [['spring']],
    [['spring', '--all', '--heads']],
    [['spring', '--keep', '0']],
    [['spring', '--keep', '2', '--heads']],
    [['spring', '--older-than', 'May']],
  ])('refuses to guess what is meant by %j', async (words) => {
    const { exitCode, value } = await place.json('threads', 'prune', ...words);
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({ error: { code: 'CLI_USAGE' } });
  });
});
