import { setTimeout as delay } from 'node:timers/promises';

import Libsql from 'libsql';

import { systemClock } from '../../../kernel/index.ts';
import {
  ForeignDatabaseError,
  NewerDatabaseError,
  StorageLockedError,
  UnsuitableFileSystemError,
} from '../../errors/index.ts';
import { explained } from './explain-error.ts';
import { MIGRATIONS } from './migrations.ts';

/** "PHgt": tells our files from other SQLite files. */
const APPLICATION_ID = 0x50_48_67_74;
/** How long to wait for another process's write; writes take milliseconds. */
const PATIENCE_MS = 5_000;
const OPEN_PAUSE_MS = 50;

/** A connection whose failed transactions keep their reason. */
export class Connection extends Libsql {
  /**
   * Leaves out a ROLLBACK where SQLite has rolled back by itself (full disk, input/output error). The driver's own
   * `transaction` sends one always, and the complaint about it would hide why the transaction failed.
   */
  override exec(source: string): this {
    if (source !== 'ROLLBACK' || this.inTransaction) super.exec(source);
    return this;
  }
}

/**
 * Runs `work` in a transaction that holds the write lock from its first statement.
 *
 * @throws what `work` throws, after everything was undone.
 */
export function immediately<Value>(connection: Connection, work: () => Value): Value {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    connection.exec('COMMIT');
    return value;
  } catch (error) {
    connection.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Opens the database at `path`, which must exist (an empty file becomes a new database), and brings it to the newest
 * format.
 *
 * @param patienceMs - How long this, and later each statement, waits for a lock that another process holds.
 * @throws {@link CorruptDatabaseError}, {@link ForeignDatabaseError}, {@link NewerDatabaseError},
 * {@link UnsuitableFileSystemError}, {@link StorageLockedError} and the other STORAGE_* errors of a failed write.
 */
export async function openDatabase(path: string, patienceMs = PATIENCE_MS): Promise<Connection> {
  const giveUpAtMs = systemClock.monotonicMs() + patienceMs;
  for (;;) {
    try {
      return explained(path, () => openOnce(path, patienceMs));
    } catch (error) {
      // Turning the log on needs the file alone for a moment, and SQLite does not wait for that one.
      const isLocked = error instanceof StorageLockedError;
      if (!isLocked || systemClock.monotonicMs() >= giveUpAtMs) throw error;
    }
    await delay(OPEN_PAUSE_MS);
  }
}

function openOnce(path: string, patienceMs: number): Connection {
  const connection = new Connection(path, { timeout: patienceMs });
  try {
    checkIdentity(connection, path);
    const mode = String(readColumn(connection, 'PRAGMA journal_mode = WAL', 'journal_mode'));
    if (mode !== 'wal') throw new UnsuitableFileSystemError(path, mode);
    // FULL: a commit is on the disk before it is reported, so that a power cut takes back no approval and no effect.
    connection.exec(
      'PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON',
    );
    migrate(connection, path);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function checkIdentity(connection: Connection, path: string): void {
  const application = readNumber(connection, 'PRAGMA application_id', 'application_id');
  const tables = readNumber(connection, 'SELECT count(*) AS tables FROM sqlite_master', 'tables');
  const isNew = application === 0 && tables === 0;
  if (!isNew && application !== APPLICATION_ID) throw new ForeignDatabaseError(path);
  const found = readNumber(connection, 'PRAGMA user_version', 'user_version');
  if (found > MIGRATIONS.length) {
    throw new NewerDatabaseError(path, { found, known: MIGRATIONS.length });
  }
}

function migrate(connection: Connection, path: string): void {
  if (formatOf(connection) === MIGRATIONS.length) return;
  immediately(connection, () => {
    // Another process may have migrated while this one waited for the write lock.
    checkIdentity(connection, path);
    for (const script of MIGRATIONS.slice(formatOf(connection))) connection.exec(script);
    connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

function formatOf(connection: Connection): number {
  return readNumber(connection, 'PRAGMA user_version', 'user_version');
}

function readNumber(connection: Connection, sql: string, column: string): number {
  return Number(readColumn(connection, sql, column));
}

function readColumn(connection: Connection, sql: string, column: string): unknown {
  const row: unknown = connection.prepare(sql).get();
  return typeof row === 'object' && row !== null ? Reflect.get(row, column) : undefined;
}
