import type {
  CheckpointStore,
  Commit,
  CommitOutcome,
  HeadRow,
  Lane,
  LaneFacts,
  Page,
  Reading,
  Removal,
  StoredCheckpoint,
  ThreadRow,
  WriteCommit,
  WriteOutcome,
} from '../../engine/index.ts';
import { ThreadBusyError, ThreadLockLostError, UnreadableRowError } from '../../errors/index.ts';
import { bufferOf, itemsOf, wholeOf } from './answers.ts';
import type { Answer, Client } from './client.ts';
import { readHolder } from './holder.ts';
import { keysOf, threadsKey } from './keys.ts';
import {
  packCheckpoint,
  packHead,
  packThread,
  packWrite,
  unpackCheckpoint,
  unpackHead,
  unpackThread,
  unpackWrite,
} from './packing.ts';

/** How long a thread is kept: from its last use (`sliding`) or from its beginning (`fixed`). */
export interface Lifetime {
  readonly ms: number;
  readonly from: 'sliding' | 'fixed';
}

/** What a store on Redis works with. */
export interface RedisStoreParts {
  readonly client: Client;
  readonly prefix: string;
  readonly lifetime: Lifetime | undefined;
  /** The lease that this process holds on a thread. */
  readonly leaseOf: (
    thread: string,
  ) => { readonly token: string; readonly epoch: number } | undefined;
}

const NO_MAC = new Uint8Array();
const SEQ_DIGITS = 16;

/** Gives the store that keeps checkpoints in Redis, Valkey, or what speaks as they do; it needs no module. */
export function createRedisStore(parts: RedisStoreParts): CheckpointStore {
  const { client, prefix } = parts;
  const indexed = new Set<string>();
  return {
    read: async (lane, id) => readOne(parts, lane, id),
    page: async (page) => readPage(parts, page),
    segments: async (thread, digests) => segmentsOf(parts, thread, digests),
    lanes: async (thread) => {
      const found = itemsOf(await client.run('lanes', keysOf(prefix, thread), []));
      return new Map(
        found.map((entry) => {
          const [ns, ...facts] = itemsOf(entry);
          return [bufferOf(ns).toString(), factsOf(facts)];
        }),
      );
    },
    threadRow: async (thread) => {
      const [meta = ''] = keysOf(prefix, thread);
      return threadRowOf(await client.command('HGET', meta, 't'));
    },
    commit: async (commit) => {
      const outcome = await put(parts, commit);
      const { thread } = commit.lane;
      if (outcome.kind === 'done' && !indexed.has(thread)) {
        // Outside the thread's slot: a process that dies right here leaves the entry to the next writer.
        await client.command('ZADD', threadsKey(prefix), 0, thread);
        indexed.add(thread);
      }
      return outcome;
    },
    commitWrites: async (commit) => putWrites(parts, commit),
    erase: async (thread, row, expected) => {
      const done = await erase(parts, thread, { row, expected });
      if (done) {
        await client.command('ZREM', threadsKey(prefix), thread);
        indexed.delete(thread);
      }
      return done;
    },
    remove: async (removal) => remove(parts, removal),
    segmentDigests: async (thread) => {
      const [, , , , , , segments = ''] = keysOf(prefix, thread);
      const found = itemsOf(await client.command('HKEYS', segments));
      return found.map((digest) => bufferOf(digest).toString());
    },
  };
}

async function readOne(
  parts: RedisStoreParts,
  lane: Lane,
  id: string | undefined,
): Promise<Reading> {
  const { client, prefix, lifetime } = parts;
  const answer = await client.run('read', keysOf(prefix, lane.thread), [
    lane.ns,
    id ?? '',
    lifetime?.ms ?? 0,
    lifetime?.from ?? '',
  ]);
  const [head, thread, count, last, , row, writes, parts_] = itemsOf(answer);
  const facts = factsOf([head, thread, count, last]);
  if (row === undefined || row === null) return { facts, found: undefined, segments: new Map() };
  const [names, contents] = itemsOf(parts_);
  return { facts, found: storedOf(lane, row, writes), segments: pairsOf(names, contents) };
}

