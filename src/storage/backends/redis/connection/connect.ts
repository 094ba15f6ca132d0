import { createHash } from 'node:crypto';

import { StorageUnavailableError } from '../../../errors/index.ts';
import { SCRIPTS, WRITING } from '../scripts.ts';
import type { Answer, Client } from './client.ts';
import { explainFailure, isDisconnected } from './explain-failure.ts';
import { inspectNodes } from './inspect-nodes.ts';
import { createLink, type Link } from './link.ts';
import { createReplication } from './replication.ts';
import { checkUrls, placeOf, type RedisServers } from './servers.ts';

/** How a client connects. */
export type ClientOptions = RedisServers & {
  /** Each operation is answered within so many milliseconds. */
  readonly deadlineMs: number;
  /** By how many replicas a write must be confirmed before it is answered; 0 unless told. */
  readonly replicas?: number | undefined;
};

type Script = keyof typeof SCRIPTS;
type Values = readonly (string | number | Uint8Array)[];

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
 * @throws {@link StorageUnavailableError}, STORAGE_AUTHENTICATION, STORAGE_SERVER_URL, STORAGE_UNSUITABLE_SERVER.
 */
export async function connect(options: ClientOptions): Promise<Client> {
  const { deadlineMs, replicas = 0 } = options;
  checkUrls(options);
  const place = placeOf(options);
  const link = createLink(options, deadlineMs);
  const replication = createReplication({ link, place, replicas, deadlineMs });
  const inTime = async <Value>(work: Promise<Value>): Promise<Value> =>
    answerInTime(work, { link, place, deadlineMs });
  try {
    await inTime(link.open());
  } catch (error) {
    link.close();
    throw error;
  }
  return {
    mode: options.mode ?? 'single',
    run: async (script, keys, values) => {
      const work = async (): Promise<unknown> => runScript(link, script, [keys, values]);
      const isConfirmed = replicas > 0 && WRITING.has(script);
      const [key = ''] = keys;
      return answerOf(await inTime(isConfirmed ? replication.confirmed(key, work) : work()));
    },
    command: async (name, ...values) =>
      answerOf(await inTime(link.redis.callBuffer(name, ...values))),
    inspect: async () => inTime(inspectNodes(link, options)),
    close: async () => link.close(),
  };
}

async function answerInTime<Value>(
  work: Promise<Value>,
  at: { readonly link: Link; readonly place: string; readonly deadlineMs: number },
): Promise<Value> {
  const { link, place, deadlineMs } = at;
  let timer: NodeJS.Timeout | undefined;
  // A plain timer: one that can be aborted makes an error with a stack for every answer that comes in time.
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const cause = new Error(`no answer within ${deadlineMs} ms`, { cause: link.reason() });
      reject(new StorageUnavailableError(place, cause));
    }, deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw explainFailure(isDisconnected(error) ? (link.reason() ?? error) : error, place);
  } finally {
    clearTimeout(timer);
  }
}

async function runScript(
  { redis }: Link,
  script: Script,
  [keys, values]: readonly [readonly string[], Values],
): Promise<unknown> {
  const rest = [keys.length, ...keys, ...values.map(sendable)];
  try {
    return await redis.callBuffer('EVALSHA', SHAS.get(script) ?? '', ...rest);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return redis.callBuffer('EVAL', SCRIPTS[script], ...rest);
  }
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
