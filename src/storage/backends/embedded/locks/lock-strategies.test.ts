import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runLockStrategies } from '../../../fixtures/run-lock-strategies.ts';
import { openEmbeddedStorage } from '../../../index.ts';

runLockStrategies('SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-strategies-'));
  const open = async () => openEmbeddedStorage({ directory, leaseMs: 600 });
  const [one, other] = [await open(), await open()];
  const close = async (): Promise<void> => {
    await Promise.all([one.close(), other.close()]);
    rmSync(directory, { recursive: true, force: true });
  };
  return { one, other, [Symbol.asyncDispose]: close };
});
