import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runLockStrategies } from '../../../fixtures/run-lock-strategies.ts';
import { openEmbeddedStorage } from '../../../index.ts';

runLockStrategies('SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-strategies-'));
  const open = async (key: number) =>
    openEmbeddedStorage({ directory, stateKeys: [new Uint8Array(32).fill(key)], leaseMs: 600 });
  const [one, other, stranger] = [await open(1), await open(1), await open(2)];
  const close = async (): Promise<void> => {
    await Promise.all([one.close(), other.close(), stranger.close()]);
    rmSync(directory, { recursive: true, force: true });
  };
  return { one, other, stranger, [Symbol.asyncDispose]: close };
});
