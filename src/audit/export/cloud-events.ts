import type { StoredEntry } from './json-lines.ts';
import { parseEntry, type EntryBody } from './parse-entry.ts';

/** A CloudEvent in JSON format, with three extension attributes that place it in the chain. */
export interface AuditCloudEvent {
  readonly specversion: '1.0';
  /** Unique within `source`: the entry's number. */
  readonly id: string;
  /** The chain's origin as a URI reference. */
  readonly source: string;
  /** `phasegate.audit.` and the kind. */
  readonly type: string;
  readonly subject: string;
  /** RFC 3339. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly sequence: string;
  readonly audithash: string;
  readonly auditprevious: string;
  /** The entry as it was sealed. Its canonical JSON is what the hash runs over. */
  readonly data: EntryBody;
}

/**
 * Gives an entry as a CloudEvent.
 *
 * @see CloudEvents 1.0.2, and its extension "sequence"
 */
export function toCloudEvent(entry: StoredEntry): AuditCloudEvent {
  const data = parseEntry(entry.body);
  return {
    specversion: '1.0',
    id: String(entry.seq),
    source: `/phasegate/audit/${data.chain}`,
    type: `phasegate.audit.${data.event.kind}`,
    subject: data.event.run ?? data.event.target,
    time: data.at,
    datacontenttype: 'application/json',
    // Compared as text, so every number has the same length.
    sequence: String(entry.seq).padStart(16, '0'),
    audithash: entry.hash,
    auditprevious: entry.previous,
    data,
  };
}