function storedOf(
  lane: Lane,
  row: Answer | undefined,
  writes: Answer | undefined,
): StoredCheckpoint {
  const [, rows] = itemsOf(writes);
  const present = itemsOf(rows).filter((write) => write !== null);
  return {
    lane,
    row: unpackCheckpoint(bufferOf(row)),
    writes: present.map((write) => unpackWrite(bufferOf(write))),
  };
}

function pairsOf(names: Answer | undefined, contents: Answer | undefined): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const bytes = itemsOf(contents);
  for (const [index, name] of itemsOf(names).entries()) {
    const content = bytes[index];
    if (content !== null && content !== undefined) {
      found.set(bufferOf(name).toString(), bufferOf(content));
    }
  }
  return found;
}

function factsOf([head, thread, count, last]: readonly (Answer | undefined)[]): LaneFacts {
  const seq = bufferOf(last).subarray(-SEQ_DIGITS).toString();
  return {
    head: headOf(head),
    thread: threadRowOf(thread),
    count: wholeOf(count),
    lastSeq: seq === '' ? 0 : Number(seq),
  };
}

function headOf(answer: Answer | undefined): HeadRow | undefined {
  return unpackHead(bufferOf(answer));
}

function threadRowOf(answer: Answer | undefined): ThreadRow | undefined {
  return answer === null ? undefined : unpackThread(bufferOf(answer));
}

async function segmentsOf(
  { client, prefix }: RedisStoreParts,
  thread: string,
  digests: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (digests.length === 0) return new Map();
  const [, , , , , , segments = ''] = keysOf(prefix, thread);
  const contents = await client.command('HMGET', segments, ...digests);
  return pairsOf(
    digests.map((digest) => Buffer.from(digest)),
    contents,
  );
}

async function readPage(parts: RedisStoreParts, page: Page): Promise<readonly StoredCheckpoint[]> {
  const places = await placesOf(parts, page);
  const found: StoredCheckpoint[] = [];
  for (const { lane, id } of places) {
    const member = `${lane.ns}\0${id}`;
    const [entry] = itemsOf(
      await parts.client.run('rows', keysOf(parts.prefix, lane.thread), [member]),
    );
    if (entry === null || entry === undefined) continue;
    const [row, writes] = itemsOf(entry);
    found.push(storedOf(lane, row, writes));
  }
  return found;
}

interface Place {
  readonly lane: Lane;
  readonly id: string;
}

/** The places of a page, newest first. */
async function placesOf(parts: RedisStoreParts, page: Page): Promise<readonly Place[]> {
  const { client, prefix } = parts;
  const threads =
    page.thread === undefined
      ? itemsOf(await client.command('ZRANGE', threadsKey(prefix), 0, -1)).map((thread) =>
          bufferOf(thread).toString(),
        )
      : [page.thread];
  const places: Place[] = [];
  for (const thread of threads) {
    const [, , index = ''] = keysOf(prefix, thread);
    const { ns } = page;
    const range = ns === undefined ? ['-', '+'] : [`[${ns}\0`, `(${ns}\u0001`];
    const members = itemsOf(await client.command('ZRANGEBYLEX', index, ...range));
    places.push(...members.map((member) => placeOf(thread, bufferOf(member).toString())));
  }
  return places
    .filter((place) => isOnPage(place, page))
    .toSorted((one, other) => comparePlaces(other, one))
    .slice(0, page.limit);
}

function placeOf(thread: string, member: string): Place {
  const end = member.indexOf('\0');
  return { lane: { thread, ns: member.slice(0, end) }, id: member.slice(end + 1) };
}

function isOnPage(place: Place, { id, before, after }: Page): boolean {
  if (id !== undefined && place.id !== id) return false;
  if (before !== undefined && place.id >= before) return false;
  return after === undefined || comparePlaces(place, { lane: after.lane, id: after.row.id }) < 0;
}

