import type { Clock } from '../../../kernel/index.ts';
import { UnreadableRowError } from '../../errors/index.ts';
import { parseThreadId } from '../../thread-id.ts';
import {
  ThreadRecord,
  type ThreadEntry,
  type ThreadIndex,
  type ThreadQuery,
} from '../../thread-record.ts';
import type { Connection } from './database.ts';
import { explained } from './explain-error.ts';

const COLUMNS = `thread, workflow, status, phase, input_digest AS inputDigest,
  created_at AS createdAt, updated_at AS updatedAt`;
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 100_000;

/** What the index is built from. */
export interface ThreadIndexParts {
  readonly connection: Connection;
  readonly path: string;
  readonly clock: Clock;
}

/** Gives the index of threads that is kept in the table `threads`. */
export function createThreadIndex(parts: ThreadIndexParts): ThreadIndex {
  const { connection, path } = parts;
  return Object.freeze({
    upsert: async (entry: ThreadEntry) => explained(path, () => upsert(parts, entry)),
    get: async (thread: string) =>
      explained(path, () => {
        const sql = `SELECT ${COLUMNS} FROM threads WHERE thread = ?`;
        const row: unknown = connection.prepare(sql).get(parseThreadId(thread));
        return row === undefined ? undefined : parseRow(row);
      }),
    list: async (query: ThreadQuery = {}) => explained(path, () => list(connection, query)),
  });
}

function upsert({ connection, clock }: ThreadIndexParts, entry: ThreadEntry): ThreadRecord {
  const now = clock.now();
  const record = ThreadRecord.parse({
    ...entry,
    thread: parseThreadId(entry.thread),
    createdAt: now,
    updatedAt: now,
  });
  const row: unknown = connection
    .prepare(
      `INSERT INTO threads (thread, workflow, status, phase, input_digest, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (thread) DO UPDATE SET workflow = excluded.workflow, status = excluded.status,
         phase = excluded.phase, input_digest = excluded.input_digest, updated_at = excluded.updated_at
       RETURNING ${COLUMNS}`,
    )
    .get(record.thread, record.workflow, record.status, record.phase, record.inputDigest, now, now);
  return parseRow(row);
}

function list(connection: Connection, query: ThreadQuery): readonly ThreadRecord[] {
  const limit = Math.min(Math.max(Math.trunc(query.limit ?? DEFAULT_LIMIT), 1), MAX_LIMIT);
  const rows: unknown[] = connection
    .prepare(
      `SELECT ${COLUMNS} FROM threads
       WHERE (?1 IS NULL OR workflow = ?1) AND (?2 IS NULL OR status = ?2)
       ORDER BY updated_at DESC, thread LIMIT ?3`,
    )
    .all(query.workflow ?? null, query.status ?? null, limit);
  return rows.map(parseRow);
}

function parseRow(row: unknown): ThreadRecord {
  const parsed = ThreadRecord.safeParse(row);
  if (!parsed.success) throw new UnreadableRowError('thread entry', parsed.error);
  return Object.freeze(parsed.data);
}
