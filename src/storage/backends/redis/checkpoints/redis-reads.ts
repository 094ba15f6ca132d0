import type {
  Lane,
  LaneFacts,
  Page,
  Reading,
  StoredCheckpoint,
  ThreadRow,
} from '../../../engine/index.ts';
import { bufferOf, itemsOf, wholeOf } from '../answers.ts';
import type { Answer } from '../client.ts';
import { keysOf, threadsKey } from '../keys.ts';
import { unpackCheckpoint, unpackHead, unpackThread, unpackWrite } from './packing.ts';
import type { RedisStoreParts } from './store-parts.ts';

const SEQ_DIGITS = 16;
/** So many rows are read by one script: more would keep the server from others for too long. */
const ROWS_AT_ONCE = 100;

/** Reads a checkpoint with everything that belongs to it. */
export async function readOne(
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

/** Reads what a script tells of a lane: head, thread, count, the last place in the order. */
export function factsOf([head, thread, count, last]: readonly (Answer | undefined)[]): LaneFacts {
  const seq = bufferOf(last).subarray(-SEQ_DIGITS).toString();
  return {
    head: unpackHead(bufferOf(head)),
    thread: threadRowOf(thread),
    count: wholeOf(count),
    lastSeq: seq === '' ? 0 : Number(seq),
  };
}

/** Reads what outlives a thread. */
export function threadRowOf(answer: Answer | undefined): ThreadRow | undefined {
  return answer === null ? undefined : unpackThread(bufferOf(answer));
}

/** Gives the threads of the list of all that have checkpoints. */
export async function threadsOf({
  client,
  prefix,
}: Pick<RedisStoreParts, 'client' | 'prefix'>): Promise<readonly string[]> {
  const names = itemsOf(await client.command('ZRANGE', threadsKey(prefix), 0, -1));
  return names.map((name) => bufferOf(name).toString());
}

/** Reads segments; one that is missing is left out. */
export async function segmentsOf(
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

/** Reads checkpoints with their writes, newest id first. */
export async function readPage(
  parts: RedisStoreParts,
  page: Page,
): Promise<readonly StoredCheckpoint[]> {
  const places = await placesOf(parts, page);
  const found: StoredCheckpoint[] = [];
  for (const group of groupsOf(places)) {
    const [{ lane: { thread } } = { lane: { thread: '' } }] = group;
    const members = group.map(({ lane, id }) => `${lane.ns}\0${id}`);
    const entries = itemsOf(await parts.client.run('rows', keysOf(parts.prefix, thread), members));
    for (const [index, place] of group.entries()) {
      const entry = entries[index];
      if (entry === null || entry === undefined) continue;
      const [row, writes] = itemsOf(entry);
      found.push(storedOf(place.lane, row, writes));
    }
  }
  return found;
}

interface Place {
  readonly lane: Lane;
  readonly id: string;
}

/** Neighbours of one thread, which one script can read. */
function groupsOf(places: readonly Place[]): readonly (readonly Place[])[] {
  const groups: Place[][] = [];
  for (const place of places) {
    const last = groups.at(-1);
    const isNear = last?.[0]?.lane.thread === place.lane.thread && last.length < ROWS_AT_ONCE;
    if (last !== undefined && isNear) last.push(place);
    else groups.push([place]);
  }
  return groups;
}

/** The places of a page, newest first. */
async function placesOf(parts: RedisStoreParts, page: Page): Promise<readonly Place[]> {
  const { client, prefix } = parts;
  const { thread, ns } = page;
  if (thread !== undefined && ns !== undefined) return placesInLane(parts, { thread, ns }, page);
  const threads = thread === undefined ? await threadsOf(parts) : [thread];
  const places: Place[] = [];
  for (const name of threads) {
    const [, , index = ''] = keysOf(prefix, name);
    const range = ns === undefined ? ['-', '+'] : [`[${ns}\0`, `(${ns}\u0001`];
    const members = itemsOf(await client.command('ZRANGEBYLEX', index, ...range));
    places.push(...members.map((member) => placeOf(name, bufferOf(member).toString())));
    // It has expired, or its deletion did not reach the list.
    if (thread === undefined && members.length === 0) {
      await client.command('ZREM', threadsKey(prefix), name);
    }
  }
  return places
    .filter((place) => isOnPage(place, page))
    .toSorted((one, other) => comparePlaces(other, one))
    .slice(0, page.limit);
}

/** The same in one lane, where the index has the order already. */
async function placesInLane(
  { client, prefix }: RedisStoreParts,
  { thread, ns }: Lane,
  page: Page,
): Promise<readonly Place[]> {
  if (page.id !== undefined) {
    const place = { lane: { thread, ns }, id: page.id };
    return isOnPage(place, page) ? [place] : [];
  }
  const [, , index = ''] = keysOf(prefix, thread);
  const ends = [page.before, page.after?.row.id].filter((end) => end !== undefined);
  const [end] = ends.toSorted();
  const top = end === undefined ? `(${ns}\u0001` : `(${ns}\0${end}`;
  const range = [top, `[${ns}\0`, 'LIMIT', 0, page.limit];
  const members = itemsOf(await client.command('ZREVRANGEBYLEX', index, ...range));
  return members.map((member) => placeOf(thread, bufferOf(member).toString()));
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
