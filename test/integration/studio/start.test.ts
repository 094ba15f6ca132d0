import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/studio.mjs', import.meta.url));

function studio(...words: readonly string[]): {
  readonly code: number | null;
  readonly said: string;
} {
  const { status, stderr } = spawnSync(process.execPath, [script, ...words], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { code: status, said: stderr };
}

test('a port that is taken is named, with the way to choose another, and no stack', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const { code, said } = studio('--host', '127.0.0.1', '--port', port);
  server.close();
  expect(code).toBe(2);
  expect(said).toContain(`Port ${port} of 127.0.0.1 is in use`);
  expect(said).toContain('npm run studio -- --port');
  expect(said).not.toMatch(/^ +at /m);
});

test.each(['none', '0', '70000'])('"%s" is no port', (port) => {
  expect(studio('--port', port)).toMatchObject({ code: 2 });
});
