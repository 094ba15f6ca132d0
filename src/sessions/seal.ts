import { createHmac, hkdfSync } from 'node:crypto';

import { canonicalJson } from '../kernel/index.ts';
import type { SessionRow } from '../storage/index.ts';
import { SessionKeyError } from './errors.ts';
import { ownerOf, SessionBody, type Session } from './session.ts';
import { equalInConstantTime } from './token.ts';

const KEY_BYTES = 32;
const MAC = /^[A-Za-z0-9_-]{43}$/;
const SEPARATOR = '.';

/** Turns sessions into rows and back, so that a row that was changed in the store is not believed. */
export interface SessionSealer {
  /** The row's body: the session's content under a MAC over everything that its use does not change. */
  seal(fixed: FixedRow, body: SessionBody): string;
  /** The session that a row holds; undefined if it was sealed for another row, with another key, or changed. */
  open(row: SessionRow): Session | undefined;
}

/** What of a row stands fast from its beginning. */
export type FixedRow = Omit<SessionRow, 'body' | 'seenAtMs'>;

/**
 * Makes a sealer.
 *
 * @param keys - Secrets of at least 32 bytes: the first seals, all open. None: rows are bound to nothing secret, and
 * whoever can write to the store can make sessions.
 * @throws {@link SessionKeyError}
 */
export function createSealer(keys: readonly Uint8Array[]): SessionSealer {
  const derived = keys.map((key) => {
    if (key.length < KEY_BYTES) throw new SessionKeyError(key.length);
    return Buffer.from(hkdfSync('sha256', key, '', 'phasegate/session/1', KEY_BYTES));
  });
  const usable = derived.length === 0 ? [Buffer.alloc(KEY_BYTES)] : derived;
  const macs = (fixed: FixedRow, json: string): readonly string[] =>
    usable.map((key) => macOf(key, fixed, json));
  return {
    seal: (fixed, body) => {
      const json = canonicalJson(body);
      return `${macs(fixed, json)[0] ?? ''}${SEPARATOR}${json}`;
    },
    open: (row) => {
      const { mac, json } = partsOf(row);
      // Every key is tried, so that the time does not tell which one it was.
      const matches = macs(row, json).filter((expected) => equalInConstantTime(expected, mac));
      if (matches.length === 0 || !MAC.test(mac)) return undefined;
      return sessionOf(row, json);
    },
  };
}

/** What a row says, whoever wrote it; undefined where that is no session. */
export function contentOf(row: SessionRow): SessionBody | undefined {
  return SessionBody.safeParse(parseJson(partsOf(row).json)).data;
}

function partsOf({ body }: SessionRow): { readonly mac: string; readonly json: string } {
  const end = body.indexOf(SEPARATOR);
  return { mac: body.slice(0, Math.max(end, 0)), json: body.slice(end + 1) };
}

function macOf(key: Buffer, row: FixedRow, json: string): string {
  const { id, owner, createdAtMs, expiresAtMs, idleMs } = row;
  const fixed = canonicalJson({ id, owner, createdAtMs, expiresAtMs, idleMs });
  return createHmac('sha256', key).update(`${fixed}\n${json}`).digest('base64url');
}

function sessionOf(row: SessionRow, json: string): Session | undefined {
  const parsed = SessionBody.safeParse(parseJson(json));
  if (!parsed.success) return undefined;
  const { principal, tenant, threads } = parsed.data;
  if (ownerOf(principal.id, tenant) !== row.owner) return undefined;
  return Object.freeze({
    id: row.id,
    principal: Object.freeze({ ...principal, authenticated: true, source: 'session' }),
    tenant,
    threads: Object.freeze(threads),
    createdAt: new Date(row.createdAtMs).toISOString(),
    lastSeenAt: new Date(row.seenAtMs).toISOString(),
    expiresAt: new Date(row.expiresAtMs).toISOString(),
    idleMs: row.idleMs,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not a session; the caller refuses it.
    return undefined;
  }
}
