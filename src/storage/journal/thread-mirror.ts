import type {
  CheckpointRow,
  Commit,
  CommitOutcome,
  HeadRow,
  Lane,
  LaneFacts,
  Page,
  Reading,
  StoredCheckpoint,
  ThreadRow,
  WriteCommit,
  WriteOutcome,
  WriteRow,
} from '../engine/index.ts';
import type { JournalChange, LaneSnapshot, ThreadSnapshot } from './log/index.ts';

interface KnownLane {
  /** Whether its head is known, or that it has none. */
  isKnown: boolean;
  head: HeadRow | undefined;
  readonly rows: Map<string, CheckpointRow>;
  /** By checkpoint, then by task and index. */
  readonly writes: Map<string, Map<string, WriteRow>>;
}

/**
 * What this process knows of one thread: its latest state, and what came in the last minute. It answers as the store
 * would, and with `undefined` where the store would have to be asked.
 */
export class ThreadMirror {
  readonly thread: string;
  #isComplete: boolean;
  #row: ThreadRow | undefined;
  #note: string | undefined;
  readonly #lanes = new Map<string, KnownLane>();
  readonly #segments = new Map<string, Uint8Array>();

  constructor(thread: string, snapshot?: ThreadSnapshot) {
    this.thread = thread;
    this.#isComplete = snapshot?.isComplete ?? false;
    if (snapshot !== undefined) this.#fill(snapshot);
  }

  get row(): ThreadRow | undefined {
    return this.#row;
  }

  /** What was last noted of the thread, for a list of threads. */
  get note(): string | undefined {
    return this.#note;
  }

