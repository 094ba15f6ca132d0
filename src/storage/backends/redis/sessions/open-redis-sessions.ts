import { createHash } from 'node:crypto';

import {
  isPhasegateError,
  silentLogger,
  systemClock,
  type Logger,
} from '../../../../kernel/index.ts';
import { UnreadableRowError } from '../../../errors/index.ts';
import { timerOf } from '../../../in-time.ts';
import type { FoundSession, SessionRow, SessionStore } from '../../../session-store.ts';
import { bufferOf, itemsOf, wholeOf } from '../answers.ts';
import { checkServer } from '../check-server.ts';
import { connect, type Answer, type Client } from '../client.ts';
import { placeOf, type RedisServers } from '../connection/index.ts';
import { createPool } from './pool.ts';
import { SESSION_SCRIPTS } from './session-scripts.ts';

const DEFAULT_PREFIX = 'phasegate:';
const DEFAULT_DEADLINE_MS = 2_000;
const DEFAULT_CONNECTIONS = 2;
const MOST_SWEPT = 1_000;
const KINDS = ['r', 'u', 'd', 'o', 'g', 'b', 'x', 'n'] as const;

/** Which servers keep the sessions, and how. */
export type RedisSessionsOptions = RedisServers & RedisSessionsSettings;

/** What sessions on Redis can be told besides where the servers are. */
export interface RedisSessionsSettings {
  /** What the names of all keys begin with; `phasegate:` unless told. */
  readonly prefix?: string;
  /** Each operation is answered within so many milliseconds; 2,000 unless told. */
  readonly deadlineMs?: number;
  /** How many connections are kept and used in turn; 2 unless told. */
  readonly connections?: number;
  readonly logger?: Logger;
}

type Script = keyof typeof SESSION_SCRIPTS;
type Run = (script: Script, ...values: readonly (string | number)[]) => Promise<Answer>;

const SHAS = new Map(
  Object.entries(SESSION_SCRIPTS).map(([name, text]) => [
    name,
    createHash('sha1').update(text).digest('hex'),
  ]),
);

/**
 * Opens a store for sessions on Redis (6.2 or newer) or Valkey: one server, a set under Sentinel, or a Cluster. It connects when it is first used, so that it
 * can be opened while the server is away; each operation is one script on keys of one cluster slot.
 *
 * @returns A store whose operations fail with STORAGE_UNAVAILABLE (retryable), STORAGE_FULL, STORAGE_AUTHENTICATION,
 * STORAGE_UNSUITABLE_SERVER, STORAGE_UNREADABLE_ROW or STORAGE_CLOSED.
 * @throws STORAGE_INVALID_DURATION.
 */
export function openRedisSessions(options: RedisSessionsOptions): SessionStore {
  const { logger = silentLogger } = options;
  const deadlineMs = timerOf('deadlineMs', options.deadlineMs ?? DEFAULT_DEADLINE_MS);
  const prefix = options.prefix ?? DEFAULT_PREFIX;
  const keys = KINDS.map((kind) => `${prefix}{sessions}${kind}`);
  const size = Math.max(1, Math.trunc(options.connections ?? DEFAULT_CONNECTIONS));
  const pool = createPool(size, async () => openChecked(options, deadlineMs, logger));
  const run: Run = async (script, ...values) => {
    const startedMs = systemClock.monotonicMs();
    for (let left = size; ; left -= 1) {
      try {
        return await evaluate(await pool.take(), script, [keys.length, ...keys, ...values]);
      } catch (error) {
        // After an outage one connection is back before another; only what failed at once is worth another try.
        const isOver = left <= 1 || systemClock.monotonicMs() - startedMs > deadlineMs / 2;
        if (isOver || !isPhasegateError(error) || error.code !== 'STORAGE_UNAVAILABLE') throw error;
      }
    }
  };
  return Object.freeze({
    ...writing(run),
    ...reading(run),
    [Symbol.asyncDispose]: async () => pool[Symbol.asyncDispose](),
  });
}

async function openChecked(
  servers: RedisServers,
  deadlineMs: number,
  logger: Logger,
): Promise<Client> {
  const client = await connect({ ...servers, deadlineMs });
  try {
    await checkServer(client, placeOf(servers), logger);
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function evaluate(
  client: Client,
  script: Script,
  values: readonly (string | number)[],
): Promise<Answer> {
  try {
    return await client.command('EVALSHA', SHAS.get(script) ?? '', ...values);
  } catch (error) {
    const isUnknown = isPhasegateError(error) && error.details['reason'] === 'NOSCRIPT';
    if (!isUnknown) throw error;
    return client.command('EVAL', SESSION_SCRIPTS[script], ...values);
  }
}

function writing(run: Run) {
  return {
    put: async (row) =>
      isOne(await run('put', row.id, textOf(row), row.seenAtMs)) ? 'stored' : 'revoked',
    replace: async (id, next, nowMs) =>
      isOne(await run('replace', id, next.id, textOf(next), nowMs)),
    amend: async (id, { from, to }) => isOne(await run('amend', id, from, to)),
    revoke: async (ids) => (ids.length === 0 ? 0 : wholeOf(await run('revoke', ...ids))),
    revokeOwner: async ({ owner, beforeMs, untilMs }) =>
      wholeOf(await run('revokeOwner', owner, beforeMs, untilMs)),
    sweep: async (nowMs) => {
      let swept = 0;
      // In portions, so that the server never stands still for long.
      for (;;) {
        const portion = wholeOf(await run('sweep', nowMs));
        swept += portion;
        if (portion < MOST_SWEPT) return swept;
      }
    },
  } satisfies Partial<SessionStore>;
}

function reading(run: Run) {
  return {
    use: async (id, nowMs) => foundOf(itemsOf(await run('use', id, nowMs))),
    list: async ({ owner = '', limit, nowMs }) =>
      itemsOf(await run('list', owner, limit, nowMs)).map((row) => rowOf(itemsOf(row))),
    count: async (nowMs) => wholeOf(await run('count', nowMs)),
  } satisfies Partial<SessionStore>;
}

function isOne(answer: Answer): boolean {
  return wholeOf(answer) === 1;
}

function textOf({ createdAtMs, expiresAtMs, idleMs, owner, body }: SessionRow): string {
  return `${createdAtMs} ${expiresAtMs} ${idleMs} ${owner} ${body}`;
}

function foundOf([kind, count, ...rest]: readonly Answer[]): FoundSession {
  const name = bufferOf(kind).toString();
  const revision = Number(bufferOf(count).toString());
  if (name === 'live') return { kind: name, revision, row: rowOf(rest) };
  if (name === 'unknown') return { kind: name, revision };
  throw new UnreadableRowError('answer', new TypeError('no outcome'));
}

const ROW = /^(\d{1,15}) (\d{1,15}) (\d{1,15}) (\S+) (.*)$/s;

function rowOf([id, text, seen]: readonly Answer[]): SessionRow {
  const parts = ROW.exec(bufferOf(text).toString());
  if (parts === null) throw new UnreadableRowError('session', new TypeError('expected a row'));
  const [, created, expires, idle, owner = '', body = ''] = parts;
  return {
    id: bufferOf(id).toString(),
    owner,
    body,
    createdAtMs: Number(created),
    seenAtMs: Number(bufferOf(seen).toString()),
    expiresAtMs: Number(expires),
    idleMs: Number(idle),
  };
}
