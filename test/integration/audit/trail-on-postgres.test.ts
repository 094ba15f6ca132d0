import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startPostgres, type PostgresServer } from '../../../src/audit/fixtures/postgres-server.ts';
import { openPlace, WHOLE_BRIEF, type Place } from '../../../src/cli/fixtures/run-command.ts';

const SLOW = { timeout: 240_000 };
const CLI = join(import.meta.dirname, '../../../src/cli/main.ts');
const PASSWORD = 'a-password-nobody-may-see';

let server: PostgresServer;
let place: Place;
let config: string;
beforeAll(async () => {
  server = await startPostgres();
  place = openPlace();
  config = join(place.directory, 'conf');
  mkdirSync(config);
  // The server trusts everybody, so that the password is only looked for where it must not be.
  const url = server.url.replace('audit@', `audit:${PASSWORD}@`);
  writeFileSync(join(config, 'default.toml'), `[audit]\nurl = "${url}"\n`);
}, 120_000);
afterAll(async () => {
  place[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const json = (...words: readonly string[]): ReturnType<Place['json']> =>
  place.json(...words, '--config', config);

/** A command in a process of its own; what it printed, however it ended. */
async function cli(data: string, words: readonly string[]): Promise<string> {
  const args = ['--import', 'tsx', CLI, ...words, '--json', '--config', config, '--data-dir', data];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (_error, out) => resolve(out));
  });
}

test(
  'runs of several processes write one chain on the server, which verifies, shows and issues receipts',
  SLOW,
  async () => {
    const threads = ['spring', 'summer', 'autumn'];
    const data = join(place.directory, 'data');
    const begin = (thread: string): readonly string[] =>
      'run email-campaign --thread'.split(' ').concat(thread, '--input', WHOLE_BRIEF);
    const begun = await Promise.all(threads.map(async (thread) => cli(data, begin(thread))));
    for (const out of begun) expect(JSON.parse(out)).toMatchObject({ status: 'waiting' });
    const said = await Promise.all(threads.map(async (thread) => cli(data, ['approve', thread])));
    for (const out of said) expect(JSON.parse(out)).toMatchObject({ status: 'completed' });

    expect(existsSync(join(data, 'audit.db'))).toBe(false);
    const verified = await json('audit', 'verify');
    expect(verified).toMatchObject({
      exitCode: 0,
      value: {
        ok: true,
        unrecorded: { threads: [] },
        chains: [{ name: 'main', openRuns: [] }, {}],
      },
    });
    for (const thread of threads) {
      const shown = await json('audit', 'show', thread);
      const kinds = JSON.stringify(shown.value);
      for (const kind of ['run-started', 'gate-verdict', 'approval', 'run-ended']) {
        expect(kinds).toContain(`"kind":"${kind}"`);
      }
    }
    const file = join(place.directory, 'receipt.json');
    expect(await json('audit', 'receipt', 'spring', '--out', file)).toMatchObject({ exitCode: 0 });
    const key = join(data, 'audit.key.pub');
    expect(await json('audit', 'verify', '--receipt', file, '--key', key)).toMatchObject({
      exitCode: 0,
      value: { ok: true, complete: true },
    });
    const told = `${said.join('')}${JSON.stringify(verified.value)}`;
    expect(told).not.toContain(PASSWORD);
  },
);

test('doctor names the server and its entries, and never the password', SLOW, async () => {
  const { out, value } = await json('doctor');
  const { findings } = value as {
    findings: readonly { id: string; status: string; message: string }[];
  };
  const audit = findings.find(({ id }) => id === 'audit');
  expect(audit).toMatchObject({
    status: 'ok',
    message: expect.stringMatching(
      /^PostgreSQL at 127\.0\.0\.1:\d+, [1-9]\d* entries, nothing was changed$/,
    ),
  });
  expect(findings.find(({ id }) => id === 'audit-key')).toMatchObject({ status: 'ok' });
  expect(out).not.toContain(PASSWORD);
});

test(
  'another machine without the key is told so by doctor, and records nothing',
  SLOW,
  async () => {
    using other = openPlace();
    const { value } = await other.json('doctor', '--config', config);
    expect(value).toMatchObject({
      status: 'problem',
      findings: expect.arrayContaining([
        expect.objectContaining({ id: 'audit-key', status: 'problem' }),
      ]),
    });
    const words = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'winter'];
    const run = await other.json(...words, '--config', config);
    expect(run).toMatchObject({ value: { error: { code: 'AUDIT_KEY_MISSING' } } });
  },
);

test('an edited row on the server is named', SLOW, async () => {
  const database = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: server.url, max: 1 }) }),
  });
  try {
    await sql`update audit_entries set thread = 'summer' where thread = 'spring' and kind = 'approval'`.execute(
      database,
    );
  } finally {
    await database.destroy();
  }
  const { exitCode, out } = await json('audit', 'verify');
  expect(exitCode).toBe(4);
  expect(out).toContain('misfiled');
  const file = join(place.directory, 'never.json');
  const receipt = await json('audit', 'receipt', 'spring', '--out', file);
  expect(receipt).toMatchObject({ value: { error: { code: 'AUDIT_TAMPERED' } } });
});

test('a server that is gone stops a run before it begins', SLOW, async () => {
  await server[Symbol.asyncDispose]();
  const run = await json('run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'late');
  expect(run.exitCode).not.toBe(0);
  expect(run.value).toMatchObject({ error: { code: expect.stringMatching(/^AUDIT_/) } });
  expect(run.out).not.toContain(PASSWORD);
});
