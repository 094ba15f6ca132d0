import { z } from 'zod';

import type { CheckpointRow, WriteRow } from '../checkpoint-store.ts';

const Bytes = z.base64url().transform((text) => Uint8Array.from(Buffer.from(text, 'base64url')));

/** What the first line of a file says. */
export const FileHeader = z.strictObject({
  phasegate: z.literal('thread'),
  format: z.literal(1),
  thread: z.string().min(1),
  keyId: z.string(),
  /** Makes the seals of two exports differ, so that no line of one fits into the other. */
  nonce: z.string(),
  /** ISO-8601 UTC. */
  exportedAt: z.string(),
  lanes: z.array(
    z.strictObject({ ns: z.string(), id: z.string(), lastSeq: z.int(), count: z.int().min(1) }),
  ),
  /** What the exporter says of the thread besides; not read by the engine. */
  about: z.unknown().optional(),
});
export type FileHeader = Readonly<z.infer<typeof FileHeader>>;

/** The other lines: a segment, a checkpoint with its writes behind its segments, and the end. */
export const FileLine = z.union([
  z.strictObject({ segment: z.string(), bytes: Bytes }),
  z.strictObject({
    checkpoint: z.strictObject({
      ns: z.string(),
      id: z.string(),
      parent: z.string().nullable(),
      seq: z.int(),
      segments: z.array(z.string()),
      header: Bytes,
      keyId: z.string(),
      mac: Bytes,
    }),
    writes: z.array(
      z.strictObject({
        task: z.string(),
        idx: z.int(),
        channel: z.string(),
        path: z.string(),
        value: Bytes,
        keyId: z.string(),
        mac: Bytes,
      }),
    ),
  }),
  z.strictObject({ end: z.strictObject({ lines: z.int() }) }),
]);

/** Gives the body of a line with a segment. */
export function segmentBody(digest: string, bytes: Uint8Array): string {
  return JSON.stringify({ segment: digest, bytes: encoded(bytes) });
}

/** Gives the body of a line with a checkpoint. */
export function checkpointBody(
  ns: string,
  row: CheckpointRow,
  writes: readonly WriteRow[],
): string {
  const { id, parent, seq, segments, header, keyId, mac } = row;
  return JSON.stringify({
    checkpoint: {
      ns,
      id,
      parent,
      seq,
      segments,
      header: encoded(header),
      keyId,
      mac: encoded(mac),
    },
    writes: writes.map((write) => ({
      ...write,
      value: encoded(write.value),
      mac: encoded(write.mac),
    })),
  });
}

function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