function comparePlaces(one: Place, other: Place): number {
  const keys = ({ id, lane }: Place): readonly string[] => [id, lane.thread, lane.ns];
  const theirs = keys(other);
  for (const [index, mine] of keys(one).entries()) {
    const their = theirs[index] ?? '';
    if (mine !== their) return mine < their ? -1 : 1;
  }
  return 0;
}

/** What every script that writes begins with. */
function startOf({ leaseOf, lifetime }: RedisStoreParts, thread: string): (string | number)[] {
  const lease = leaseOf(thread);
  const held = lease === undefined ? ['', ''] : [lease.token, lease.epoch];
  return [...held, lifetime?.ms ?? 0, lifetime?.from ?? ''];
}

async function put(parts: RedisStoreParts, commit: Commit): Promise<CommitOutcome> {
  const { lane, row, head, thread, expected, segments } = commit;
  const answer = await parts.client.run('commit', keysOf(parts.prefix, lane.thread), [
    ...startOf(parts, lane.thread),
    lane.ns,
    row.id,
    packCheckpoint(row),
    packHead(head),
    thread === undefined ? '' : packThread(thread),
    expected.head ?? NO_MAC,
    expected.thread ?? NO_MAC,
    expected.exists ? 1 : 0,
    ...[...segments].flat(),
  ]);
  const [kind, ...rest] = outcomeOf(answer, lane.thread);
  if (kind === 'done') return { kind };
  if (kind === 'missing') {
    const digests = itemsOf(rest[0]).map((digest) => bufferOf(digest).toString());
    return { kind: 'missing-segments', digests };
  }
  const existing = bufferOf(rest[4]);
  return {
    kind: 'conflict',
    facts: factsOf(rest),
    existing: existing.length === 0 ? undefined : unpackCheckpoint(existing),
  };
}

async function putWrites(parts: RedisStoreParts, commit: WriteCommit): Promise<WriteOutcome> {
  const { lane, id, rows, expectedThread } = commit;
  const answer = await parts.client.run('commitWrites', keysOf(parts.prefix, lane.thread), [
    ...startOf(parts, lane.thread),
    expectedThread ?? NO_MAC,
    ...rows.flatMap((row) => {
      const name = `${lane.ns}\0${id}\0${row.task}\0${row.idx}`;
      return [name, row.idx < 0 ? 'last' : 'first', packWrite(row)];
    }),
  ]);
  const [kind, thread] = outcomeOf(answer, lane.thread);
  return kind === 'done' ? { kind } : { kind: 'conflict', thread: threadRowOf(thread) };
}

async function erase(
  parts: RedisStoreParts,
  thread: string,
  change: {
    readonly row: ThreadRow | undefined;
    readonly expected: ReadonlyMap<string, Uint8Array>;
  },
): Promise<boolean> {
  const answer = await parts.client.run('erase', keysOf(parts.prefix, thread), [
    ...startOf(parts, thread),
    change.row === undefined ? '' : packThread(change.row),
    ...[...change.expected].flat(),
  ]);
  return outcomeOf(answer, thread)[0] === 'done';
}

async function remove(parts: RedisStoreParts, removal: Removal): Promise<boolean> {
  const { thread, lanes, segments } = removal;
  const [token = '', epoch = ''] = startOf(parts, thread);
  const answer = await parts.client.run('remove', keysOf(parts.prefix, thread), [
    token,
    epoch,
    lanes.length,
    ...lanes.flatMap(({ ns, expectedHead, head, ids }) => {
      return [ns, expectedHead, packHead(head), ids.length, ...ids];
    }),
    ...segments,
  ]);
  return outcomeOf(answer, thread)[0] === 'done';
}

function outcomeOf(answer: Answer, thread: string): readonly [string, ...Answer[]] {
  const [kind, ...rest] = itemsOf(answer);
  const name = bufferOf(kind).toString();
  if (name === 'lost') throw new ThreadLockLostError(thread);
  if (name === 'busy') throw new ThreadBusyError({ thread, ...readHolder(bufferOf(rest[0])) });
  if (name === '') throw new UnreadableRowError('answer', new TypeError('no outcome'));
  return [name, ...rest];
}
