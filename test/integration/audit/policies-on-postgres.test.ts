import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startPostgres, type PostgresServer } from '../../../src/audit/fixtures/postgres-server.ts';
import { housePolicy } from '../../../src/cli/fixtures/house-policy.ts';
import { openPlace, WHOLE_BRIEF, type Place } from '../../../src/cli/fixtures/run-command.ts';

let server: PostgresServer;
let one: Place;
let other: Place;
beforeAll(async () => {
  server = await startPostgres();
  one = openPlace();
  other = openPlace();
}, 120_000);
afterAll(async () => {
  one[Symbol.dispose]();
  other[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

/** The configuration of a machine that runs under this version of the house's policy. */
function under(place: Place, version: string): readonly string[] {
  const folder = join(place.directory, `conf-${version}`);
  mkdirSync(folder, { recursive: true });
  const file = place.file(`house-${version}.toml`, housePolicy(9, version));
  const text = `[audit]\nurl = "${server.url}"\n[policy]\nfiles = [${JSON.stringify(file)}]\n`;
  writeFileSync(join(folder, 'default.toml'), text);
  return ['--config', folder];
}

let threads = 0;
async function run(place: Place, version: string): Promise<unknown> {
  const words = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--approve-as', 'test'];
  const thread = ['--thread', `t${(threads += 1)}`];
  return (await place.json(...words, ...thread, ...under(place, version))).value;
}

const OLDER = { error: { code: 'APP_OLDER_POLICY' } };

test(
  'a machine goes on under no older policy than another one that writes to the same trail',
  { timeout: 240_000 },
  async () => {
    expect(await run(one, '2.0.0')).toMatchObject({ status: 'completed' });
    // Machines that share a trail share the key that signs it.
    mkdirSync(join(other.directory, 'data'), { mode: 0o700 });
    for (const name of ['audit.key', 'audit.key.pub'])
      copyFileSync(join(one.directory, 'data', name), join(other.directory, 'data', name));

    expect(await run(other, '1.9.0')).toMatchObject(OLDER);
    expect(await run(other, '2.0.0')).toMatchObject({ status: 'completed' });
    expect(await run(other, '2.1.0')).toMatchObject({ status: 'completed' });
    expect(await run(one, '2.0.0')).toMatchObject(OLDER);

    // What a person lets hold there holds, until another machine goes on under something newer.
    const accept = ['policy', 'accept', '--reason', 'This one is changed over next week.'];
    expect(await one.json(...accept, ...under(one, '2.0.0'))).toMatchObject({ exitCode: 0 });
    expect(await run(one, '2.0.0')).toMatchObject({ status: 'completed' });
    expect(await run(other, '2.1.0')).toMatchObject({ status: 'completed' });
    expect(await run(other, '3.0.0')).toMatchObject({ status: 'completed' });
    expect(await run(one, '2.0.0')).toMatchObject(OLDER);
  },
);
