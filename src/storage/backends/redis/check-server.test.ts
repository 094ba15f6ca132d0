import { expect, test } from 'vitest';

import { silentLogger, type Facts, type Logger } from '../../../kernel/index.ts';
import { checkServer, type ServerFacts } from './check-server.ts';
import type { Client } from './client.ts';
import { startRedis, type RedisServer } from './fixtures/redis-server.ts';
import { openRedisStorage } from './index.ts';

const SOUND = { redis_version: '7.2.0', maxmemory_policy: 'noeviction', aof_enabled: '1' };

/** What is made of servers that say this of themselves, and what is warned of. */
async function checked(
  infos: readonly Readonly<Record<string, string>>[],
  {
    mode = 'single',
    appendfsync = 'everysec',
  }: Partial<Pick<Client, 'mode'>> & { appendfsync?: string } = {},
): Promise<{
  readonly facts: ServerFacts;
  readonly warned: readonly (readonly [string, Facts])[];
}> {
  const refuse = async (): Promise<never> => {
    throw new Error('not asked');
  };
  const client: Client = {
    mode,
    run: refuse,
    command: refuse,
    close: async () => undefined,
    inspect: async () =>
      infos.map((info, at) => ({
        place: `node-${at}`,
        info: new Map(Object.entries(info)),
        appendfsync,
      })),
  };
  const warned: (readonly [string, Facts])[] = [];
  const logger: Logger = {
    ...silentLogger,
    warn: (event, facts = {}) => warned.push([event, facts]),
  };
  return { facts: await checkServer(client, 'here', logger), warned };
}

const unsuitable = (found: string, hint: string): unknown =>
  expect.objectContaining({
    code: 'STORAGE_UNSUITABLE_SERVER',
    message: expect.stringContaining(found),
    hint: expect.stringContaining(hint),
  });

test.each(['6.0.16', '5.0.14', '', 'unstable'])(
  'a server of version "%s" is refused, one of several as well',
  async (version) => {
    const old = { ...SOUND, redis_version: version };
    const refusal = unsuitable(`its version is ${version}`, '6.2');
    await expect(checked([old])).rejects.toEqual(refusal);
    await expect(checked([SOUND, old], { mode: 'cluster' })).rejects.toEqual(refusal);
  },
);

test.each(['6.2.0', '6.10.1', '7.0.15', '10.1.0'])(
  'a server of version %s is taken',
  async (version) => {
    const { facts } = await checked([{ ...SOUND, redis_version: version }]);
    expect(facts).toEqual({
      version,
      policy: 'noeviction',
      isPersistent: true,
      isLogInMemory: false,
      memoryUsed: 0,
      nodes: 1,
    });
  },
);

test('the lowest version of several is told, and how many answered', async () => {
  const infos = [SOUND, { ...SOUND, redis_version: '6.2.14' }, {}];
  const { facts, warned } = await checked(infos, { mode: 'cluster' });
  expect(facts).toMatchObject({ version: '6.2.14', nodes: 2 });
  expect(warned).toContainEqual(['storage-server-not-checked', { place: 'node-2' }]);
});

test('servers of which none answers are away', async () => {
  await expect(checked([{}])).rejects.toMatchObject({
    code: 'STORAGE_UNAVAILABLE',
    retryable: true,
  });
});

test('what may cost confirmed writes is warned of, with the remedy', async () => {
  const remedyOf = async (
    info: Readonly<Record<string, string>>,
    appendfsync = 'everysec',
  ): Promise<unknown> => (await checked([{ ...SOUND, ...info }], { appendfsync })).warned;
  expect(await remedyOf({})).toEqual([]);
  expect(await remedyOf({ aof_enabled: '0' })).toEqual([
    [
      expect.stringContaining('append-only'),
      { place: 'node-0', remedy: 'CONFIG SET appendonly yes' },
    ],
  ]);
  expect(await remedyOf({}, 'no')).toEqual([
    [
      'storage-server-leaves-its-log-in-memory',
      { place: 'node-0', remedy: 'CONFIG SET appendfsync everysec' },
    ],
  ]);
  expect(await remedyOf({ aof_last_write_status: 'err' })).toEqual([
    ['storage-server-cannot-write-its-log', expect.objectContaining({ place: 'node-0' })],
  ]);
});

async function openAt({ url }: RedisServer): Promise<void> {
  const stateKeys = [new Uint8Array(32).fill(3)];
  await using _storage = await openRedisStorage({ url, stateKeys, deadlineMs: 60_000 });
}

test('a node of a Cluster under the URL of a single server is refused, with the way to name it', async () => {
  await using node = await startRedis('--cluster-enabled', 'yes');
  await expect(openAt(node)).rejects.toEqual(unsuitable('part of a cluster', "mode: 'cluster'"));
});

test('a replica under the URL of a single server is refused, with the way to its master', async () => {
  await using master = await startRedis();
  await using replica = await startRedis('--replicaof', master.host, String(master.port));
  await expect(openAt(replica)).rejects.toEqual(unsuitable('it is a replica', 'name its master'));
  await openAt(master);
});
