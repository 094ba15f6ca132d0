import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { Redis, type RedisOptions } from 'ioredis';

import { isPhasegateError } from '../../../kernel/index.ts';
import {
  StorageAuthenticationError,
  StorageFailedError,
  StorageFullError,
  StorageUnavailableError,
} from '../../errors/index.ts';
import { SCRIPTS } from './scripts.ts';

/** What Redis answers: text as bytes, numbers, nothing, or a list of answers. */
export type Answer = Buffer | number | null | readonly Answer[];

/** A connection that runs our scripts. */
export interface Client {
  run(
    script: keyof typeof SCRIPTS,
    keys: readonly string[],
    values: readonly (string | number | Uint8Array)[],
  ): Promise<Answer>;
  command(name: string, ...values: readonly (string | number)[]): Promise<Answer>;
  close(): Promise<void>;
}

/** How a client connects. */
export interface ClientOptions {
  readonly url: string;
  /** Each operation is answered within so many milliseconds. */
  readonly deadlineMs: number;
}

const CONNECT_TIMEOUT_MS = 2_000;
const RETRY_STEP_MS = 50;
const RETRY_MAX_MS = 1_000;

const SHAS = new Map(
  Object.entries(SCRIPTS).map(([name, text]) => [
    name,
    createHash('sha1').update(text).digest('hex'),
  ]),
);

/**
 * Connects. A command fails at once while there is no connection, and is sent again once at most; every operation ends
 * within the deadline, also with a server that hangs.
 *
 * @throws {@link StorageUnavailableError}, {@link StorageAuthenticationError}
 */
export async function connect({ url, deadlineMs }: ClientOptions): Promise<Client> {
  const place = placeOf(url);
  const redis = new Redis(url, settings(deadlineMs));
  // Why the connection failed is told here; a command only hears that there is none.
  let reason: unknown;
  redis.on('error', (error: unknown) => {
    reason = error;
  });
  const explained = async (work: Promise<unknown>): Promise<Answer> => {
    const controller = new AbortController();
    const late = delay(deadlineMs, undefined, { signal: controller.signal }).then(() => {
      throw new StorageUnavailableError(place, new Error(`no answer within ${deadlineMs} ms`));
    });
    try {
      return answerOf(await Promise.race([work, late]));
    } catch (error) {
      throw explain(isClosed(error) ? (reason ?? error) : error, place);
    } finally {
      controller.abort();
      // Its end is of no interest any more.
      late.catch(() => undefined);
    }
  };
  try {
    await explained(redis.connect());
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  return {
    run: async (script, keys, values) => explained(runScript(redis, script, [keys, values])),
    command: async (name, ...values) => explained(redis.callBuffer(name, ...values)),
    close: async () => redis.disconnect(),
  };
}

function settings(deadlineMs: number) {
  return {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: deadlineMs,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    enableAutoPipelining: false,
    retryStrategy: (attempt: number) => Math.min(attempt * RETRY_STEP_MS, RETRY_MAX_MS),
    // A replica that was the master before: connect anew, to where the name leads now.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  } satisfies RedisOptions;
}

async function runScript(
  redis: Redis,
  script: keyof typeof SCRIPTS,
  [keys, values]: readonly [readonly string[], readonly (string | number | Uint8Array)[]],
): Promise<unknown> {
  const rest = [keys.length, ...keys, ...values.map(sendable)];
  try {
    return await redis.callBuffer('EVALSHA', SHAS.get(script) ?? '', ...rest);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return redis.callBuffer('EVAL', SCRIPTS[script], ...rest);
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && error.message === 'Connection is closed.';
}

function sendable(value: string | number | Uint8Array): string | number | Buffer {
  if (!(value instanceof Uint8Array)) return value;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function answerOf(value: unknown): Answer {
  if (value === null || value === undefined || typeof value === 'number') return value ?? null;
  if (value instanceof Buffer) return value;
  if (Array.isArray(value)) return value.map(answerOf);
  return Buffer.from(typeof value === 'string' ? value : '');
}

/** Names the server without the password that a URL may hold. */
function placeOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return 'redis';
  }
}

function explain(cause: unknown, place: string): Error {
  if (isPhasegateError(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/^(NOAUTH|WRONGPASS|NOPERM)|invalid password|without any password/.test(message)) {
    return new StorageAuthenticationError(place, cause);
  }
  if (message.startsWith('OOM')) return new StorageFullError(place, cause);
  const code = /^[A-Z]+ /.exec(message)?.[0].trim();
  const isTransient =
    code === undefined ||
    ['READONLY', 'LOADING', 'MASTERDOWN', 'CLUSTERDOWN', 'TRYAGAIN'].includes(code);
  if (isTransient) return new StorageUnavailableError(place, cause);
  return new StorageFailedError(place, { reason: code, cause });
}
