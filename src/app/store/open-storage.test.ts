import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyCheckpoint } from '@langchain/langgraph-checkpoint';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { loadConfig, type Config } from '../../config/index.ts';
import { silentLogger } from '../../kernel/index.ts';
import { openStorage } from './open-storage.ts';

const AT = { configurable: { thread_id: 't', checkpoint_ns: '' } };
const TEXT = 'the launch code '.repeat(500);
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-open-storage-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function configOf(toml: string): Promise<Config> {
  writeFileSync(join(directory, 'phasegate.toml'), toml);
  return loadConfig({ environment: {}, workingDirectory: directory });
}

/** Puts one checkpoint by this configuration; gives the bytes of the database. */
async function stored(config: Config): Promise<Buffer> {
  {
    await using storage = await openStorage(config, silentLogger);
    const checkpoint = { ...emptyCheckpoint(), channel_values: { text: TEXT } };
    const metadata = { source: 'loop', step: 1, parents: {} } as const;
    await storage.checkpointer.put(AT, checkpoint, metadata, {});
  }
  return readFileSync(join(config.dataDir, 'state.db'));
}

test('state in the data folder is encrypted and compressed as the configuration says', async () => {
  const plain = await stored(await configOf('data_dir = "plain"'));
  expect(plain.includes('launch code')).toBe(true);
  const config = await configOf(
    'data_dir = "sealed"\n[storage]\nencrypt = true\ncompression = "lz4"',
  );
  const sealed = await stored(config);
  expect(sealed.includes('launch code')).toBe(false);
  expect(sealed.length).toBeLessThanOrEqual(plain.length);
  await using storage = await openStorage(config, silentLogger);
  const kept = await storage.checkpointer.getTuple(AT);
  expect(kept?.checkpoint.channel_values).toEqual({ text: TEXT });
});

test('a thread in the data folder goes when its time is over, as the configuration says', async () => {
  const config = await configOf('[storage]\nttl_ms = 1000\nttl_from = "fixed"');
  await stored(config);
  await using storage = await openStorage(config, silentLogger);
  const read = async (): Promise<unknown> => storage.checkpointer.getTuple(AT);
  await expect.poll(read, { timeout: 60_000 }).toBeUndefined();
});
