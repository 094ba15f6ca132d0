import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { openPlace } from '../../../fixtures/run-command.ts';
import { writePlugin } from '../fixtures/plugin-folder.ts';

const ID = 'local.signed';
const place = openPlace();
afterAll(() => place[Symbol.dispose]());
const run = (...words: readonly string[]): ReturnType<typeof place.json> =>
  place.json('plugins', ...words);

/** A folder of settings that trust a key. */
function trusting(name: string, more = ''): readonly string[] {
  const directory = join(place.directory, name);
  mkdirSync(directory);
  const publicKey = readFileSync(join(place.directory, 'key.pub.pem'), 'utf8');
  const toml = `[plugins.keys.key]\npublishers = ["local"]\npublic_key = ${JSON.stringify(publicKey)}\n${more}`;
  writeFileSync(join(directory, 'default.toml'), toml);
  return ['--config', directory];
}

test(
  'a rescan writes down whether the signature counts by the keys of today',
  { timeout: 240_000 },
  async () => {
    const folder = writePlugin(join(place.directory, 'signed'), { id: ID });
    expect(await run('keygen', join(place.directory, 'key'))).toMatchObject({ exitCode: 0 });
    await run('sign', folder, '--key', join(place.directory, 'key.pem'));
    expect(await run('add', folder)).toMatchObject({ value: { signed: false } });
    await run('enable', ID);
    const trusted = trusting('trusted');
    expect(await run('rescan', ID, '--dry-run', ...trusted)).toMatchObject({
      value: { rescanned: [{ outcome: 'stale' }] },
    });
    expect(await run('rescan', ID, ...trusted)).toMatchObject({
      exitCode: 0,
      value: { rescanned: [{ outcome: 'kept' }] },
    });
    expect(await run('show', ID)).toMatchObject({ value: { signed: true, state: 'active' } });
    expect(await run('rescan', ID, ...trusted)).toMatchObject({
      value: { rescanned: [{ outcome: 'current' }] },
    });
    const revoked = trusting('revoked', 'revoked_at = 2020-01-01T00:00:00Z\n');
    expect(await run('rescan', ID, ...revoked)).toMatchObject({
      exitCode: 4,
      value: { rescanned: [{ outcome: 'decided', state: 'quarantined' }] },
    });
    expect(await run('show', ID)).toMatchObject({ value: { signed: false } });
  },
);
