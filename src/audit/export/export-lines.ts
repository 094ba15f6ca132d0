import type { Clock } from '../../kernel/index.ts';
import { toCloudEvent } from './cloud-events.ts';
import { exportJsonLines, readEntries, type EntryQuery, type ExportSource } from './json-lines.ts';
import { toOcsf } from './ocsf.ts';

/** Our own envelope, the one that verifies; CloudEvents 1.0; OCSF 1.3. */
export const EXPORT_FORMATS = ['jsonl', 'cloudevents', 'ocsf'] as const;

/** A format that a trail is exported in. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What to export. */
export interface ExportOrder {
  readonly format: ExportFormat;
  /** The entries of one thread only; those of others are left out, so that `jsonl` does not verify any more. */
  readonly thread?: string;
  readonly clock?: Clock;
}

/**
 * Exports a chain, one JSON object a line.
 *
 * @yields Lines without their line feed.
 */
export async function* exportLines(
  source: ExportSource,
  { format, thread, clock }: ExportOrder,
): AsyncGenerator<string> {
  if (format === 'jsonl' && thread === undefined) return yield* exportJsonLines(source, clock);
  const query: EntryQuery = thread === undefined ? {} : { thread };
  for await (const entry of readEntries(source, query)) {
    const { body, hash, previous } = entry;
    if (format === 'jsonl') yield `{"entry":${body},"hash":"${hash}","previous":"${previous}"}`;
    else yield JSON.stringify(format === 'ocsf' ? toOcsf(entry) : toCloudEvent(entry));
  }
}
