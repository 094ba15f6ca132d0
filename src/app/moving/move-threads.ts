import { createHash } from 'node:crypto';

import { z } from 'zod';

import { isPhasegateError } from '../../kernel/index.ts';
import { RunRecord, type Principal } from '../../state/index.ts';
import {
  parseThreadId,
  ThreadRecord,
  type ThreadEntry,
  type ThreadImport,
} from '../../storage/index.ts';
import { noSuchThread, recordMove } from '../evidence/index.ts';
import type { App } from '../open-app.ts';
import { openPlace, type MovingPlace } from './open-place.ts';

/** What is exported. */
export interface ExportRequest extends MovingPlace {
  readonly thread: string;
}

/**
 * Gives a thread as the lines of a file, each with its line feed. Nobody can write the thread meanwhile.
 *
 * @yields lines; a file is whole when the last one was written.
 * @throws APP_UNKNOWN_THREAD; APP_THREAD_STATE_MISSING; STORAGE_THREAD_BUSY, STORAGE_THREAD_NOT_FOUND, STORAGE_INTEGRITY.
 */
export async function* exportThread(app: App, request: ExportRequest): AsyncGenerator<string> {
  const thread = parseThreadId(request.thread);
  await using place = await openPlace(app, request);
  const record = await place.threads.get(thread);
  if (request.redis === undefined && record === undefined) {
    throw await noSuchThread(app.config, thread, app.storage.place);
  }
  await using _lock = await place.store.lockThread(thread, { owner: 'command-line' });
  const entry = record === undefined ? undefined : Entry.parse(record);
  yield* place.store.exportThread(thread, entry);
}

/** What is imported, and as what. */
export interface ImportRequest extends MovingPlace {
  readonly file: AsyncIterable<Uint8Array | string>;
  /** The name to give the thread; the one that it was exported with unless told. */
  readonly thread?: string | undefined;
  readonly replace: boolean;
  /** Who takes it in, as the audit trail records it. */
  readonly by: Principal;
}

/** What was imported. */
export interface ImportReport extends Pick<
  ThreadImport,
  'thread' | 'from' | 'checkpoints' | 'exportedAt'
> {
  /** The workflow that runs on it; null where nothing says so. */
  readonly workflow: string | null;
  /** Whether its workflow can go on: what it sealed names the thread that it was exported with. */
  readonly isUsable: boolean;
}

/**
 * Takes in an exported thread, whole or not at all, and lists it among the threads.
 *
 * @throws STORAGE_THREAD_FILE, STORAGE_THREAD_EXISTS, STORAGE_THREAD_BUSY.
 */
export async function importThread(app: App, request: ImportRequest): Promise<ImportReport> {
  const { redis, replace, file } = request;
  const named = request.thread === undefined ? {} : { thread: parseThreadId(request.thread) };
  await using place = await openPlace(app, { redis });
  const { chunks, input, written } = await held(file);
  const what = replace ? 'replace' : 'import';
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const facts = { bytes, redis: redis !== undefined };
  const target = named.thread ?? written;
  const move = { thread: target, what, by: request.by, input, facts } as const;
  const refused = await recordMove(app.audit, move);
  const taking = place.store.importThread(given(chunks), { replace, ...named });
  const imported = await taking.catch(async (error: unknown) => {
    // What broke off in another way may have changed something, and stays pending.
    if (isPhasegateError(error) && REFUSALS.has(error.code)) await refused();
    throw error;
  });
  const { thread, from, checkpoints, exportedAt, about } = imported;
  const known = Entry.safeParse(about);
  const entry = known.success ? known.data : await entryFromState(place.checkpointer, thread);
  if (entry !== undefined) await place.threads.upsert({ ...entry, thread });
  const workflow = entry?.workflow ?? null;
  return { thread, from, checkpoints, exportedAt, workflow, isUsable: thread === from };
}

/** Errors of an import that has changed nothing. */
const REFUSALS: ReadonlySet<string> = new Set([
  'STORAGE_INVALID_THREAD_ID',
  'STORAGE_THREAD_BUSY',
  'STORAGE_THREAD_EXISTS',
  'STORAGE_THREAD_FILE',
  'STORAGE_UNKNOWN_STATE_KEY',
]);

/** What a file holds, kept so that its digest is recorded before anything of it is taken in. */
interface HeldFile {
  readonly chunks: readonly Buffer[];
  /** SHA-256 of the whole. */
  readonly input: string;
  /** The thread that its header names; whether that is true shows when it is taken in. */
  readonly written: string;
}

async function held(file: AsyncIterable<Uint8Array | string>): Promise<HeldFile> {
  const chunks: Buffer[] = [];
  const digest = createHash('sha256');
  for await (const chunk of file) {
    const bytes = Buffer.from(chunk);
    digest.update(bytes);
    chunks.push(bytes);
  }
  const header = Buffer.concat(chunks).subarray(0, 65_536).toString('utf8');
  const [, written = 'unknown'] = /"thread":"([^"\\]{1,512})"/.exec(header) ?? [];
  return { chunks, input: digest.digest('hex'), written };
}

/** @yields the chunks of a file that was held. */
async function* given(chunks: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield chunk;
}

const Entry = ThreadRecord.omit({ createdAt: true, updatedAt: true });

/** A thread that comes from a store without a list of threads says itself what runs on it. */
async function entryFromState(
  checkpointer: App['storage']['checkpointer'],
  thread: string,
): Promise<ThreadEntry | undefined> {
  const config = { configurable: { thread_id: thread, checkpoint_ns: '' } };
  const values = (await checkpointer.getTuple(config))?.checkpoint.channel_values;
  const { data: run } = RunRecord.safeParse(values?.['run']);
  if (run === undefined) return undefined;
  const { workflow, phase, inputDigest } = run;
  // A run that waits has not ended either; its next run, or a look at it, says which it is.
  const status = z.enum(['completed', 'blocked']).catch('completed').parse(run.status);
  return {
    thread,
    workflow,
    phase,
    inputDigest,
    status: run.endedAt === null ? 'running' : status,
  };
}
