import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { loadConfig, type StorageSettings } from './index.ts';

const workingDirectory = mkdtempSync(join(tmpdir(), 'phasegate-storage-config-'));
afterAll(() => rmSync(workingDirectory, { recursive: true, force: true }));

async function storageOf(
  toml: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<StorageSettings> {
  writeFileSync(join(workingDirectory, 'phasegate.toml'), toml);
  return (await loadConfig({ environment, workingDirectory })).storage;
}

describe('the store', () => {
  test('is a file of the data folder unless told', async () => {
    expect(await storageOf('')).toMatchObject({ kind: 'sqlite', encrypt: false });
    expect(await storageOf('', { REDIS_URL: '' })).toMatchObject({ kind: 'sqlite' });
  });

  test('is told to be named wrong by the variable that names it', async () => {
    await expect(storageOf('', { REDIS_URL: 'cache.test:7000' })).rejects.toThrow(
      'It is filled in from REDIS_URL.',
    );
  });

  test('is Redis as soon as REDIS_URL names a server, whose password is shown nowhere', async () => {
    const settings = await storageOf('', { REDIS_URL: 'redis://me:pass-word@cache.test:7000/2' });
    expect(settings).toMatchObject({
      kind: 'redis',
      place: 'cache.test:7000',
      keyPrefix: 'phasegate:',
      commandTimeoutMs: 2000,
      lifetime: undefined,
      journal: false,
    });
    expect(JSON.stringify(settings)).not.toContain('pass-word');
    if (settings.kind !== 'redis') throw new Error('expected Redis');
    expect(settings.servers.reveal()).toEqual({
      mode: 'single',
      url: 'redis://me:pass-word@cache.test:7000/2',
    });
  });

  test('keeps state in the same ways wherever it is', async () => {
    const toml =
      '[storage]\ncompression = "lz4"\ncompress_above_bytes = 4096\nencrypt = true\nttl_ms = 60000';
    const kept = {
      stateKeys: undefined,
      compression: 'lz4',
      compressAboveBytes: 4096,
      encrypt: true,
      lifetime: { ms: 60_000, from: 'sliding' },
    };
    expect(await storageOf(toml)).toEqual({ kind: 'sqlite', ...kept });
    const onServer = await storageOf(toml, { REDIS_URL: 'redis://a.test' });
    expect(onServer).toMatchObject({ kind: 'redis', ...kept });
  });

  test('is sealed with the active key, and read with the others', async () => {
    const [old, young] = ['5e'.repeat(31) + '01', '5e'.repeat(31) + '02'];
    const { stateKeys = [] } = await storageOf(
      `[storage]\nactive_key = "2026-11"\n[storage.keys]\n2025-01 = "${old}"\n2026-11 = "\${YOUNG}"`,
      { YOUNG: young },
    );
    expect(stateKeys.map(({ name }) => name)).toEqual(['2026-11', '2025-01']);
    expect(stateKeys.map(({ key }) => Buffer.from(key.reveal()).toString('hex'))).toEqual([
      young,
      old,
    ]);
    expect(JSON.stringify(stateKeys)).not.toContain('5e5e');
  });

  test('has a journal in the data folder when told', async () => {
    const settings = await storageOf('[storage]\njournal = true', { REDIS_URL: 'redis://a.test' });
    expect(settings).toMatchObject({ journal: true });
  });

  test('can be under Sentinel, or a Cluster, with a lifetime', async () => {
    const sentinel = await storageOf(
      '[storage]\nurl = "redis://mymaster"\nsentinels = ["redis://a.test:26379"]\nttl_ms = 60000',
    );
    expect(sentinel).toMatchObject({ lifetime: { ms: 60_000, from: 'sliding' } });
    const cluster = await storageOf('[storage]\ncluster = ["redis://a.test", "redis://b.test"]');
    expect(cluster).toMatchObject({ kind: 'redis', place: 'a.test, b.test' });
  });
});

describe('a mistake is named with its place:', () => {
  test.each([
    ['url = "http://x.test"', '2:7 storage.url', 'redis://'],
    ['url = "redis://"', '2:7 storage.url', 'redis://'],
    ['url = "redis://a.test/banana"', '2:7 storage.url', 'number of a database'],
    ['url = "redis://a.test/1/2"', '2:7 storage.url', 'number of a database'],
    ['url = "redis://a.test/-1"', '2:7 storage.url', 'number of a database'],
    ['url = "redis://a.test/0?db=3"', '2:7 storage.url', 'number of a database'],
    ['cluster = ["redis://a.test/3"]', '2:11 storage.cluster', 'database 0'],
    ['sentinels = ["redis://a.test"]', 'storage.url', 'NAME'],
    ['cluster = ["a.test"]', '2:12 storage.cluster.0', 'redis://'],
    ['command_timeout_ms = 1', '2:22 storage.command_timeout_ms', 'at least 50'],
    ['key_prefix = "a{b}"', '2:14 storage.key_prefix', 'letters'],
    ['ttl_from = "sometimes"', '2:12 storage.ttl_from', '"sliding" or "fixed"'],
    ['active_key = "new"', '2:14 storage.active_key', 'one of storage.keys'],
    [`keys = { old = "${'5e'.repeat(31)}01" }`, 'storage.active_key', 'one of storage.keys'],
    ['active_key = "a"\nkeys = { a = "short" }', '3:14 storage.keys.a', '32 random bytes'],
    ['compression = "zip"', '2:15 storage.compression', '"none" or "deflate" or "lz4"'],
    ['comand_timeout_ms = 100', '2:1 storage.comand_timeout_ms', 'command_timeout_ms'],
    ['url = "redis://a.test"\ncluster = ["redis://b.test"]', '3:11 storage.cluster', 'REDIS_URL'],
  ])('%s', async (line, place, message) => {
    const refusal = storageOf(`[storage]\n${line}`);
    await expect(refusal).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(refusal).rejects.toThrow(place);
    await expect(refusal).rejects.toThrow(message);
  });

  test('in REDIS_URL without showing it', async () => {
    const refusal = storageOf('', { REDIS_URL: 'secret-without-a-scheme' });
    await expect(refusal).rejects.toThrow('storage.url');
    await expect(refusal).rejects.not.toThrow('secret-without');
    const path = storageOf('', { REDIS_URL: 'redis://:pass-word@a.test/banana' });
    await expect(path).rejects.toThrow(/default\.toml:\d+:\d+ storage\.url/);
    await expect(path).rejects.not.toThrow('pass-word');
  });
});
