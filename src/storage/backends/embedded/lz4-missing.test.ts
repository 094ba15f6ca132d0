import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyCheckpoint } from '@langchain/langgraph-checkpoint';
import { expect, test } from 'vitest';

import { openEmbeddedStorage } from './index.ts';

/** Prints what the storage of `directory` answers in a process that finds no binary of LZ4. */
function withoutLz4(directory: string, options: object): unknown {
  const program = `
    import { openEmbeddedStorage } from '${new URL('index.ts', import.meta.url).href}';
    const show = ({ code, message, hint }) => console.log(JSON.stringify({ code, message, hint }));
    try {
      const storage = await openEmbeddedStorage({ directory: process.argv[1], ...${JSON.stringify(options)} });
      const found = await storage.checkpointer.getTuple({ configurable: { thread_id: 't' } });
      console.log(JSON.stringify({ id: found.checkpoint.id }));
    } catch (error) { show(error); }`;
  const said = execFileSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program, directory],
    { env: { NAPI_RS_NATIVE_LIBRARY_PATH: '/nowhere.node' }, encoding: 'utf8' },
  );
  return JSON.parse(said);
}

test('without the package for LZ4 its use is refused and told, and the state stays as it is', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-lz4-'));
  const config = { configurable: { thread_id: 't', checkpoint_ns: '' } };
  const metadata = { source: 'loop', step: 1, parents: {} } as const;
  const missing = {
    code: 'STORAGE_LZ4_MISSING',
    message: expect.stringContaining('"lz4-napi" cannot be loaded'),
    hint: expect.stringContaining('npm install lz4-napi'),
  };
  try {
    {
      await using storage = await openEmbeddedStorage({ directory, compression: 'lz4' });
      const checkpoint = { ...emptyCheckpoint(), channel_values: { text: 'again '.repeat(1_000) } };
      await storage.checkpointer.put(config, checkpoint, metadata, {});
    }
    expect(withoutLz4(directory, { compression: 'lz4' })).toEqual(missing);
    expect(withoutLz4(directory, {})).toEqual(missing);
    await using storage = await openEmbeddedStorage({ directory });
    const kept = await storage.checkpointer.getTuple(config);
    expect(kept?.checkpoint.channel_values).toEqual({ text: 'again '.repeat(1_000) });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
