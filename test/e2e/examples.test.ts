import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, expect, test, vi } from 'vitest';

const TIMEOUT_MS = 120_000;
vi.setConfig({ testTimeout: TIMEOUT_MS + 5000 });

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.ts'));
const folder = mkdtempSync(join(tmpdir(), 'phasegate-examples-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs an example against the built package, in an empty folder, without key, home or network of the developer's. */
async function run(file: string): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const tsx = import.meta.resolve('tsx');
  const child = spawn(process.execPath, ['--import', tsx, join(EXAMPLES, file)], {
    cwd: folder,
    env: { HOME: folder, TMPDIR: folder, TSX_DISABLE_CACHE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

test('there is an example for each number from 01 on', () => {
  const numbers = files.map((file) => Number(/^(\d\d)-[a-z-]+\.ts$/.exec(file)?.[1]));
  expect(numbers).toEqual(files.map((_, index) => index + 1));
});

test.each(files)(
  '%s holds what it asserts, says something, and leaves nothing behind',
  async (file) => {
    const { code, stdout, stderr } = await run(file);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.trim()).not.toBe('');
    expect(readdirSync(folder)).toEqual([]);
  },
);
