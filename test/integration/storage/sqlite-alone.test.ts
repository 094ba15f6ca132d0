import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

/** @returns The packages of CommonJS, as all clients of servers are, that a process loads which imports a subpath. */
async function packagesLoadedBy(subpath: string): Promise<ReadonlySet<string>> {
  const program = `
    import { createRequire } from 'node:module';
    await import(${JSON.stringify(subpath)});
    console.log(Object.keys(createRequire('/').cache).join('\\n'));
  `;
  const args = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
  const found = stdout.matchAll(/node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//g);
  return new Set([...found].map(([, name = '']) => name));
}

test('the SQLite storage loads no client of a server', async () => {
  const loaded = await packagesLoadedBy('phasegate/storage/sqlite');
  expect(loaded).toContain('libsql');
  expect(loaded).not.toContain('ioredis');
  expect(loaded).not.toContain('pg');
});

test.each([
  ['ioredis', 'phasegate/storage/redis'],
  ['pg', 'phasegate/audit'],
])('what is observed shows %s where %s loads it', async (name, subpath) => {
  expect(await packagesLoadedBy(subpath)).toContain(name);
});
