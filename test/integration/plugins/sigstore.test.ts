import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { openTestSigstore } from '../../../src/plugins/signing/sigstore/fixtures/test-sigstore.ts';
import { openPlace } from '../../../src/cli/fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

const sigstore = openTestSigstore();
const SIGNER = {
  identity: 'https://code.example/acme/names/.ci/release.yml@refs/heads/main',
  issuer: 'https://tokens.code.example',
};
const root = place.file('trusted_root.json', sigstore.trustedRoot);

/** A folder with a configuration. */
function configOf(name: string, toml: string): string {
  const config = join(place.directory, name);
  mkdirSync(config);
  writeFileSync(join(config, 'default.toml'), toml);
  return config;
}

function trusting(name: string, trustedRoot: string): string {
  const { identity, issuer } = SIGNER;
  return configOf(
    name,
    `[plugins.sigstore]\ntrusted_root = '${trustedRoot}'\n[plugins.sigstore.identities.release]\n` +
      `identity = "${identity}"\nissuer = "${issuer}"\npublishers = ["acme"]\n`,
  );
}

test('a bundle over the subject is a signature, in the folder and beside it', async () => {
  const directory = join(place.directory, 'names');
  await place.phasegate('plugins', 'create', 'data-processor', directory, '--publisher', 'acme');
  const subjectFile = join(place.directory, 'names.subject');
  const written = await place.json('plugins', 'sign', directory, '--subject', subjectFile);
  expect(written).toMatchObject({ exitCode: 0, value: { id: 'acme.names', file: subjectFile } });
  const bundle = JSON.stringify(sigstore.sign({ subject: readFileSync(subjectFile), ...SIGNER }));

  const beside = place.file('names.sigstore.json', bundle);
  const config = trusting('trusting', root);
  const verify = ['plugins', 'verify', directory, '--config', config];
  expect(await place.json(...verify)).toMatchObject({ exitCode: 4, value: { status: 'invalid' } });
  expect(await place.json(...verify, '--bundle', beside)).toMatchObject({
    exitCode: 0,
    value: { status: 'trusted', keyId: 'release' },
  });
  writeFileSync(join(directory, 'signature.json'), bundle);
  expect(await place.json(...verify)).toMatchObject({ exitCode: 0 });
  const added = await place.json('plugins', 'add', directory, '--config', config);
  expect(added).toMatchObject({ exitCode: 0, value: { id: 'acme.names', signed: true } });

  const untold = await place.phasegate('plugins', 'verify', directory);
  expect(untold).toMatchObject({ exitCode: 4 });
  expect(untold.out).toContain('no trusted root of sigstore is configured');
  writeFileSync(join(directory, 'README.md'), 'changed');
  expect(await place.json(...verify)).toMatchObject({ exitCode: 4, value: { status: 'invalid' } });
});

test('what is missing or cannot be meant is refused with its reason', async () => {
  const directory = join(place.directory, 'refused');
  await place.phasegate('plugins', 'create', 'data-processor', directory, '--publisher', 'acme');
  const inside = join(directory, 'subject.json');
  expect(await place.json('plugins', 'sign', directory, '--subject', inside)).toMatchObject({
    exitCode: 2,
    value: { error: { code: 'APP_UNUSABLE_FOLDER' } },
  });
  const both = ['--subject', join(place.directory, 's'), '--key', 'k.pem'];
  expect(await place.json('plugins', 'sign', directory, ...both)).toMatchObject({
    exitCode: 2,
    value: { error: { code: 'CLI_USAGE' } },
  });
  const subject = Buffer.from('x', 'utf8');
  const bundle = place.file('other.json', JSON.stringify(sigstore.sign({ subject, ...SIGNER })));
  const verify = ['plugins', 'verify', directory, '--bundle'];
  const nowhere = trusting('no-root', join(place.directory, 'nowhere.json'));
  expect(await place.json(...verify, bundle, '--config', nowhere)).toMatchObject({
    exitCode: 2,
    value: { error: { code: 'APP_UNREADABLE_FILE' } },
  });
  const broken = trusting('broken-root', place.file('broken.json', '{}'));
  expect(await place.json(...verify, bundle, '--config', broken)).toMatchObject({
    exitCode: 2,
    value: { error: { code: 'PLUGINS_UNUSABLE_TRUSTED_ROOT' } },
  });
  expect(await place.json(...verify, join(place.directory, 'none.json'))).toMatchObject({
    exitCode: 2,
    value: { error: { code: 'APP_UNREADABLE_FILE' } },
  });
  const rootless = configOf(
    'rootless',
    `[plugins.sigstore.identities.x]\nidentity = "a"\nissuer = "https://i.example"\npublishers = []\n`,
  );
  expect(await place.json(...verify, bundle, '--config', rootless)).toMatchObject({
    exitCode: 2,
    value: { error: { code: 'CONFIG_INVALID' } },
  });
});
