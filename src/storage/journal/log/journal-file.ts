import { closeSync, openSync, rmSync } from 'node:fs';

import Libsql from 'libsql';

import { isPhasegateError, type Clock } from '../../../kernel/index.ts';
import {
  StorageClosedError,
  StorageFailedError,
  StorageFullError,
  StorageInputOutputError,
  StorageLockedError,
} from '../../errors/index.ts';
import {
  decodeBody,
  encodeBody,
  type EntryState,
  type JournalEntry,
  type NewEntry,
} from './entry.ts';

/** "PHgj": tells our journals from other SQLite files. */
const APPLICATION_ID = 0x50_48_67_6a;
const FLUSH_MS = 50;

const TABLES = `
  CREATE TABLE IF NOT EXISTS entries (
    seq INTEGER PRIMARY KEY,
    thread TEXT NOT NULL,
    state TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS entries_by_thread ON entries (thread, seq);
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};`;

/** How a journal is written. */
export interface JournalFileOptions {
  readonly clock: Clock;
  /** Whether each entry is flushed to the disk before it counts. */
  readonly fsync: boolean;
}

/** What stands in a journal. */
export interface JournalStats {
  readonly entries: number;
  readonly bytes: number;
  /** Age of the oldest entry. */
  readonly ageMs: number;
}

/**
 * The operations of one process, in order, in an SQLite file that it alone has open: who gets the lock of a file whose
 * process has died may take it over.
 */
export class JournalFile {
  readonly path: string;
  readonly #database: Libsql.Database;
  readonly #clock: Clock;
  readonly #insert: Libsql.Statement;
  readonly #stored: number[] = [];
  #seq: number;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @throws StorageLockedError where another process has it open; StorageFullError, StorageInputOutputError,
   * StorageFailedError.
   */
  constructor(path: string, options: JournalFileOptions) {
    this.path = path;
    this.#clock = options.clock;
    this.#database = explained(path, () => openAlone(path, options.fsync));
    this.#insert = this.#database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?)');
    this.#seq = Number(this.#one('SELECT max(seq) FROM entries') ?? 0);
  }

  /** @returns the entry's place in the order. */
  append(entry: NewEntry): number {
    this.#seq += 1;
    const seq = this.#seq;
    const body = encodeBody(entry);
    this.#do(() => this.#insert.run(seq, entry.thread, entry.state, this.#nowMs(), body));
    return seq;
  }

