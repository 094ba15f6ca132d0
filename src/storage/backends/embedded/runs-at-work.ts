import { existsSync } from 'node:fs';

import Libsql from 'libsql';
import { z } from 'zod';

import type { RunAtWork } from '../../errors/index.ts';

const MOST = 5;
/** Whoever finds the database locked has waited, and so has the holder: its lease may have run out meanwhile. */
const LAPSED_MS = 60_000;

const Row = z.object({
  thread: z.string(),
  owner: z.string(),
  pid: z.int(),
  since: z.string(),
});

/**
 * Names the runs that hold threads in the database at `path`, to tell whoever found it locked. Readers need no lock there,
 * so that this works while somebody writes; where it does not (a lock on the whole file), nobody is named.
 */
export function runsAtWork(path: string): readonly RunAtWork[] {
  if (!existsSync(path)) return [];
  try {
    const connection = new Libsql(path, { readonly: true, timeout: 100 });
    try {
      const rows: unknown[] = connection
        .prepare(
          `SELECT thread, owner, pid, since FROM thread_locks
           WHERE held = 1 AND expires_at_ms > unixepoch('subsec') * 1000 - ${LAPSED_MS} ORDER BY since LIMIT ?`,
        )
        .all(MOST);
      return rows.map((row) => Row.parse(row));
    } finally {
      connection.close();
    }
  } catch {
    // Only words for a message: the error that is being explained says what matters.
    return [];
  }
}
