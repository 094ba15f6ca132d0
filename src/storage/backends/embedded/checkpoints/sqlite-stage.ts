import { randomUUID } from 'node:crypto';

import type { Arrival, Stage, StagedRows } from '../../../engine/index.ts';
import { areHeads, clearThread, isSame, putHead, putThread } from './put-rows.ts';
import { whole } from './sql-rows.ts';
import { threadRowOf } from './sqlite-reads.ts';
import type { Statements } from './statements.ts';

const NOW_MS = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
/** What has not grown for so long was left by a process that died. */
const FORGOTTEN_MS = 3_600_000;
const TABLES = ['staged_checkpoints', 'staged_segments', 'staged_writes', 'staged_threads'];
/** Columns of each kind of row behind the thread or stage that it belongs to. */
const COLUMNS = {
  checkpoints: 'ns, id, parent, seq, segments, header, key_id, mac',
  segments: 'digest, bytes',
  writes: 'ns, id, task, idx, channel, path, value, key_id, mac',
} as const;

/** What a stage works with: statements, and a way to run them as one transaction. */
export interface StageParts {
  readonly statements: Statements;
  readonly write: <Value>(work: () => Value) => Value;
  /** The same for what changes a thread. */
  readonly change: <Value>(thread: string, work: () => Value) => Value;
}

/** Makes room for a thread that arrives. What other arrivals left behind for an hour goes now. */
export function openStage({ statements, write, change }: StageParts, thread: string): Stage {
  const stage = randomUUID();
  write(() => {
    const old = `SELECT stage FROM staged_threads WHERE touched_at_ms < ${NOW_MS} - ${FORGOTTEN_MS}`;
    for (const [name] of statements.all(old)) clearStage(statements, String(name));
    touch(statements, stage);
  });
  return {
    put: async (rows) =>
      write(() => {
        touch(statements, stage);
        putRows(statements, stage, rows);
      }),
    finish: async (arrival) => change(thread, () => finish(statements, { stage, thread }, arrival)),
    drop: async () => write(() => clearStage(statements, stage)),
  };
}

function touch(statements: Statements, stage: string): void {
  statements.run(`INSERT OR REPLACE INTO staged_threads VALUES (?, ${NOW_MS})`, stage);
}

function clearStage(statements: Statements, stage: string): void {
  for (const table of TABLES) statements.run(`DELETE FROM ${table} WHERE stage = ?`, stage);
}

function putRows(statements: Statements, stage: string, rows: StagedRows): void {
  for (const [digest, content] of rows.segments) {
    const sql = 'INSERT OR REPLACE INTO staged_segments VALUES (?, ?, ?)';
    statements.run(sql, stage, digest, content);
  }
  for (const { ns, row, writes } of rows.checkpoints) {
    statements.run(
      'INSERT INTO staged_checkpoints VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      stage,
      ns,
      row.id,
      row.parent,
      row.seq,
      row.segments.join(','),
      row.header,
      row.keyId,
      row.mac,
    );
    for (const write of writes) {
      statements.run(
        'INSERT INTO staged_writes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        stage,
        ns,
        row.id,
        write.task,
        write.idx,
        write.channel,
        write.path,
        write.value,
        write.keyId,
        write.mac,
      );
    }
  }
}

function finish(
  statements: Statements,
  { stage, thread }: { readonly stage: string; readonly thread: string },
  arrival: Arrival,
): boolean {
  if (!areHeads(statements, thread, arrival.expectedHeads)) return false;
  if (!isSame(threadRowOf(statements, thread)?.mac, arrival.expectedThread)) return false;
  if (!isWhole(statements, stage, arrival)) return false;
  clearThread(statements, thread);
  for (const [kind, columns] of Object.entries(COLUMNS)) {
    statements.run(
      `INSERT INTO state_${kind} (thread_id, ${columns}) SELECT ?, ${columns} FROM staged_${kind} WHERE stage = ?`,
      thread,
      stage,
    );
  }
  for (const [ns, head] of arrival.heads) putHead(statements, { thread, ns }, head);
  if (arrival.thread !== undefined) putThread(statements, thread, arrival.thread);
  clearStage(statements, stage);
  return true;
}

/** Another process may have taken the stage for one that was left behind. */
function isWhole(statements: Statements, stage: string, arrival: Arrival): boolean {
  const count = (table: string): number =>
    whole(statements.one(`SELECT count(*) FROM ${table} WHERE stage = ?`, stage)?.[0]);
  const checkpoints = [...arrival.heads.values()].reduce((sum, head) => sum + head.count, 0);
  return (
    count('staged_checkpoints') === checkpoints && count('staged_segments') === arrival.segments
  );
}
