import { z } from 'zod';

/**
 * Where the latest run of a thread stands. `waiting` is a run that an interrupt holds until a person answers; `forked` one
 * that was taken back to a checkpoint and goes on when somebody runs it.
 */
export const ThreadStatus = z.enum(['running', 'waiting', 'completed', 'blocked', 'forked']);
export type ThreadStatus = z.infer<typeof ThreadStatus>;

/** What is known of a thread without reading its checkpoints. */
export const ThreadRecord = z.object({
  thread: z.string(),
  /** Id of the workflow that runs on it. */
  workflow: z.string().min(1).max(128),
  status: ThreadStatus,
  /** The last phase (or end) that finished; null before the first one. */
  phase: z.string().min(1).max(128).nullable(),
  /** Digest of the run's input: 64 lowercase hex digits. */
  inputDigest: z.string().regex(/^[0-9a-f]{64}$/),
  /** ISO-8601 UTC. */
  createdAt: z.string(),
  /** ISO-8601 UTC. */
  updatedAt: z.string(),
});
export type ThreadRecord = Readonly<z.infer<typeof ThreadRecord>>;

/** What a caller says of a thread; the index adds the instants. */
export type ThreadEntry = Omit<ThreadRecord, 'createdAt' | 'updatedAt'>;

/** Which threads to list. */
export interface ThreadQuery {
  readonly workflow?: string;
  readonly status?: ThreadStatus;
  /** At most so many, 1 to 100,000; 100 unless told. */
  readonly limit?: number;
}

/** An index of threads. It repeats what the checkpoints know, so that listing threads reads no checkpoint. */
export interface ThreadIndex {
  /** Writes or overwrites the entry of a thread; `createdAt` stays what it was. */
  upsert(entry: ThreadEntry): Promise<ThreadRecord>;
  get(thread: string): Promise<ThreadRecord | undefined>;
  /** The threads that match, most recently updated first. */
  list(query?: ThreadQuery): Promise<readonly ThreadRecord[]>;
}
