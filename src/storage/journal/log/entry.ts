import { deserialize, serialize } from 'node:v8';

import { z } from 'zod';

import type {
  CheckpointRow,
  Commit,
  HeadRow,
  Removal,
  ThreadRow,
  WriteCommit,
  WriteRow,
} from '../../engine/index.ts';
import { UnreadableRowError } from '../../errors/index.ts';
import type { Lease } from '../remote.ts';

/** What is known of a thread, as far as it goes. */
export interface ThreadSnapshot {
  /** Whether what is not named here is not there. */
  readonly isComplete: boolean;
  readonly row: ThreadRow | undefined;
  readonly lanes: readonly LaneSnapshot[];
  readonly segments: ReadonlyMap<string, Uint8Array>;
}

/** What is known of a lane. */
export interface LaneSnapshot {
  readonly ns: string;
  readonly head: HeadRow | undefined;
  readonly rows: readonly CheckpointRow[];
  readonly writes: readonly { readonly id: string; readonly rows: readonly WriteRow[] }[];
}

/** One operation on a thread, or what was known of the thread before the operations that follow. */
export type JournalChange =
  | { readonly kind: 'put'; readonly commit: Commit }
  | { readonly kind: 'writes'; readonly commit: WriteCommit }
  | { readonly kind: 'erase'; readonly row: ThreadRow | undefined }
  | { readonly kind: 'remove'; readonly removal: Removal }
  | { readonly kind: 'base'; readonly snapshot: ThreadSnapshot }
  /** What a list of threads says of the thread; the latest one counts. */
  | { readonly kind: 'note'; readonly text: string };

/**
 * How far an operation has come: `sent` to the server, and nobody was told how it ended; `kept` here, acknowledged, and
 * not in the server; `stored` in the server; `stuck`: it cannot be replayed, and is left for people to look at.
 */
export type EntryState = 'sent' | 'kept' | 'stored' | 'stuck';

/** What is appended for one operation. */
export interface NewEntry {
  readonly thread: string;
  readonly state: EntryState;
  readonly lease: Lease | undefined;
  readonly change: JournalChange;
}

/** A line of the journal. */
export interface JournalEntry extends NewEntry {
  readonly seq: number;
}

const Bytes = z.instanceof(Uint8Array);
const sealed = { keyId: z.string(), mac: Bytes };
const Head = z.object({
  id: z.string(),
  revision: z.int(),
  lastSeq: z.int(),
  count: z.int(),
  ...sealed,
});
const Row = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  seq: z.int(),
  segments: z.array(z.string()),
  header: Bytes,
  ...sealed,
});
const Thread = z.object({
  isDeleted: z.boolean(),
  lastId: z.string(),
  floor: z.int(),
  ...sealed,
});
const Write = z.object({
  task: z.string(),
  idx: z.int(),
  channel: z.string(),
  path: z.string(),
  value: Bytes,
  ...sealed,
});
const LaneName = z.object({ thread: z.string(), ns: z.string() });
const Segments = z.map(z.string(), Bytes);
const orNothing = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

const Change = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('put'),
    commit: z.object({
      lane: LaneName,
      row: Row,
      segments: Segments,
      head: Head,
      thread: orNothing(Thread),
      expected: z.object({
        head: orNothing(Bytes),
        thread: orNothing(Bytes),
        exists: z.boolean(),
      }),
    }),
  }),
  z.object({
    kind: z.literal('writes'),
    commit: z.object({
      lane: LaneName,
      id: z.string(),
      rows: z.array(Write),
      expectedThread: orNothing(Bytes),
    }),
  }),
  z.object({ kind: z.literal('note'), text: z.string() }),
  z.object({ kind: z.literal('erase'), row: orNothing(Thread) }),
  z.object({
    kind: z.literal('remove'),
    removal: z.object({
      thread: z.string(),
      lanes: z.array(
        z.object({ ns: z.string(), ids: z.array(z.string()), head: Head, expectedHead: Bytes }),
      ),
      segments: z.array(z.string()),
    }),
  }),
  z.object({
    kind: z.literal('base'),
    snapshot: z.object({
      isComplete: z.boolean(),
      row: orNothing(Thread),
      lanes: z.array(
        z.object({
          ns: z.string(),
          head: orNothing(Head),
          rows: z.array(Row),
          writes: z.array(z.object({ id: z.string(), rows: z.array(Write) })),
        }),
      ),
      segments: Segments,
    }),
  }),
]);
const Body = z.object({
  lease: orNothing(z.object({ token: z.string(), epoch: z.int() })),
  change: Change,
});

/** Gives the bytes of an entry's body. */
export function encodeBody({ lease, change }: NewEntry): Uint8Array {
  return serialize({ lease: lease && { token: lease.token, epoch: lease.epoch }, change });
}

/**
 * Reads what {@link encodeBody} wrote. That its rows are what was sealed is not checked here but by whoever opens them.
 *
 * @throws {@link UnreadableRowError}
 */
export function decodeBody(body: Uint8Array): Pick<NewEntry, 'lease' | 'change'> {
  try {
    return Body.parse(deserialize(body));
  } catch (error) {
    throw new UnreadableRowError('journal entry', error);
  }
}
