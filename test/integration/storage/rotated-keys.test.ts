import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { openPlace, WHOLE_BRIEF, type Outcome } from '../../../src/cli/fixtures/run-command.ts';
import {
  startRedis,
  type RedisServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { stateKeyId } from '../../../src/storage/index.ts';

const SLOW = { timeout: 240_000 };
const OLD = '5e'.repeat(31) + '01';
const YOUNG = '5e'.repeat(31) + '02';
const SEAL_KEY = '5e'.repeat(31) + '03';
const idOf = (key: string): string => stateKeyId(Buffer.from(key, 'hex'));

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => server[Symbol.asyncDispose]());

/** Commands in a place of their own, each with the keys of the state that it is to know. */
function openKeyed(url: () => string) {
  const place = openPlace();
  const settings = (active: string, keys: Readonly<Record<string, string>>): string =>
    [
      `seal_key = "${SEAL_KEY}"`,
      '[storage]',
      `url = "${url()}"`,
      'key_prefix = "rotated:"',
      'command_timeout_ms = 60_000',
      'encrypt = true',
      ...(active === '' ? [] : [`active_key = "${active}"`, '[storage.keys]']),
      ...Object.entries(keys).map(([name, key]) => `${name} = "${key}"`),
    ].join('\n');
  return {
    [Symbol.dispose]: () => place[Symbol.dispose](),
    file: join(place.directory, 'spring.jsonl'),
    /** Runs a command that writes with the key `active` and reads with all of `keys`. */
    by:
      (active: string, keys: Readonly<Record<string, string>>) =>
      async (...words: readonly string[]): Promise<Outcome & { readonly value: unknown }> => {
        place.file('default.toml', settings(active, keys));
        return place.json(...words, '--config', place.directory);
      },
  };
}

function run(thread: string): readonly string[] {
  return ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', thread];
}
const refusalOf = (key: string): unknown => ({
  error: {
    code: 'STORAGE_UNKNOWN_STATE_KEY',
    message: expect.stringContaining(`"${idOf(key)}"`),
    hint: expect.stringContaining('[storage.keys]'),
  },
});

test.each([
  ['SQLite', (): string => ''],
  ['Redis', (): string => server.url],
] as const)(
  '%s: a run begun under one key goes on under the next, as long as the old one can read',
  SLOW,
  async (_name, url) => {
    using keyed = openKeyed(url);
    const withOld = keyed.by('old', { old: OLD });
    const withBoth = keyed.by('young', { old: OLD, young: YOUNG });
    const withYoung = keyed.by('young', { young: YOUNG });
    expect(await withOld(...run('spring'))).toMatchObject({
      exitCode: 3,
      value: { status: 'waiting' },
    });
    expect(await withYoung('show', 'spring')).toMatchObject({ value: refusalOf(OLD) });
    expect(await withYoung('approve', 'spring')).toMatchObject({ value: refusalOf(OLD) });
    const { value: findings } = await withBoth('doctor');
    expect(JSON.stringify(findings)).toContain(
      `\\"young\\" (id ${idOf(YOUNG)}) is active; \\"old\\" (id ${idOf(OLD)}) for reading`,
    );
    expect(await withBoth('approve', 'spring')).toMatchObject({
      exitCode: 0,
      value: { status: 'completed' },
    });
    // What was put last needs the young key alone; whoever only knows the old one is told which is missing.
    expect(await withOld('show', 'spring')).toMatchObject({ value: refusalOf(YOUNG) });
    // An export and its import seal everything anew: the old key can go.
    await withBoth('threads', 'export', 'spring', '--out', keyed.file);
    expect(await withBoth('threads', 'import', keyed.file, '--replace')).toMatchObject({
      exitCode: 0,
    });
    expect(await withYoung('show', 'spring')).toMatchObject({ value: { status: 'completed' } });
    expect(await withYoung('history', 'spring')).toMatchObject({ exitCode: 0 });
  },
);

test(
  'state of the sealing key is read under a key of its own where both are named',
  SLOW,
  async () => {
    using keyed = openKeyed(() => server.url);
    expect(await keyed.by('', {})(...run('summer'))).toMatchObject({ exitCode: 3 });
    const alone = keyed.by('young', { young: YOUNG });
    expect(await alone('show', 'summer')).toMatchObject({ value: refusalOf(SEAL_KEY) });
    const both = keyed.by('young', { young: YOUNG, sealing: SEAL_KEY });
    expect(await both('approve', 'summer')).toMatchObject({ exitCode: 0 });
  },
);
