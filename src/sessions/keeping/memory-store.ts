import type { OwnerRevocation, SessionRow, SessionStore } from '../../storage/index.ts';

/** Keeps sessions in this process alone; they end with it. It needs no server, and is never away. */
export function memorySessions(): SessionStore {
  const rows = new Map<string, SessionRow>();
  const revoked = new Map<string, number>();
  // Nothing is lost here while this process lives.
  const revision = 0;
  const owners = new Map<string, OwnerRevocation>();
  const put = (row: SessionRow): 'stored' | 'revoked' => {
    if (rows.has(row.id)) return 'stored';
    const mark = owners.get(row.owner);
    if (revoked.has(row.id) || (mark !== undefined && row.createdAtMs <= mark.beforeMs)) {
      return 'revoked';
    }
    rows.set(row.id, row);
    return 'stored';
  };
  const revoke = (id: string): number => {
    const row = rows.get(id);
    if (row === undefined) return 0;
    revoked.set(id, row.expiresAtMs);
    rows.delete(id);
    return 1;
  };
  const live = (nowMs: number): readonly SessionRow[] =>
    [...rows.values()].filter((row) => isLive(row, nowMs));
  return Object.freeze({
    put: async (row: SessionRow) => put(row),
    use: async (id: string, nowMs: number) => ({ ...use(rows, id, nowMs), revision }),
    replace: async (id: string, next: SessionRow, nowMs: number) => {
      if (rows.has(next.id)) return true;
      const old = rows.get(id);
      if (old === undefined || !isLive(old, nowMs) || put(next) === 'revoked') return false;
      return revoke(id) === 1;
    },
    amend: async (id: string, { from, to }: { readonly from: string; readonly to: string }) => {
      const row = rows.get(id);
      if (row === undefined || (row.body !== from && row.body !== to)) return false;
      rows.set(id, { ...row, body: to });
      return true;
    },
    revoke: async (ids: readonly string[]) => ids.reduce((count, id) => count + revoke(id), 0),
    revokeOwner: async (order: OwnerRevocation) => revokeOwner(rows, owners, order),
    list: async ({ owner, limit, nowMs }: Parameters<SessionStore['list']>[0]) =>
      live(nowMs)
        .filter((row) => owner === undefined || row.owner === owner)
        .toSorted(compareRows)
        .slice(0, limit),
    count: async (nowMs: number) => live(nowMs).length,
    sweep: async (nowMs: number) => {
      for (const [id, untilMs] of revoked) if (untilMs <= nowMs) revoked.delete(id);
      for (const [owner, { untilMs }] of owners) if (untilMs <= nowMs) owners.delete(owner);
      const ended = [...rows.values()].filter((row) => !isLive(row, nowMs));
      for (const { id } of ended) rows.delete(id);
      return ended.length;
    },
    [Symbol.asyncDispose]: async () => {
      rows.clear();
    },
  });
}

/** When a session ends if it is not used any more. */
export function deadlineOf({ seenAtMs, idleMs, expiresAtMs }: SessionRow): number {
  return Math.min(seenAtMs + idleMs, expiresAtMs);
}

/** Tells whether a session is neither too old nor idle for too long. */
export function isLive(row: SessionRow, nowMs: number): boolean {
  return deadlineOf(row) > nowMs;
}

/** What was found, without the revision. */
export type FoundRow =
  | { readonly kind: 'live'; readonly row: SessionRow }
  | { readonly kind: 'unknown' };

/** As long as any id, and nobody's: no hash can be foreseen. */
const ENDED_ID = '-'.repeat(43);
const ENDED = new Map<string, SessionRow>([
  [
    ENDED_ID,
    { id: ENDED_ID, owner: '', body: '', createdAtMs: 0, seenAtMs: 0, expiresAtMs: 0, idleMs: 0 },
  ],
]);

function use(rows: Map<string, SessionRow>, id: string, nowMs: number): FoundRow {
  const found = rows.get(id);
  // Whoever is refused, one row is found and one is not. What has ended stays until it is swept.
  const other = ENDED.get(found === undefined ? ENDED_ID : id);
  const row = found ?? other;
  if (row === undefined || !isLive(row, nowMs)) return { kind: 'unknown' };
  const used = { ...row, seenAtMs: Math.max(row.seenAtMs, nowMs) };
  rows.set(id, used);
  return { kind: 'live', row: used };
}

function revokeOwner(
  rows: Map<string, SessionRow>,
  owners: Map<string, OwnerRevocation>,
  { owner, beforeMs, untilMs }: OwnerRevocation,
): number {
  const known = owners.get(owner);
  owners.set(owner, {
    owner,
    beforeMs: Math.max(beforeMs, known?.beforeMs ?? 0),
    untilMs: Math.max(untilMs, known?.untilMs ?? 0),
  });
  const theirs = [...rows.values()].filter(
    (row) => row.owner === owner && row.createdAtMs <= beforeMs,
  );
  for (const { id } of theirs) rows.delete(id);
  return theirs.length;
}

function compareRows(one: SessionRow, other: SessionRow): number {
  const difference = deadlineOf(other) - deadlineOf(one);
  if (difference !== 0) return difference;
  return one.id > other.id ? -1 : 1;
}