  /** Notes that the server has an operation. It may take a moment until that stands in the file. */
  stored(seq: number): void {
    this.#stored.push(seq);
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS).unref();
  }

  /** Writes down which operations the server has. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#stored.length === 0 || !this.#database.open) return;
    const seqs = this.#stored.splice(0);
    const sql = `UPDATE entries SET state = 'stored', at_ms = ? WHERE seq = ? AND state <> 'stuck'`;
    this.#do(() => {
      const update = this.#database.prepare(sql);
      this.#database.exec('BEGIN');
      for (const seq of seqs) update.run(this.#nowMs(), seq);
      this.#database.exec('COMMIT');
    });
  }

  /** Notes that an operation was acknowledged though the server does not have it. */
  keep(seq: number): void {
    this.#run(`UPDATE entries SET state = 'kept' WHERE seq = ?`, seq);
  }

  drop(seq: number): void {
    this.#run('DELETE FROM entries WHERE seq = ?', seq);
  }

  dropThread(thread: string): void {
    this.flush();
    this.#run(`DELETE FROM entries WHERE thread = ? AND state <> 'stuck'`, thread);
  }

  /** Leaves what is there of a thread for people to look at. */
  setAside(thread: string): void {
    this.flush();
    this.#run(`UPDATE entries SET state = 'stuck' WHERE thread = ?`, thread);
  }

  /** Forgets what the server has had since before `beforeMs`, except of threads that have something it has not. */
  purge(beforeMs: number): void {
    this.flush();
    this.#run(
      `DELETE FROM entries WHERE state = 'stored' AND at_ms < ?
       AND thread NOT IN (SELECT thread FROM entries WHERE state = 'kept')`,
      beforeMs,
    );
  }

  /** The threads that have entries in one of these states. */
  threads(...states: readonly EntryState[]): readonly string[] {
    this.flush();
    const marks = states.map(() => '?').join(', ');
    const sql = `SELECT DISTINCT thread FROM entries WHERE state IN (${marks})`;
    return this.#all(sql, ...states).map(([thread]) => String(thread));
  }

  /** @throws UnreadableRowError for an entry that somebody changed. */
  entriesOf(thread: string): readonly JournalEntry[] {
    this.flush();
    const sql = `SELECT seq, state, body FROM entries WHERE thread = ? AND state <> 'stuck' ORDER BY seq`;
    return this.#all(sql, thread).map(([seq, state, body]) => {
      const bytes = body instanceof Uint8Array ? body : new Uint8Array();
      return { seq: Number(seq), thread, state: stateOf(state), ...decodeBody(bytes) };
    });
  }

  /** When the first entry of a thread came, or was stored. */
  beganAtMs(thread: string): number {
    const sql = 'SELECT at_ms FROM entries WHERE thread = ? ORDER BY seq LIMIT 1';
    const atMs = this.#one(sql, thread);
    return typeof atMs === 'number' ? atMs : Number.POSITIVE_INFINITY;
  }

  stats(): JournalStats {
    const sql = 'SELECT count(*), coalesce(sum(length(body)), 0), min(at_ms) FROM entries';
    const [entries, bytes, oldest] = this.#all(sql)[0] ?? [];
    const ageMs = typeof oldest === 'number' ? Math.max(0, this.#nowMs() - oldest) : 0;
    return { entries: Number(entries), bytes: Number(bytes), ageMs };
  }

  /** What was remembered under `name`. */
  fact(name: string): string | undefined {
    const value = this.#one('SELECT value FROM facts WHERE name = ?', name);
    return typeof value === 'string' ? value : undefined;
  }

  remember(name: string, value: string): void {
    this.#run('INSERT OR REPLACE INTO facts VALUES (?, ?)', name, value);
  }

  /** Closes the file, and removes it when nothing stands in it. Safe to call twice. */
  close(): void {
    if (!this.#database.open) return;
    this.flush();
    const isEmpty = this.stats().entries === 0;
    // Removed while it is still locked: nobody can take it over in between.
    if (isEmpty) for (const end of ['', '-wal', '-shm']) rmSync(this.path + end, { force: true });
    else this.#unlock();
    this.#database.close();
  }

  /** The driver keeps a closed file locked until its statements are collected as garbage. */
  #unlock(): void {
    this.#do(() => {
      this.#database.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL');
      this.#database.prepare('SELECT 1 FROM entries').get();
    });
  }

  #nowMs(): number {
    return Date.parse(this.#clock.now());
  }

  #run(sql: string, ...values: readonly (string | number)[]): void {
    this.#do(() => this.#database.prepare(sql).run(...values));
  }

  #all(sql: string, ...values: readonly (string | number)[]): readonly (readonly unknown[])[] {
    const rows = this.#do((): unknown[] =>
      this.#database
        .prepare(sql)
        .raw(true)
        .all(...values),
    );
    return rows.filter(Array.isArray);
  }

  #one(sql: string, ...values: readonly (string | number)[]): unknown {
    return this.#all(sql, ...values)[0]?.[0];
  }

  #do<Value>(work: () => Value): Value {
    if (!this.#database.open) throw new StorageClosedError();
    return explained(this.path, work);
  }
}

function openAlone(path: string, fsync: boolean): Libsql.Database {
  // SQLite gives its log the mode of the file.
  closeSync(openSync(path, 'a', 0o600));
  const database = new Libsql(path, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA synchronous = ${fsync ? 'FULL' : 'NORMAL'}`);
    database.exec(`BEGIN EXCLUSIVE; ${TABLES} COMMIT`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function stateOf(state: unknown): EntryState {
  return state === 'sent' || state === 'kept' || state === 'stored' ? state : 'stuck';
}

function explained<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw explain(path, error);
  }
}

function explain(path: string, cause: unknown): unknown {
  if (isPhasegateError(cause) || !(cause instanceof Error) || !('code' in cause)) return cause;
  const reason = String(cause.code);
  if (/^SQLITE_(BUSY|LOCKED)/.test(reason)) return new StorageLockedError(path, cause);
  if (/^SQLITE_FULL|^ENOSPC$|^EDQUOT$/.test(reason)) return new StorageFullError(path, cause);
  if (/^SQLITE_IOERR|^EIO$|^EFBIG$/.test(reason)) return new StorageInputOutputError(path, cause);
  return new StorageFailedError(path, { reason, cause });
}
