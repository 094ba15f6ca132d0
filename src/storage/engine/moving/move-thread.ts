import type { WritingParts } from '../committer.ts';
import { arrive, type Arrived } from './arriving.ts';
import { departFrom } from './departing.ts';
import { openThreadFile } from './read-thread-file.ts';

/** How a thread is copied or imported. */
export interface MoveOptions {
  /** Whether a thread that is in its place goes when this one has arrived; such a thread is an error unless told. */
  readonly replace?: boolean;
}

/** How a thread is imported. */
export interface ImportOptions extends MoveOptions {
  /** The name to give it; the one that it was exported with unless told. */
  readonly thread?: string;
}

/** What was imported. */
export interface ThreadImport extends Arrived {
  /** The name that the thread was exported with. */
  readonly from: string;
  /** ISO-8601 UTC. */
  readonly exportedAt: string;
  /** What the exporter said of the thread. */
  readonly about: unknown;
}

/**
 * Copies a thread with its whole history, branches and pending writes under another name.
 *
 * @throws ThreadNotFoundError, ThreadExistsError, StateContentionError, StateIntegrityError.
 */
export async function copyThread(
  parts: WritingParts,
  names: { readonly from: string; readonly to: string },
  { replace = false }: MoveOptions,
): Promise<Arrived> {
  const departure = await departFrom(parts, names.from);
  return arrive(parts, departure.checkpoints(), { ...names, replace });
}

/**
 * Imports what {@link writeThreadFile} wrote: all of it, or nothing.
 *
 * @throws ThreadFileError with the number of the line that is not what was exported; ThreadExistsError.
 */
export async function importThread(
  parts: WritingParts,
  chunks: AsyncIterable<Uint8Array | string>,
  { thread, replace = false }: ImportOptions,
): Promise<ThreadImport> {
  const file = await openThreadFile(parts.keys, chunks);
  const { thread: from, exportedAt, about } = file.header;
  try {
    const arrived = await arrive(parts, file.checkpoints(), { from, to: thread ?? from, replace });
    return { ...arrived, from, exportedAt, about };
  } catch (error) {
    throw file.explained(error);
  }
}
