import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { command, openPlace } from '../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

test('workflows lists what can be run', async () => {
  const { out } = await place.phasegate('workflows');
  expect(out).toContain('requirements → strategy → confirmation → generation → completed');
  const { exitCode, value } = await place.json('workflows');
  expect(exitCode).toBe(0);
  const ids = (value as { readonly workflows: readonly { readonly id: string }[] }).workflows.map(
    ({ id }) => id,
  );
  expect(ids).toContain('email-campaign');
  expect(ids).toContain('payment-approval');
});

describe('graph', () => {
  test('draws phases, gates with their checks, and the ways back', async () => {
    const { out } = await place.phasegate('graph', 'email-campaign');
    for (const text of [
      'flowchart',
      'requirements.complete',
      'approved by a person',
      'blocked',
      'revise',
    ]) {
      expect(out).toContain(text);
    }
  });

  test.each([
    ['svg', '<svg'],
    ['png', '\u0089PNG'],
  ])('writes %s to a file', async (format, begin) => {
    const file = join(place.directory, `graph.${format}`);
    expect(
      await place.phasegate('graph', 'email-campaign', '--format', format, '--out', file),
    ).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, 'latin1')).toContain(begin);
  });

  test.each([
    ['an unknown workflow', ['nothing']],
    ['an unknown format', ['email-campaign', '--format', 'jpeg']],
    ['a picture in JSON', ['email-campaign', '--format', 'png', '--json']],
    ['a file in a folder that is not there', ['email-campaign', '--out', '/nowhere/at/all.svg']],
  ])('refuses %s', async (_, words) => {
    expect(await place.phasegate('graph', ...words)).toMatchObject({ exitCode: 2 });
  });
});

describe('doctor', () => {
  test('finds everything in order in a new folder', async () => {
    const { exitCode, value } = await place.json('doctor');
    expect(exitCode).toBe(0);
    const { findings } = value as { findings: readonly { id: string; status: string }[] };
    const sound = findings.filter(({ status }) => status === 'ok').map(({ id }) => id);
    expect(sound).toEqual(
      expect.arrayContaining([
        'node',
        'config',
        'data',
        'database',
        'seal-key',
        'space',
        'tracing',
      ]),
    );
  });

  test('names the variables that a model lacks', async () => {
    const { out } = await place.phasegate('doctor');
    expect(out).toContain('AZURE_OPENAI_API_KEY');
  });

  test('says how to mend a corrupt database, and leaves it as it is', async () => {
    const folder = join(place.directory, 'corrupt');
    mkdirSync(folder);
    writeFileSync(join(folder, 'state.db'), 'this is no database'.repeat(100));
    const { exitCode, out } = await command(['doctor', '--data-dir', folder]);
    expect(exitCode).toBe(1);
    expect(out).toContain('restore a backup');
    expect(readFileSync(join(folder, 'state.db'), 'utf8')).toContain('this is no database');
  });

  test('says where the configuration is wrong', async () => {
    const folder = join(place.directory, 'config');
    mkdirSync(folder);
    writeFileSync(join(folder, 'default.toml'), 'log_level = "warn"\nprofil = "production"\n');
    const { exitCode, out } = await place.phasegate('doctor', '--config', folder);
    expect(exitCode).toBe(1);
    expect(out).toContain('default.toml:2:1');
  });

  test('finds a sealing key that others may read', async () => {
    const folder = join(place.directory, 'exposed');
    await command(['doctor', '--data-dir', folder]);
    chmodSync(join(folder, 'seal.key'), 0o644);
    const { exitCode, out } = await command(['doctor', '--data-dir', folder]);
    expect(exitCode).toBe(1);
    expect(out).toContain('chmod 600');
  });
});
