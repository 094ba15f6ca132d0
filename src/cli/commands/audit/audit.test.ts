import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openEmbeddedAudit, type AuditEvent } from '../../../audit/index.ts';
import { command, openPlace } from '../../fixtures/run-command.ts';

const place = openPlace();
const data = join(place.directory, 'data');
const key = join(data, 'audit.key.pub');
afterAll(() => place[Symbol.dispose]());

function event(at: number, kind: AuditEvent['kind'], outcome: AuditEvent['outcome']): AuditEvent {
  const actor = { id: 'writer/simulated', kind: 'agent', onBehalfOf: 'kim', authenticated: true };
  const where = { run: 'run-1', thread: 'spring', target: 'strategy' };
  return { key: `spring/${at}`, kind, outcome, actor, ...where } as AuditEvent;
}

beforeAll(async () => {
  const audit = await openEmbeddedAudit({ directory: data });
  await audit.log.append(event(1, 'run-started', 'success'));
  await audit.log.append(event(2, 'gate-verdict', 'allow'));
  await audit.log.append({ ...event(3, 'phase-left', 'success'), thread: 'other', run: 'run-2' });
  await audit.log.append(event(4, 'run-ended', 'success'));
  await audit[Symbol.asyncDispose]();
});

describe('verify', () => {
  test('says that nothing was changed, and what it cannot see', async () => {
    const { out, exitCode } = await place.phasegate('audit', 'verify');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/✔ main: nothing was changed; 5 entries, signed up to 5/);
    expect(out).toMatch(/✔ registry: nothing was changed/);
    expect(out).toContain('after the checkpoint at 5');
    expect(out).toContain('The key was taken from the data folder');
  });

  test('gives the same as one object', async () => {
    const { value } = await place.json('audit', 'verify', '--key', key);
    expect(value).toMatchObject({ ok: true, missing: [], chains: [{ name: 'main' }, {}] });
  });

  test('verifies an export offline, and names the entry that was edited', async () => {
    const out = join(place.directory, 'export.jsonl');
    expect((await place.phasegate('audit', 'export', '--out', out)).exitCode).toBe(0);
    const words = ['audit', 'verify', '--file', out, '--key', key];
    expect((await place.phasegate(...words)).exitCode).toBe(0);
    const edited = place.file(
      'edited.jsonl',
      readFileSync(out, 'utf8').replace('"allow"', '"deny"'),
    );
    const found = await place.phasegate('audit', 'verify', '--file', edited, '--key', key);
    expect(found.exitCode).toBe(4);
    expect(found.out).toMatch(/entry 2 edited/);
  });

  test('finds a tail that was cut with the checkpoints that were kept outside', async () => {
    const { out } = await place.phasegate('audit', 'export');
    const cut = place.file('cut.jsonl', out.split('\n').slice(0, 3).join('\n'));
    const outside = join(data, 'audit.checkpoints.jsonl');
    const words = ['audit', 'verify', '--file', cut, '--key', key, '--checkpoints', outside];
    const { exitCode, value } = await place.json(...words);
    expect(exitCode).toBe(4);
    expect(JSON.stringify(value)).toContain('cut-tail');
  });

  test.each([
    ['a file without a key', ['--file', 'x'], 'CLI_USAGE'],
    ['a key that is none', ['--key', join(data, 'audit.db')], 'APP_UNUSABLE_KEY'],
    ['a key that is not there', ['--key', 'nowhere.pem'], 'APP_UNREADABLE_FILE'],
    ['an export that is not there', ['--file', 'nowhere', '--key', key], 'APP_UNREADABLE_FILE'],
    ['a receipt that is none', ['--receipt', key, '--key', key], 'APP_NO_RECEIPT'],
    ['two things at once', ['--file', 'x', '--receipt', 'y'], 'CLI_USAGE'],
  ])('refuses %s', async (_, words, code) => {
    const { exitCode, value } = await place.json('audit', 'verify', ...words);
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({ error: { code } });
  });
});

describe('show and tail', () => {
  test('show the entries of a thread', async () => {
    const { out } = await place.phasegate('audit', 'show', 'spring');
    expect(out).toMatch(/run-started[^]*gate-verdict +allow +strategy +writer\/simulated for kim/);
    expect(out).not.toContain('run-2');
  });

  test('show everything about one entry', async () => {
    const { value } = await place.json('audit', 'show', '2');
    expect(value).toMatchObject({
      entries: [{ seq: 2, entry: { event: { kind: 'gate-verdict' } } }],
    });
    expect((await place.phasegate('audit', 'show', '2')).out).toContain('"previous": ');
  });

  test('refuse what was never recorded', async () => {
    const { exitCode, value } = await place.json('audit', 'show', 'nobody');
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({ error: { code: 'APP_NOTHING_RECORDED' } });
  });

  test('tail begins with the last entries', async () => {
    const { out } = await place.phasegate('audit', 'tail', '-n', '2');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => line.split('  ')[0]),
    ).toEqual(['3', '4']);
    expect((await place.phasegate('audit', 'tail', '-n', 'two')).exitCode).toBe(2);
  });
});

