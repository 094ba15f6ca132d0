import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { loadConfig, type Config } from '../index.ts';

async function configOf(
  toml: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Config & { readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-audit-settings-'));
  writeFileSync(join(folder, 'phasegate.toml'), toml);
  return { ...(await loadConfig({ workingDirectory: folder, environment })), folder };
}

test('the audit trail is in the data folder unless told', async () => {
  const { audit } = await configOf('');
  expect(audit).toEqual({ database: { kind: 'sqlite' }, checkpoints: undefined });
});

test('it is on PostgreSQL as soon as DATABASE_URL names a server, whose password is shown nowhere', async () => {
  const { audit } = await configOf('', { DATABASE_URL: 'postgresql://me:pass-word@db.test/x' });
  expect(audit.database).toMatchObject({ kind: 'postgres', place: 'db.test' });
  expect(JSON.stringify(audit)).not.toContain('pass-word');
});

test('it stays in the data folder where only the records go to the server', async () => {
  const environment = { DATABASE_URL: 'postgresql://db.test/x' };
  const { audit, records } = await configOf('[audit]\nurl = ""\n', environment);
  expect(audit.database).toEqual({ kind: 'sqlite' });
  expect(records).toMatchObject({ kind: 'postgres' });
});

test('the file of checkpoints is named from the working directory', async () => {
  const { audit, folder } = await configOf('[audit]\ncheckpoints = "kept/outside.jsonl"\n');
  expect(audit.checkpoints).toBe(join(folder, 'kept/outside.jsonl'));
});

test('an address that is none of PostgreSQL is refused with its place', async () => {
  await expect(configOf('[audit]\nurl = "mysql://db.test/x"\n')).rejects.toThrow(
    'phasegate.toml:2:7 audit.url',
  );
});