  /** The namespaces and heads that are known. */
  get heads(): ReadonlyMap<string, HeadRow> {
    return new Map(
      [...this.#lanes].flatMap(([ns, { head }]) => (head === undefined ? [] : [[ns, head]])),
    );
  }

  /** Says that the thread has nothing but what is told of it here. */
  completed(): this {
    this.#isComplete = true;
    return this;
  }

  /** Takes in what the store answered. */
  learn(lane: Lane, { facts, found, segments }: Reading): void {
    if (!isSame(this.#row?.mac, facts.thread?.mac)) this.#lanes.clear();
    this.#row = facts.thread;
    const known = this.#lane(lane.ns);
    known.isKnown = true;
    known.head = facts.head;
    if (found === undefined) return;
    known.rows.set(found.row.id, found.row);
    known.writes.set(found.row.id, byPlace(found.writes));
    for (const [digest, bytes] of segments) this.#segments.set(digest, bytes);
  }

  /** Takes in an operation that was done. */
  apply(change: JournalChange): void {
    if (change.kind === 'put') this.#applyPut(change.commit);
    else if (change.kind === 'writes') this.#applyWrites(change.commit);
    else if (change.kind === 'base') this.#fill(change.snapshot);
    else if (change.kind === 'note') this.#note = change.text;
    else if (change.kind === 'erase') {
      this.#lanes.clear();
      this.#segments.clear();
      this.#row = change.row;
      this.#isComplete = true;
    } else {
      for (const { ns, ids, head } of change.removal.lanes) {
        const lane = this.#lane(ns);
        lane.isKnown = true;
        lane.head = head;
        for (const id of ids) forget(lane, id);
      }
    }
  }

  read(lane: Lane, id: string | undefined): Reading | undefined {
    const known = this.#known(lane.ns);
    if (known === undefined) return undefined;
    const facts = this.#facts(known);
    const wanted = id ?? known.head?.id;
    const row = wanted === undefined ? undefined : known.rows.get(wanted);
    if (row === undefined) {
      const isNowhere = wanted === undefined || (id !== undefined && isWhole(known));
      return isNowhere ? { facts, found: undefined, segments: new Map() } : undefined;
    }
    const segments = this.segments(row.segments);
    if (segments === undefined) return undefined;
    return { facts, found: stored(lane, known, row), segments };
  }

  /** How a commit would end; it is not done. */
  judge({ lane, row, segments, expected }: Commit): CommitOutcome | undefined {
    const known = this.#known(lane.ns);
    if (known === undefined) return undefined;
    const facts = this.#facts(known);
    const existing = known.rows.get(row.id);
    // Behind the head there may be checkpoints that are not known here.
    const isNew = known.head === undefined || row.id > known.head.id;
    if (existing === undefined && !isNew && !isWhole(known)) return undefined;
    const isExpected =
      isSame(facts.head?.mac, expected.head) &&
      isSame(facts.thread?.mac, expected.thread) &&
      (existing !== undefined) === expected.exists;
    if (!isExpected) return { kind: 'conflict', facts, existing };
    const digests = row.segments.filter(
      (digest) => !segments.has(digest) && !this.#segments.has(digest),
    );
    return digests.length > 0 ? { kind: 'missing-segments', digests } : { kind: 'done' };
  }

  /** How a commit of writes would end; it is not done. */
  judgeWrites({ expectedThread }: WriteCommit): WriteOutcome {
    const isExpected = isSame(this.#row?.mac, expectedThread);
    return isExpected ? { kind: 'done' } : { kind: 'conflict', thread: this.#row };
  }

  segments(digests: readonly string[]): ReadonlyMap<string, Uint8Array> | undefined {
    const found = new Map<string, Uint8Array>();
    for (const digest of digests) {
      const bytes = this.#segments.get(digest);
      if (bytes === undefined) return undefined;
      found.set(digest, bytes);
    }
    return found;
  }

  lanes(): ReadonlyMap<string, LaneFacts> | undefined {
    if (!this.#isComplete) return undefined;
    return new Map([...this.#lanes].map(([ns, lane]) => [ns, this.#facts(lane)]));
  }

  page({ ns, id, before, after, limit }: Page): readonly StoredCheckpoint[] | undefined {
    if (!this.#isComplete) return undefined;
    const lanes = [...this.#lanes].filter(([name]) => ns === undefined || ns === name);
    if (!lanes.every(([, lane]) => isWhole(lane))) return undefined;
    const place = (found: StoredCheckpoint): readonly [string, string] => [
      found.row.id,
      found.lane.ns,
    ];
    return lanes
      .flatMap(([name, lane]) =>
        [...lane.rows.values()].map((row) => stored({ thread: this.thread, ns: name }, lane, row)),
      )
      .filter(({ row }) => id === undefined || row.id === id)
      .filter(({ row }) => before === undefined || row.id < before)
      .filter((found) => after === undefined || compare(place(found), place(after)) < 0)
      .toSorted((one, other) => compare(place(other), place(one)))
      .slice(0, limit);
  }

  /** Everything that is known. */
  snapshot(): ThreadSnapshot {
    const known = [...this.#lanes].filter(([, lane]) => lane.isKnown);
    const lanes = known.map(([ns, { head, rows, writes }]): LaneSnapshot => ({
      ns,
      head,
      rows: [...rows.values()].toSorted((one, other) => one.seq - other.seq),
      writes: [...writes].map(([id, places]) => ({ id, rows: [...places.values()] })),
    }));
    const segments = new Map(this.#segments);
    return { isComplete: this.#isComplete, row: this.#row, lanes, segments };
  }

  /** Notes that the store has `head` of a lane in the place of `before`, unless the lane went on meanwhile. */
  sealedAnew(ns: string, before: HeadRow, head: HeadRow): void {
    const lane = this.#lane(ns);
    if (lane.head === before) lane.head = head;
  }

  /** Forgets all checkpoints but the latest of each lane and those that `isRecent` names. */
  trim(isRecent: (ns: string, id: string) => boolean): void {
    const used = new Set<string>();
    for (const [ns, lane] of this.#lanes) {
      for (const id of new Set([...lane.rows.keys(), ...lane.writes.keys()])) {
        const isKept = lane.head === undefined || id >= lane.head.id || isRecent(ns, id);
        if (!isKept) forget(lane, id);
      }
      for (const row of lane.rows.values()) for (const digest of row.segments) used.add(digest);
    }
    for (const digest of this.#segments.keys())
      if (!used.has(digest)) this.#segments.delete(digest);
  }

  #fill({ isComplete, row, lanes, segments }: ThreadSnapshot): void {
    this.#isComplete = isComplete;
    this.#row = row;
    for (const { ns, head, rows, writes } of lanes) {
      const lane = this.#lane(ns);
      lane.isKnown = true;
      lane.head = head;
      for (const each of rows) lane.rows.set(each.id, each);
      for (const { id, rows: places } of writes) lane.writes.set(id, byPlace(places));
    }
    for (const [digest, bytes] of segments) this.#segments.set(digest, bytes);
  }

  #applyPut({ lane, row, head, thread, segments }: Commit): void {
    const known = this.#lane(lane.ns);
    known.rows.set(row.id, row);
    known.isKnown = true;
    known.head = head;
    if (thread !== undefined) this.#row = thread;
    for (const [digest, bytes] of segments) this.#segments.set(digest, bytes);
  }

  #applyWrites({ lane, id, rows }: WriteCommit): void {
    const { writes } = this.#lane(lane.ns);
    const places = writes.get(id) ?? new Map<string, WriteRow>();
    writes.set(id, places);
    for (const [place, row] of byPlace(rows)) {
      if (row.idx < 0 || !places.has(place)) places.set(place, row);
    }
  }

  #lane(ns: string): KnownLane {
    const known = this.#lanes.get(ns);
    if (known !== undefined) return known;
    const lane = { isKnown: false, head: undefined, rows: new Map(), writes: new Map() };
    this.#lanes.set(ns, lane);
    return lane;
  }

  #known(ns: string): KnownLane | undefined {
    const lane = this.#isComplete ? this.#lane(ns) : this.#lanes.get(ns);
    return this.#isComplete || lane?.isKnown === true ? lane : undefined;
  }

  /** A head says itself how much it stands for. */
  #facts({ head }: KnownLane): LaneFacts {
    return { head, thread: this.#row, count: head?.count ?? 0, lastSeq: head?.lastSeq ?? 0 };
  }
}

function stored(lane: Lane, { writes }: KnownLane, row: CheckpointRow): StoredCheckpoint {
  return { lane, row, writes: [...(writes.get(row.id)?.values() ?? [])] };
}

function forget(lane: KnownLane, id: string): void {
  lane.rows.delete(id);
  lane.writes.delete(id);
}

function isWhole({ head, rows }: KnownLane): boolean {
  return rows.size === (head?.count ?? 0);
}

function byPlace(rows: readonly WriteRow[]): Map<string, WriteRow> {
  const places = new Map<string, WriteRow>();
  for (const row of rows) {
    const place = `${row.task}\0${row.idx}`;
    if (row.idx < 0 || !places.has(place)) places.set(place, row);
  }
  return places;
}

function compare(one: readonly [string, string], other: readonly [string, string]): number {
  if (one[0] !== other[0]) return one[0] < other[0] ? -1 : 1;
  if (one[1] === other[1]) return 0;
  return one[1] < other[1] ? -1 : 1;
}

function isSame(found: Uint8Array | undefined, expected: Uint8Array | undefined): boolean {
  if (found === undefined || expected === undefined) return found === expected;
  return Buffer.compare(found, expected) === 0;
}
