import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { openPlace } from '../../../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

const KINDS = [
  'workflow-template',
  'compliance-validator',
  'business-rule',
  'data-processor',
  'integration-connector',
  'security-scanner',
];
const Scaffold = z.object({ id: z.string(), operation: z.string(), example: z.json() });

function folder(name: string, manifest: unknown): string {
  const directory = join(place.directory, name);
  mkdirSync(directory);
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
  writeFileSync(join(directory, 'phasegate.plugin.json'), text);
  writeFileSync(join(directory, 'index.js'), 'export default { execute: () => null };\n');
  return directory;
}

function manifestOf(id: string, more: object = {}): object {
  return {
    manifestVersion: 1,
    id,
    version: '1.0.0',
    kind: 'data-processor',
    title: 'A plugin',
    publisher: 'local',
    engines: { phasegate: '*' },
    entry: 'index.js',
    permissions: {},
    contributes: {
      operations: [
        {
          name: 'go',
          description: 'Goes.',
          input: { type: 'object' },
          output: { type: 'object' },
          sideEffects: false,
          idempotent: true,
        },
      ],
    },
    ...more,
  };
}

describe('create', () => {
  test.each(KINDS)('writes a %s whose own test passes, and which the scan takes', async (kind) => {
    const directory = join(place.directory, `my-${kind}`);
    const created = await place.json('plugins', 'create', kind, directory);
    expect(created).toMatchObject({ exitCode: 0, value: { id: `local.my-${kind}` } });
    await promisify(execFile)(process.execPath, [join(directory, 'index.test.js')]);
    const { value, exitCode } = await place.json('plugins', 'scan', directory);
    expect({ exitCode, value }).toMatchObject({
      exitCode: kind === 'integration-connector' ? expect.any(Number) : 0,
      value: { id: `local.my-${kind}`, version: '0.1.0' },
    });
    expect(exitCode).not.toBe(4);
  });

  test('writes a plugin that can be added, enabled and run at once', async () => {
    const directory = join(place.directory, 'at-once');
    const { value } = await place.json('plugins', 'create', 'data-processor', directory);
    const { id, operation, example } = Scaffold.parse(value);
    expect(await place.phasegate('plugins', 'add', directory)).toMatchObject({ exitCode: 0 });
    expect(await place.phasegate('plugins', 'enable', id)).toMatchObject({ exitCode: 0 });
    const input = JSON.stringify(example);
    const ran = await place.json('plugins', 'run', id, operation, '--input', input);
    expect(ran).toMatchObject({ exitCode: 0, value: { output: { dropped: 1 } } });
  });

  test.each([
    ['a kind that there is not', ['gadget', 'x'], 'CLI_USAGE'],
    ['a folder that is there', ['data-processor', place.directory], 'APP_UNUSABLE_FOLDER'],
    ['a publisher that is none', ['data-processor', 'x', '--publisher', 'A B'], 'CLI_USAGE'],
  ])('refuses %s', async (_, words, code) => {
    const { exitCode, value } = await place.json('plugins', 'create', ...words);
    expect({ exitCode, value }).toMatchObject({ exitCode: 2, value: { error: { code } } });
  });
});

