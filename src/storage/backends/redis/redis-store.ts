import type {
  CheckpointStore,
  Commit,
  CommitOutcome,
  Removal,
  ThreadRow,
  WriteCommit,
  WriteOutcome,
} from '../../engine/index.ts';
import { ThreadBusyError, ThreadLockLostError, UnreadableRowError } from '../../errors/index.ts';
import { bufferOf, itemsOf } from './answers.ts';
import {
  createThreadEntries,
  factsOf,
  openStage,
  packCheckpoint,
  packHead,
  packThread,
  packWrite,
  readOne,
  readPage,
  segmentsOf,
  threadRowOf,
  threadsOf,
  unpackCheckpoint,
  type RedisStoreParts,
} from './checkpoints/index.ts';
import type { Answer } from './client.ts';
import { interruptedBy, readHolder } from './holder.ts';
import { keysOf } from './keys.ts';

const NO_MAC = new Uint8Array();
/** The longest that a timer can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/** Gives the store that keeps checkpoints in Redis, Valkey, or what speaks as they do; it needs no module. */
export function createRedisStore(parts: RedisStoreParts): CheckpointStore {
  const { client, prefix, deadlineMs = LONGEST_MS } = parts;
  const entries = createThreadEntries(client, prefix);
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
    threads: async () => threadsOf(parts),
    threadRow: async (thread) => {
      const [meta = ''] = keysOf(prefix, thread);
      return threadRowOf(await client.command('HGET', meta, 't'));
    },
    commit: async (commit) => {
      const startedMs = performance.now();
      const outcome = await put(parts, commit);
      if (outcome.kind === 'done' && !entries.has(commit.lane.thread)) {
        const entering = entries.enter(commit.lane.thread);
        await atMost(entering, (deadlineMs - (performance.now() - startedMs)) / 2);
      }
      return outcome;
    },
    commitWrites: async (commit) => putWrites(parts, commit),
    erase: async (thread, row, expected) => {
      const done = await erase(parts, thread, { row, expected });
      if (done) await entries.leave(thread);
      return done;
    },
    remove: async (removal) => remove(parts, removal),
    segmentDigests: async (thread) => {
      const [, , , , , , segments = ''] = keysOf(prefix, thread);
      const found = itemsOf(await client.command('HKEYS', segments));
      return found.map((digest) => bufferOf(digest).toString());
    },
    stage: async (thread) =>
      openStage({ ...parts, outcomeOf, startOf: (name) => startOf(parts, name) }, thread),
  };
}

/** Waits for what may as well be done later, for so long: what was stored must not be told too late for its sake. */
async function atMost(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(ms, 0));
  });
  try {
    await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    // Nobody hears of it any more; a later write enters the thread anew.
    work.catch(() => undefined);
  }
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
  if (name === 'interrupted') throw interruptedBy(thread, rest);
  if (name === 'busy') throw new ThreadBusyError({ thread, ...readHolder(bufferOf(rest[0])) });
  if (name === '') throw new UnreadableRowError('answer', new TypeError('no outcome'));
  return [name, ...rest];
}
