import type { Clock } from '../../../../kernel/index.ts';
import { UnreadableRowError } from '../../../errors/index.ts';
import type { Lifetime } from '../../../lifetime.ts';
import { parseThreadId } from '../../../thread-id.ts';
import {
  ThreadRecord,
  type ThreadEntry,
  type ThreadIndex,
  type ThreadQuery,
} from '../../../thread-record.ts';
import { bufferOf, itemsOf } from '../answers.ts';
import type { Client } from '../client.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 100_000;
const PAGE = 500;

/** What the index is built from. */
export interface RedisThreadIndexParts {
  readonly client: Pick<Client, 'command'>;
  readonly prefix: string;
  readonly lifetime: Lifetime | undefined;
  readonly clock: Clock;
}

/**
 * Gives the index of threads that is kept in Redis: a hash for each thread, and one sorted set of all by their last
 * change. Each command of a write can be done again, and a process that dies between two leaves an older entry behind,
 * which the next write mends.
 */
export function createRedisThreadIndex(parts: RedisThreadIndexParts): ThreadIndex {
  return Object.freeze({
    upsert: async (entry: ThreadEntry) => upsert(parts, entry),
    get: async (thread: string) => read(parts, parseThreadId(thread)),
    list: async (query: ThreadQuery = {}) => list(parts, query),
  });
}

function recordKey(prefix: string, thread: string): string {
  return `${prefix}{${encodeURIComponent(thread)}}r`;
}

function orderKey(prefix: string): string {
  return `${prefix}thread-records`;
}

async function upsert(parts: RedisThreadIndexParts, entry: ThreadEntry): Promise<ThreadRecord> {
  const { client, prefix, lifetime, clock } = parts;
  const now = clock.now();
  const thread = parseThreadId(entry.thread);
  const record = ThreadRecord.parse({ ...entry, thread, createdAt: now, updatedAt: now });
  const { createdAt, phase, ...rest } = record;
  const key = recordKey(prefix, thread);
  const fields = Object.entries({ ...rest, phase: phase ?? '' }).flat();
  await client.command('HSET', key, ...fields);
  const isNew = (await client.command('HSETNX', key, 'createdAt', createdAt)) === 1;
  // A fixed life begins with the thread; a sliding one begins anew with each change.
  if (lifetime !== undefined && (isNew || lifetime.from === 'sliding')) {
    await client.command('PEXPIRE', key, lifetime.ms);
  }
  await client.command('ZADD', orderKey(prefix), Date.parse(now), thread);
  return (await read(parts, thread)) ?? record;
}

async function read(
  { client, prefix }: RedisThreadIndexParts,
  thread: string,
): Promise<ThreadRecord | undefined> {
  const texts = itemsOf(await client.command('HGETALL', recordKey(prefix, thread))).map((text) =>
    bufferOf(text).toString(),
  );
  if (texts.length === 0) return undefined;
  const fields = new Map<string, string>();
  for (let at = 0; at < texts.length; at += 2) fields.set(texts[at] ?? '', texts[at + 1] ?? '');
  const phase = fields.get('phase') ?? '';
  const parsed = ThreadRecord.safeParse({
    ...Object.fromEntries(fields),
    phase: phase === '' ? null : phase,
    // Being written right now for the first time.
    createdAt: fields.get('createdAt') ?? fields.get('updatedAt'),
  });
  if (!parsed.success || parsed.data.thread !== thread)
    throw new UnreadableRowError('thread entry', parsed.error);
  return Object.freeze(parsed.data);
}

async function list(
  parts: RedisThreadIndexParts,
  { workflow, status, limit = DEFAULT_LIMIT }: ThreadQuery,
): Promise<readonly ThreadRecord[]> {
  const wanted = Math.min(Math.max(Math.trunc(limit), 1), MAX_LIMIT);
  const found: ThreadRecord[] = [];
  for (let from = 0; found.length < wanted; from += PAGE) {
    // Each page depends on whether the one before was enough.
    // oxlint-disable-next-line no-await-in-loop
    const { names, records } = await page(parts, from);
    found.push(
      ...records.filter(
        (record) =>
          (workflow === undefined || record.workflow === workflow) &&
          (status === undefined || record.status === status),
      ),
    );
    if (names.length < PAGE) break;
  }
  return found
    .toSorted(
      (one, other) => compare(other.updatedAt, one.updatedAt) || compare(one.thread, other.thread),
    )
    .slice(0, wanted);
}

async function page(
  parts: RedisThreadIndexParts,
  from: number,
): Promise<{ readonly names: readonly string[]; readonly records: readonly ThreadRecord[] }> {
  const { client, prefix } = parts;
  const answer = await client.command('ZREVRANGE', orderKey(prefix), from, from + PAGE - 1);
  const names = itemsOf(answer).map((name) => bufferOf(name).toString());
  const records = await Promise.all(names.map(async (name) => read(parts, name)));
  // Entries whose thread has expired stand in the order only, and are left out: the order is never the only copy.
  return { names, records: records.filter((record) => record !== undefined) };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
