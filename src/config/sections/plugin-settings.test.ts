import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { loadConfig, type Config } from '../index.ts';

const workingDirectory = mkdtempSync(join(tmpdir(), 'phasegate-plugins-config-'));
afterAll(() => rmSync(workingDirectory, { recursive: true, force: true }));

async function configOf(
  toml: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Config> {
  writeFileSync(join(workingDirectory, 'phasegate.toml'), toml);
  return await loadConfig({ environment, workingDirectory });
}

test('plugins reach nothing outside themselves unless told', async () => {
  const { plugins, records } = await configOf('');
  expect(records).toEqual({ kind: 'sqlite' });
  expect(plugins).toMatchObject({
    profile: 'sandbox',
    privateHosts: [],
    policy: { hosts: [], env: [], secrets: [] },
    scan: { thresholds: { approve: 25, reject: 60 } },
    keys: [],
  });
});

test('records are on PostgreSQL as soon as DATABASE_URL names a server, whose password is shown nowhere', async () => {
  const { records } = await configOf('', { DATABASE_URL: 'postgresql://me:pass-word@db.test/x' });
  expect(records).toMatchObject({ kind: 'postgres', place: 'db.test' });
  expect(JSON.stringify(records)).not.toContain('pass-word');
});

test('secrets and the variables that the policy names are there, and shown nowhere', async () => {
  const toml =
    '[plugins.policy]\nenv = ["REGION", "ABSENT"]\n[plugins.secrets]\nmail = "${MAIL_KEY}"\n';
  const { plugins } = await configOf(toml, { REGION: 'north-9', MAIL_KEY: 'hush-7', OTHER: 'x' });
  expect([...plugins.variables.reveal()]).toEqual([['REGION', 'north-9']]);
  expect(plugins.secrets.reveal().get('mail')).toBe('hush-7');
  expect(JSON.stringify(plugins)).not.toMatch(/north-9|hush-7/);
});

test.each([
  ['[records]\nurl = "mysql://db.test/x"', 'phasegate.toml:2:7 records.url'],
  ['[plugins]\nprofile = "open"', 'phasegate.toml:2:11 plugins.profile'],
  ['[plugins.polcy]\nhosts = []', 'plugins.polcy: unknown key; did you mean "policy"?'],
  ['[plugins.scan]\napprove_from = 70', 'plugins.scan.reject_from'],
  ['[plugins.limits]\nwall_ms = 0', 'phasegate.toml:2:11 plugins.limits.wall_ms'],
  ['[plugins.keys.ours]\nfrom = "2026"', 'plugins.keys.ours.from'],
])('%j is refused with its place', async (toml, place) => {
  await expect(configOf(toml)).rejects.toThrow(place);
});
