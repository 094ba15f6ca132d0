/** One thread's line of checkpoints in one namespace. */
export interface Lane {
  readonly thread: string;
  /** LangGraph's `checkpoint_ns`; empty for the outermost graph. */
  readonly ns: string;
}

/** A checkpoint as it is stored. */
export interface CheckpointRow {
  readonly id: string;
  readonly parent: string | null;
  /** Place in the order of all puts of its lane; grows by at least one with each. */
  readonly seq: number;
  /** Digests of the segments that the header refers to. */
  readonly segments: readonly string[];
  readonly header: Uint8Array;
  readonly keyId: string;
  readonly mac: Uint8Array;
}

/** What a lane's checkpoints must be together: removing one, or an older head, does not fit it. */
export interface HeadRow {
  /** The greatest id: the latest checkpoint. */
  readonly id: string;
  /** Grows with every change of the lane, pruning included. */
  readonly revision: number;
  /** The greatest `seq` among the checkpoints. */
  readonly lastSeq: number;
  readonly count: number;
  readonly keyId: string;
  readonly mac: Uint8Array;
}

/** What outlives the deletion of a thread, so that late writes cannot bring it back. */
export interface ThreadRow {
  readonly isDeleted: boolean;
  /** The greatest checkpoint id at the last deletion. */
  readonly lastId: string;
  /** No revision of a lane of this thread may be at or below it. */
  readonly floor: number;
  readonly keyId: string;
  readonly mac: Uint8Array;
}

/** A pending write as it is stored. */
export interface WriteRow {
  readonly task: string;
  readonly idx: number;
  readonly channel: string;
  readonly path: string;
  readonly value: Uint8Array;
  readonly keyId: string;
  readonly mac: Uint8Array;
}

/** What is in a lane, counted, and what is said to be in it. */
export interface LaneFacts {
  readonly head: HeadRow | undefined;
  readonly thread: ThreadRow | undefined;
  readonly count: number;
  readonly lastSeq: number;
}

/** A checkpoint with its pending writes. */
export interface StoredCheckpoint {
  readonly lane: Lane;
  readonly row: CheckpointRow;
  readonly writes: readonly WriteRow[];
}

/** Everything that reading one checkpoint needs. */
export interface Reading {
  readonly facts: LaneFacts;
  readonly found: StoredCheckpoint | undefined;
  readonly segments: ReadonlyMap<string, Uint8Array>;
}

/** A put. It is done whole, or not at all. */
export interface Commit {
  readonly lane: Lane;
  readonly row: CheckpointRow;
  /** Bytes of those segments of the row that may be missing in the store. */
  readonly segments: ReadonlyMap<string, Uint8Array>;
  readonly head: HeadRow;
  /** Written when the put revives a deleted thread. */
  readonly thread: ThreadRow | undefined;
  readonly expected: Expectation;
}

/** What a change was computed from. Where the store holds something else, nothing is changed. */
export interface Expectation {
  readonly head: Uint8Array | undefined;
  readonly thread: Uint8Array | undefined;
  /** Whether a checkpoint of this id is there already. */
  readonly exists: boolean;
}

/** How a commit ended. */
export type CommitOutcome =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'conflict';
      readonly facts: LaneFacts;
      readonly existing: CheckpointRow | undefined;
    }
  | { readonly kind: 'missing-segments'; readonly digests: readonly string[] };

/** Pending writes of one task. */
export interface WriteCommit {
  readonly lane: Lane;
  readonly id: string;
  readonly rows: readonly WriteRow[];
  readonly expectedThread: Uint8Array | undefined;
}

/** How a commit of writes ended. */
export type WriteOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'conflict'; readonly thread: ThreadRow | undefined };

/** Which checkpoints to read, newest first. */
export interface Page {
  readonly thread: string | undefined;
  readonly ns: string | undefined;
  /** Only this one. */
  readonly id: string | undefined;
  /** Only those with a smaller id. */
  readonly before: string | undefined;
  /** Where the page before ended. */
  readonly after: StoredCheckpoint | undefined;
  readonly limit: number;
}

/** Removal of checkpoints that nothing needs any more. */
export interface Removal {
  readonly thread: string;
  readonly lanes: readonly LaneRemoval[];
  readonly segments: readonly string[];
}

/** What goes from one lane. */
export interface LaneRemoval {
  readonly ns: string;
  readonly ids: readonly string[];
  readonly head: HeadRow;
  readonly expectedHead: Uint8Array;
}

/** Checkpoints with their writes and the segments that came with them, on their way into a {@link Stage}. */
export interface StagedRows {
  readonly checkpoints: readonly {
    readonly ns: string;
    readonly row: CheckpointRow;
    readonly writes: readonly WriteRow[];
  }[];
  readonly segments: ReadonlyMap<string, Uint8Array>;
}

/** What a thread is to be once it has arrived whole, and what must be in its place before. */
export interface Arrival {
  readonly heads: ReadonlyMap<string, HeadRow>;
  /** How many segments were staged. */
  readonly segments: number;
  /** Written where the thread was deleted before. */
  readonly thread: ThreadRow | undefined;
  /** The heads that the arrival takes the place of. */
  readonly expectedHeads: ReadonlyMap<string, Uint8Array>;
  readonly expectedThread: Uint8Array | undefined;
}

/** A thread that is arriving: nobody sees it until it is whole, and one that never becomes whole goes by itself. */
export interface Stage {
  put(rows: StagedRows): Promise<void>;
  /** Puts what was staged in the place of everything of the thread; `false`, and no change, where all is not as expected. */
  finish(arrival: Arrival): Promise<boolean>;
  drop(): Promise<void>;
}

/**
 * The port below the engine: rows in, rows out, each method one atomic step. A store checks nothing of what it holds
 * beyond the stated expectations; what rows mean, and whether they may be believed, is the engine's affair.
 */
export interface CheckpointStore {
  /** Reads a lane's latest checkpoint, or the one of `id`, with its writes and segments. */
  read(lane: Lane, id: string | undefined): Promise<Reading>;
  /** Reads up to `page.limit` checkpoints with their writes, newest id first; without their segments. */
  page(page: Page): Promise<readonly StoredCheckpoint[]>;
  segments(thread: string, digests: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** The facts of every lane of a thread, by namespace. */
  lanes(thread: string): Promise<ReadonlyMap<string, LaneFacts>>;
  /** The ids of all threads that have checkpoints. */
  threads(): Promise<readonly string[]>;
  threadRow(thread: string): Promise<ThreadRow | undefined>;
  commit(commit: Commit): Promise<CommitOutcome>;
  /** Keeps each row whose place is free; a row with a negative `idx` takes its place in any case. */
  commitWrites(commit: WriteCommit): Promise<WriteOutcome>;
  /** Removes everything of a thread and leaves `row`, if any; `false`, and no change, where the lanes are not as expected. */
  erase(
    thread: string,
    row: ThreadRow | undefined,
    expected: ReadonlyMap<string, Uint8Array>,
  ): Promise<boolean>;
  /** `false`, and no change, where a head is not as expected. */
  remove(removal: Removal): Promise<boolean>;
  /** The digests of all segments that a thread has. */
  segmentDigests(thread: string): Promise<readonly string[]>;
  /** Makes room for a thread that arrives from elsewhere. */
  stage(thread: string): Promise<Stage>;
}
