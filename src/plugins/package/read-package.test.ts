import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { SOUND_MANIFEST } from '../fixtures/sound-manifest.ts';
import { integrityOf, readPackage } from './read-package.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plugin-'));
  await writeManifest({});
  await writeFile(join(directory, 'index.js'), 'export default { execute() { return {}; } };\n');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const writeManifest = (changes: object): Promise<void> =>
  writeFile(
    join(directory, 'phasegate.plugin.json'),
    JSON.stringify({ ...SOUND_MANIFEST, ...changes }),
  );

test('reads a folder, and gives another digest when one byte of any file differs', async () => {
  const before = await readPackage(directory);
  expect([...before.files.keys()]).toEqual(['index.js']);
  expect(before.digest).toMatch(/^[0-9a-f]{64}$/);
  expect((await readPackage(directory)).digest).toBe(before.digest);
  await writeFile(join(directory, 'index.js'), 'export default { execute() { return []; } };\n');
  expect((await readPackage(directory)).digest).not.toBe(before.digest);
});

test('takes the integrity that it computes, and refuses a file that differs, is new or is missing', async () => {
  const integrity = integrityOf(await readPackage(directory));
  await writeManifest({ integrity });
  await readPackage(directory);
  await writeFile(join(directory, 'more.js'), '1');
  await expect(readPackage(directory)).rejects.toThrow('"more.js" is not in the manifest');
  await rm(join(directory, 'more.js'));
  await writeManifest({ integrity: { ...integrity, 'more.js': integrity['index.js'] } });
  await expect(readPackage(directory)).rejects.toThrow('"more.js" is missing');
  await writeManifest({ integrity });
  await writeFile(join(directory, 'index.js'), 'export default 1;');
  await expect(readPackage(directory)).rejects.toThrow('"index.js" differs');
});

test('refuses links, to files and to folders, and does not follow them', async () => {
  await symlink('/etc/passwd', join(directory, 'passwd.js'));
  await expect(readPackage(directory)).rejects.toMatchObject({ code: 'PLUGINS_BROKEN_PACKAGE' });
  await rm(join(directory, 'passwd.js'));
  await symlink('..', join(directory, 'up'));
  await expect(readPackage(directory)).rejects.toThrow('"up" is a link');
});

test('refuses a folder that is a link itself, is missing, or is a file', async () => {
  const link = `${directory}-link`;
  await symlink(directory, link);
  try {
    await expect(readPackage(link)).rejects.toThrow('not a folder');
  } finally {
    await rm(link);
  }
  await expect(readPackage(`${directory}-none`)).rejects.toThrow('it is not there');
  await expect(readPackage(join(directory, 'index.js'))).rejects.toThrow('not a folder');
});

test('refuses a half-written folder: without its manifest or its entry', async () => {
  await rm(join(directory, 'index.js'));
  await expect(readPackage(directory)).rejects.toThrow('its entry "index.js" is not there');
  await rm(join(directory, 'phasegate.plugin.json'));
  await expect(readPackage(directory)).rejects.toThrow('holds no phasegate.plugin.json');
});

test('refuses what is neither a file nor a folder, and does not wait for it', async () => {
  const server = createServer().listen(join(directory, 'socket'));
  await once(server, 'listening');
  await expect(readPackage(directory)).rejects.toThrow('"socket" is a link or a special file');
  server.close();
});

test('refuses folders without end, also when they are empty', async () => {
  for (let n = 0; n < 2001; n++) mkdirSync(join(directory, `folder${n}`));
  await expect(readPackage(directory)).rejects.toThrow('over 2000 files and folders');
});

test('refuses what is too large, and vendored packages', async () => {
  await writeFile(join(directory, 'big.js'), Buffer.alloc(5 * 1024 * 1024));
  await expect(readPackage(directory)).rejects.toThrow(
    '"big.js" has 5242880 bytes, and a file may have 4194304',
  );
  await rm(join(directory, 'big.js'));
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    // oxlint-disable-next-line no-await-in-loop
    await writeFile(join(directory, `${name}.bin`), Buffer.alloc(4 * 1024 * 1024));
  await expect(readPackage(directory)).rejects.toThrow('it has over 16777216 bytes');
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    // oxlint-disable-next-line no-await-in-loop
    await rm(join(directory, `${name}.bin`));
  await mkdir(join(directory, 'node_modules'));
  await expect(readPackage(directory)).rejects.toThrow('bundle what it needs');
});