describe('scan', () => {
  test('rejects code that starts programs, and names file and line', async () => {
    const directory = folder('evil', manifestOf('local.evil'));
    const code =
      "import { exec } from 'node:child_process';\nexec('id');\nexport default { execute: () => null };\n";
    writeFileSync(join(directory, 'index.js'), code);
    const { exitCode, value } = await place.json('plugins', 'scan', directory);
    expect(exitCode).toBe(4);
    expect(value).toMatchObject({ id: 'local.evil', decision: 'reject' });
    const Findings = z.object({
      risk: z.number(),
      parts: z.record(z.string(), z.number()),
      findings: z.array(
        z.looseObject({
          rule: z.string(),
          severity: z.string(),
          confidence: z.number(),
          message: z.string(),
          file: z.string(),
          line: z.number(),
        }),
      ),
    });
    expect(Findings.parse(value).findings).toContainEqual(
      expect.objectContaining({ file: 'index.js', line: 1 }),
    );
    const sarif = await place.phasegate('plugins', 'scan', directory, '--sarif');
    expect(JSON.parse(sarif.out)).toMatchObject({ version: '2.1.0' });
    expect(sarif.exitCode).toBe(4);
    expect((await place.phasegate('plugins', 'scan', directory)).out).toContain('local.evil');
  });

  test.each([
    [
      'a folder that is not there',
      () => join(place.directory, 'nowhere'),
      'PLUGINS_BROKEN_PACKAGE',
    ],
    [
      'half-written JSON',
      () => folder('half', '{"manifestVersion": 1,'),
      'PLUGINS_INVALID_MANIFEST',
    ],
    [
      'a key that nobody knows',
      () => folder('unknown-key', manifestOf('local.x', { permision: {} })),
      'PLUGINS_INVALID_MANIFEST',
    ],
    [
      'a manifest that is too large',
      () => folder('large', manifestOf('local.x', { description: 'x'.repeat(300_000) })),
      'PLUGINS_BROKEN_PACKAGE',
    ],
    [
      'an entry that is not written yet',
      () => folder('no-entry', manifestOf('local.x', { entry: 'dist/index.js' })),
      'PLUGINS_BROKEN_PACKAGE',
    ],
    [
      'a file that is too large',
      () => {
        const directory = folder('huge', manifestOf('local.x'));
        writeFileSync(join(directory, 'data.bin'), Buffer.alloc(5 * 1024 * 1024));
        return directory;
      },
      'PLUGINS_BROKEN_PACKAGE',
    ],
    [
      'a link to something outside',
      () => {
        const directory = folder('linked', manifestOf('local.x'));
        symlinkSync('/etc/hostname', join(directory, 'data.txt'));
        return directory;
      },
      'PLUGINS_BROKEN_PACKAGE',
    ],
  ])('refuses %s', async (_, directory, code) => {
    const { exitCode, value } = await place.json('plugins', 'scan', directory());
    expect({ exitCode, value }).toMatchObject({ exitCode: 2, value: { error: { code } } });
  });

  test('names the line of a mistake in the manifest', async () => {
    const { err } = await place.phasegate('plugins', 'scan', join(place.directory, 'unknown-key'));
    expect(err).toMatch(/phasegate\.plugin\.json:1:\d+ permision/);
  });
});

describe('keygen, sign and verify', () => {
  test('a signature holds for exactly these files, under a key that is configured', async () => {
    const directory = join(place.directory, 'signed');
    await place.phasegate('plugins', 'create', 'data-processor', directory, '--publisher', 'acme');
    const key = join(place.directory, 'acme-key');
    expect(await place.phasegate('plugins', 'keygen', key)).toMatchObject({ exitCode: 0 });
    expect(await place.phasegate('plugins', 'keygen', key)).toMatchObject({ exitCode: 2 });
    const signed = await place.json('plugins', 'sign', directory, '--key', `${key}.pem`);
    expect(signed).toMatchObject({ exitCode: 0, value: { id: 'acme.signed', keyId: 'acme-key' } });
    const config = join(place.directory, 'conf');
    mkdirSync(config);
    const pem = readFileSync(`${key}.pub.pem`, 'utf8');
    const toml = `[plugins.keys.acme-key]\npublishers = ["acme"]\npublic_key = """\n${pem}"""\n`;
    writeFileSync(join(config, 'default.toml'), toml);
    const verify = ['plugins', 'verify', directory, '--config', config];
    expect(await place.json(...verify)).toMatchObject({
      exitCode: 0,
      value: { status: 'trusted' },
    });
    const untrusted = await place.phasegate('plugins', 'verify', directory);
    expect(untrusted).toMatchObject({ exitCode: 4 });
    expect(untrusted.out).toContain('signed by acme-key, which nobody here trusts');
    expect(untrusted.out).toContain('→ if you trust it, name its key');
    writeFileSync(join(directory, 'README.md'), 'changed');
    expect(await place.json(...verify)).toMatchObject({
      exitCode: 4,
      value: { status: 'invalid' },
    });
  });

  test('a key that cannot sign is refused before anything is written', async () => {
    const directory = folder('unsigned', manifestOf('local.unsigned'));
    const before = readFileSync(join(directory, 'phasegate.plugin.json'), 'utf8');
    const key = place.file('no-key.pem', 'nothing');
    expect(await place.phasegate('plugins', 'sign', directory, '--key', key)).toMatchObject({
      exitCode: 2,
    });
    expect(await place.phasegate('plugins', 'sign', directory)).toMatchObject({ exitCode: 2 });
    expect(readFileSync(join(directory, 'phasegate.plugin.json'), 'utf8')).toBe(before);
  });

  test('in production, code that nobody trusted has signed is rejected', async () => {
    const config = join(place.directory, 'strict');
    mkdirSync(config);
    writeFileSync(join(config, 'default.toml'), '[plugins]\nprofile = "production"\n');
    const directory = folder('stranger', manifestOf('local.stranger'));
    const { exitCode, value } = await place.json('plugins', 'scan', directory, '--config', config);
    expect({ exitCode, value }).toMatchObject({
      exitCode: 4,
      value: { decision: 'reject', gates: ['unsigned'] },
    });
    const added = await place.phasegate('plugins', 'add', directory, '--config', config);
    expect(added.exitCode).toBe(4);
    expect(added.out).toContain(', because of unsigned');
  });
});