describe('export', () => {
  test.each([
    ['cloudevents', '"specversion":"1.0"'],
    ['ocsf', '"class_uid":2003'],
  ])('as %s', async (format, mark) => {
    const { out } = await place.phasegate('audit', 'export', '--format', format);
    expect(out.trim().split('\n')).toHaveLength(5);
    expect(out).toContain(mark);
  });

  test('of one thread leaves the others out', async () => {
    const { out } = await place.phasegate('audit', 'export', '--thread', 'other');
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(out).toContain('run-2');
  });

  test('writes over nothing, and knows its formats', async () => {
    const taken = place.file('taken.jsonl', 'mine');
    expect((await place.phasegate('audit', 'export', '--out', taken)).exitCode).toBe(2);
    expect(readFileSync(taken, 'utf8')).toBe('mine');
    expect((await place.phasegate('audit', 'export', '--format', 'xml')).exitCode).toBe(2);
    expect((await place.phasegate('audit', 'export', '--json')).exitCode).toBe(2);
  });
});

describe('receipt', () => {
  test('of a run verifies offline, and not once it was changed', async () => {
    const file = join(place.directory, 'receipt.json');
    const issued = await place.json('audit', 'receipt', 'spring', '--out', file);
    expect(issued.value).toMatchObject({ thread: 'spring', run: 'run-1' });
    const words = ['audit', 'verify', '--receipt', file, '--key', key];
    const { exitCode, value, out } = await place.json(...words);
    expect(exitCode).toBe(0);
    expect(value).toMatchObject({ ok: true, run: 'run-1', complete: true });
    expect(out).not.toContain('run-2');
    writeFileSync(file, readFileSync(file, 'utf8').replace('allow', 'deny!'));
    expect(await place.phasegate(...words)).toMatchObject({ exitCode: 4 });
  });

  test('of a thread that nobody ran is refused', async () => {
    const { exitCode } = await place.phasegate('audit', 'receipt', 'nobody', '--out', 'never.json');
    expect(exitCode).toBe(2);
  });
});

describe('archive, hold and rotate-key', () => {
  test('a hold keeps entries from the archive until it is released, and all of it is recorded', async () => {
    const out = join(place.directory, 'archive.jsonl');
    const archive = ['audit', 'archive', '--before', '2999-01-01', '--out', out];
    await place.phasegate('audit', 'hold', 'case-1', '--thread', 'spring');
    const held = await place.json(...archive);
    expect(held).toMatchObject({ exitCode: 2, value: { error: { code: 'AUDIT_LEGAL_HOLD' } } });
    const placedAt = expect.stringMatching(/^\d{4}-.*Z$/);
    expect((await place.json('audit', 'holds')).value).toMatchObject({
      holds: [{ id: 'case-1', thread: 'spring', placedAt }],
    });
    expect((await place.phasegate('audit', 'holds')).out).toMatch(/case-1 .*thread spring/);
    expect(await place.phasegate('audit', 'release', 'case-1')).toMatchObject({ exitCode: 0 });
    expect(await place.phasegate('audit', 'release', 'case-1')).toMatchObject({ exitCode: 2 });
    expect((await place.phasegate('audit', 'holds')).out).toBe('No legal hold is in force.\n');
    expect((await place.json(...archive)).value).toMatchObject({ path: out, size: 7 });
    const words = ['audit', 'verify', '--file', out, '--key', key];
    expect(await place.phasegate(...words)).toMatchObject({ exitCode: 0 });
    expect(await place.phasegate('audit', 'verify')).toMatchObject({ exitCode: 0 });
    const { out: tail } = await place.phasegate('audit', 'tail');
    expect(tail).toMatch(/chain-cut/);
  });

  test('after a change of keys the old public key verifies the chain as well as the new one', async () => {
    const old = place.file('old.pem', readFileSync(key, 'utf8'));
    expect(await place.phasegate('audit', 'rotate-key')).toMatchObject({ exitCode: 0 });
    expect(readFileSync(key, 'utf8')).not.toBe(readFileSync(old, 'utf8'));
    for (const either of [old, key]) {
      const verified = await place.phasegate('audit', 'verify', '--key', either);
      expect(verified).toMatchObject({ exitCode: 0 });
    }
  });

  test('what is no date is refused', async () => {
    const words = ['audit', 'archive', '--before', 'yesterday', '--out', 'never'];
    expect(await place.phasegate(...words)).toMatchObject({ exitCode: 2 });
  });
});

test('a folder without a trail is told as such', async () => {
  const empty = join(place.directory, 'empty');
  const { exitCode, out } = await command(['audit', 'verify', '--json', '--data-dir', empty]);
  expect(exitCode).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'APP_NO_AUDIT_TRAIL' } });
});
