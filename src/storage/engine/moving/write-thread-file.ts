import { randomBytes } from 'node:crypto';

import type { WritingParts } from '../committer.ts';
import { departFrom } from './departing.ts';
import { checkpointBody, segmentBody, type FileHeader } from './line-bodies.ts';
import { sealLine } from './line-seal.ts';
import { rehome } from './rehome.ts';

/** What the first line of a file says besides what the engine knows. */
export interface ExportOptions {
  /** ISO-8601 UTC. */
  readonly exportedAt: string;
  /** Anything that the importer should be told, sealed with the rest. */
  readonly about?: unknown;
}

/**
 * Writes a thread as JSON Lines: a header, each segment in front of the first checkpoint that refers to it, and an end.
 * Each line is sealed together with all lines before it. Everything is checked before it is written, and written as it
 * is stored: what is encrypted there is encrypted in the file.
 *
 * @yields lines, each with its line feed.
 * @throws ThreadNotFoundError, StateContentionError, StateIntegrityError, UnknownStateKeyError.
 */
export async function* writeThreadFile(
  parts: WritingParts,
  thread: string,
  options: ExportOptions,
): AsyncGenerator<string> {
  const key = parts.keys.current;
  const departure = await departFrom(parts, thread);
  let previous = '';
  let lines = 0;
  const line = (body: string): string => {
    const sealed = sealLine(key, previous, body);
    previous = sealed.mac;
    lines += 1;
    return `${sealed.text}\n`;
  };
  const header: FileHeader = {
    phasegate: 'thread',
    format: 1,
    thread,
    keyId: key.id,
    nonce: randomBytes(16).toString('base64url'),
    exportedAt: options.exportedAt,
    lanes: [...departure.heads].map(([ns, { id, lastSeq, count }]) => ({ ns, id, lastSeq, count })),
    ...(options.about === undefined ? {} : { about: options.about }),
  };
  yield line(JSON.stringify(header));
  const names = new Map<string, string>();
  for await (const found of departure.checkpoints()) {
    // Also brings what an older key sealed under the current one, so that the file needs one key.
    const { ns, row, writes, segments } = rehome(parts, found, { from: thread, to: thread, names });
    for (const [digest, bytes] of segments) yield line(segmentBody(digest, bytes));
    yield line(checkpointBody(ns, row, writes));
  }
  yield line(JSON.stringify({ end: { lines } }));
}
