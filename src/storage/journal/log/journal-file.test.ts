import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { randomIds, systemClock, type Clock } from '../../../kernel/index.ts';
import { JournalFile, openJournalDirectory, type JournalChange } from './index.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-journal-file-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const options = { clock: systemClock, fsync: false };
const open = (clock: Clock = systemClock): JournalFile =>
  new JournalFile(join(directory, 'journal-1.db'), { clock, fsync: false });
const writes = (id: string): JournalChange => ({
  kind: 'writes',
  commit: {
    lane: { thread: 't', ns: '' },
    id,
    rows: [
      {
        task: 'task',
        idx: 0,
        channel: 'a',
        path: '',
        value: new Uint8Array([1, 2, 3]),
        keyId: 'key',
        mac: new Uint8Array(32).fill(7),
      },
    ],
    expectedThread: undefined,
  },
});
const entry = (id: string, state: 'sent' | 'kept' = 'sent') => ({
  thread: 't',
  state,
  lease: { token: 'token', epoch: 3 },
  change: writes(id),
});

test('gives entries back as they were appended, in order, to the next process as well', () => {
  const journal = open();
  journal.append(entry('1'));
  journal.append({ ...entry('2', 'kept'), lease: undefined });
  journal.close();
  const again = open();
  const found = again.entriesOf('t');
  expect(found).toMatchObject([
    { seq: 1, ...entry('1') },
    { ...entry('2', 'kept'), lease: undefined },
  ]);
  expect(again.append(entry('3'))).toBe(3);
  again.close();
});

test('tells what was stored from what was only kept', () => {
  using closing = closed(open());
  const { journal } = closing;
  const [one, two, three] = ['1', '2', '3'].map((id) => journal.append(entry(id)));
  journal.stored(one ?? 0);
  journal.keep(two ?? 0);
  journal.drop(three ?? 0);
  expect(journal.entriesOf('t').map(({ state }) => state)).toEqual(['stored', 'kept']);
  expect(journal.threads('kept')).toEqual(['t']);
  expect(journal.threads('sent')).toEqual([]);
});

test('forgets what the server has had for long, but of no thread that has something it has not', () => {
  let now = Date.parse('2026-01-01T00:00:00.000Z');
  const clock = { ...systemClock, now: () => new Date(now).toISOString() };
  using closing = closed(open(clock));
  const { journal } = closing;
  journal.stored(journal.append(entry('1')));
  journal.stored(journal.append({ ...entry('1'), thread: 'other' }));
  const kept = journal.append(entry('2', 'kept'));
  journal.flush();
  now += 61_000;
  const { bytes, ...stats } = journal.stats();
  expect(stats).toEqual({ entries: 3, ageMs: 61_000 });
  // Each holds at least a MAC.
  expect(bytes).toBeGreaterThan(3 * 32);
  journal.purge(now - 60_000);
  expect(journal.threads('stored', 'kept')).toEqual(['t']);
  expect(journal.entriesOf('t')).toHaveLength(2);
  journal.stored(kept);
  journal.purge(now + 1);
  expect(journal.stats()).toEqual({ entries: 0, bytes: 0, ageMs: 0 });
});

test('belongs to one process at a time, and to nobody else on the machine', () => {
  const journal = open();
  expect(() => open()).toThrow(expect.objectContaining({ code: 'STORAGE_LOCKED' }));
  expect(statSync(journal.path).mode & 0o077).toBe(0);
  journal.append(entry('1', 'kept'));
  expect(openJournalDirectory(directory, { ...options, ids: randomIds }).orphans).toEqual([]);
  journal.close();
  const { own, orphans } = openJournalDirectory(directory, { ...options, ids: randomIds });
  expect(orphans.map((orphan) => orphan.entriesOf('t').length)).toEqual([1]);
  for (const each of [own, ...orphans]) each.close();
});

test('leaves no file behind when it is closed with nothing in it', () => {
  const journal = open();
  journal.drop(journal.append(entry('1')));
  journal.close();
  expect(readdirSync(directory)).toEqual([]);
});

test('refuses an entry that is not what was written, and sets its thread aside', () => {
  const journal = open();
  journal.append(entry('1', 'kept'));
  journal.close();
  const vandal = new Libsql(journal.path);
  vandal.prepare(`UPDATE entries SET body = x'00'`).run();
  vandal.close();
  using closing = closed(open());
  expect(() => closing.journal.entriesOf('t')).toThrow(
    expect.objectContaining({ code: 'STORAGE_UNREADABLE_ROW' }),
  );
  closing.journal.setAside('t');
  expect(closing.journal.entriesOf('t')).toEqual([]);
  expect(closing.journal.stats().entries).toBe(1);
});

test('says that the directory is none', () => {
  const journal = open();
  const path = join(journal.path, 'below');
  expect(() => openJournalDirectory(path, { ...options, ids: randomIds })).toThrow(
    expect.objectContaining({ code: 'STORAGE_NOT_A_DIRECTORY' }),
  );
  journal.close();
});

function closed(journal: JournalFile): Disposable & { readonly journal: JournalFile } {
  return { journal, [Symbol.dispose]: () => journal.close() };
}
