import { execFile, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import { bin, openPlace, openSilentServer, WHOLE_BRIEF } from './phasegate.ts';

const run = ['run', 'email-campaign', '--input', WHOLE_BRIEF] as const;

test('a dead tracing server neither slows a run much nor holds its end', async () => {
  using place = openPlace();
  await using server = await openSilentServer();
  const plain = await place.run(...run, '--approve-as', 'ci');
  const traced = await place.start([...run, '--approve-as', 'ci'], {
    LANGSMITH_TRACING: 'true',
    LANGSMITH_API_KEY: 'not-a-real-key',
    LANGSMITH_ENDPOINT: server.url,
  }).ended;
  expect(traced).toMatchObject({ code: 0 });
  // The flush at the end is bounded by 3 seconds; the rest allows for a busy machine.
  expect(traced.ms).toBeLessThan(4 * plain.ms + 30_000);
});

test('a reader that closes the pipe ends output, and not the run', async () => {
  using place = openPlace();
  const { ended } = place.follow(
    spawn(
      'sh',
      [
        '-c',
        `"$0" "$@" | head -n 1`,
        process.execPath,
        bin,
        ...run,
        '--thread',
        'cut',
        '--approve-as',
        'ci',
      ],
      {
        cwd: place.directory,
      },
    ),
  );
  const { out, err } = await ended;
  expect(out.split('\n')).toHaveLength(2);
  expect(err).toBe('');
  expect(JSON.parse((await place.run('show', 'cut', '--json')).out)).toMatchObject({
    status: 'completed',
  });
});

test('a version is printed without loading what a run needs', async () => {
  const { stderr, stdout } = await promisify(execFile)(process.execPath, [bin, '--version'], {
    env: { ...process.env, NODE_DEBUG: 'esm' },
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(stderr).toContain('commander');
  const heavy = /node_modules\/(@langchain|@clack|libsql|pino|react|listr2|zod)/;
  expect(heavy.exec(stderr)?.[0]).toBeUndefined();
});

describe('a data folder that cannot be used', () => {
  test('is not touched when its database is corrupt, and the way out is said', async () => {
    using place = openPlace();
    mkdirSync(join(place.directory, '.phasegate'));
    const file = join(place.directory, '.phasegate/state.db');
    writeFileSync(file, Buffer.alloc(8192, 'garbage'));
    const { code, err } = await place.run(...run);
    expect(code).toBe(2);
    expect(err).toContain('restore a backup');
    expect(readFileSync(file).equals(Buffer.alloc(8192, 'garbage'))).toBe(true);
  });

  test('is named when it is a file', async () => {
    using place = openPlace();
    writeFileSync(join(place.directory, 'taken'), '');
    const { code, err } = await place.run(...run, '--data-dir', 'taken/below');
    expect(code).toBe(2);
    expect(err).toContain('Name another data directory');
  });

  test('is named when it cannot be written', async () => {
    using place = openPlace();
    const folder = join(place.directory, 'locked');
    mkdirSync(folder, { mode: 0o500 });
    // Root may write everywhere but into the kernel's own folders.
    const target = process.getuid?.() === 0 ? '/sys/phasegate' : folder;
    const { code, err } = await place.run(...run, '--data-dir', target);
    chmodSync(folder, 0o700);
    expect(code).toBe(2);
    expect(err).toContain('data directory');
  });
});

test(
  'a disk that fills up ends the run with 1, and what was kept goes on with more room',
  { timeout: 240_000 },
  async () => {
    using place = openPlace();
    expect(await place.run(...run, '--thread', 'full')).toMatchObject({ code: 3 });
    // A limit on the size of files is what a full disk looks like to SQLite; SIGXFSZ ignored, writes fail with EFBIG.
    const limited = `trap '' XFSZ; ulimit -f 64; exec "$0" "$@"`;
    const { ended } = place.follow(
      spawn(
        'bash',
        ['-c', limited, process.execPath, bin, ...run, '--thread', 'other', '--approve-as', 'ci'],
        {
          cwd: place.directory,
        },
      ),
    );
    const { code, err } = await ended;
    expect(code).toBe(1);
    expect(err).toMatch(/STORAGE_(FULL|IO)/);
    expect(err).toContain('run the same command again');
    expect(await place.run('approve', 'full')).toMatchObject({ code: 0 });
    expect(await place.run(...run, '--thread', 'other', '--approve-as', 'ci')).toMatchObject({
      code: 0,
    });
  },
);
