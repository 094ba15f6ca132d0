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
function under(place: Place, version: string, more?: string): readonly string[] {
  const files = [place.file(`house-${version}.toml`, housePolicy(9, version))];
  if (more !== undefined) {
    const policy = housePolicy(9).replace('id = "house"', `id = "${more}"`);
    files.push(place.file(`${more}.toml`, policy));
  }
  return naming(place, files);
}

/** The configuration of a machine that names these files of policies. */
function naming(place: Place, files: readonly string[]): readonly string[] {
  const folder = join(place.directory, `conf-${(folders += 1)}`);
  mkdirSync(folder, { recursive: true });
  const text = `[audit]\nurl = "${server.url}"\n[policy]\nfiles = ${JSON.stringify(files)}\n`;
  writeFileSync(join(folder, 'default.toml'), text);
  return ['--config', folder];
}

/** Machines that share a trail share the key that signs it. */
function shareKeys(place: Place): void {
  mkdirSync(join(place.directory, 'data'), { mode: 0o700 });
  for (const name of ['audit.key', 'audit.key.pub'])
    copyFileSync(join(one.directory, 'data', name), join(place.directory, 'data', name));
}

let [threads, folders] = [0, 0];
const run = (place: Place, version: string) => runUnder(place, under(place, version));
async function runUnder(place: Place, config: readonly string[]): Promise<unknown> {
  const words = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--approve-as', 'test'];
  const thread = ['--thread', `t${(threads += 1)}`];
  return (await place.json(...words, ...thread, ...config)).value;
}

const OLDER = { error: { code: 'APP_OLDER_POLICY' } };

test(
  'a machine goes on under no older policy than another one that writes to the same trail',
  { timeout: 240_000 },
  async () => {
    expect(await run(one, '2.0.0')).toMatchObject({ status: 'completed' });
    shareKeys(other);

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

test(
  'a machine that does not name a policy of another one goes on under a person’s word alone',
  { timeout: 240_000 },
  async () => {
    using fresh = openPlace();
    shareKeys(fresh);
    const bare = naming(fresh, []);
    const missing = (policy: string) => ({
      error: {
        code: 'APP_MISSING_POLICY',
        message: expect.stringMatching(`"${policy}", .*another machine`) as string,
      },
    });
    expect(await runUnder(fresh, bare)).toMatchObject(missing('house'));
    expect(await fresh.json('policy', 'list', ...bare)).toMatchObject({
      exitCode: 4,
      value: { policies: [], refused: { code: 'APP_MISSING_POLICY' } },
    });
    const accept = ['policy', 'accept', '--reason', 'This one writes no campaigns for the house.'];
    expect(await fresh.json(...accept, ...bare)).toMatchObject({ exitCode: 0 });
    expect(await runUnder(fresh, bare)).toMatchObject({ status: 'completed' });

    // It was let go without that policy, whatever its version; not without one that is new.
    expect(await run(other, '3.1.0')).toMatchObject({ status: 'completed' });
    expect(await runUnder(fresh, bare)).toMatchObject({ status: 'completed' });
    expect(await runUnder(other, under(other, '3.1.0', 'second'))).toMatchObject({
      status: 'completed',
    });
    expect(await runUnder(fresh, bare)).toMatchObject(missing('second'));
  },
);
