import { findHidden } from '../brief/find-hidden.ts';
import type { Edit } from '../brief/plain-text.ts';
import { firstIndex } from '../brief/span.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { findIdentifiers, WITHHELD, type IdentifierType } from '../identifiers/index.ts';

/** What of a brief is copied nowhere. */
export interface Withholding {
  /** Identifiers of persons read as {@link WITHHELD}, hidden markup as nothing. Sorted, without overlaps. */
  readonly edits: readonly Edit[];
  /** How many identifiers there are of each type, by type. */
  readonly counts: { type: string; count: number }[];
}

/** Finds what is withheld from a brief. The mail address that the emails are sent from is not personal there. */
export function withholding(brief: string, candidates: readonly Candidate[]): Withholding {
  const senders = candidates
    .filter(({ field }) => field === 'sender.email')
    .map(({ start, end }) =>
      brief
        .slice(start, Math.min(end, start + 320))
        .trim()
        .toLowerCase(),
    );
  return withholdingFor(brief, senders);
}

/**
 * Finds what is withheld from a brief.
 *
 * @param senderEmails - Lower-case addresses that emails are sent from.
 */
export function withholdingFor(brief: string, senderEmails: readonly string[]): Withholding {
  const hidden = findHidden(brief);
  const identifiers = findIdentifiers(brief, new Set(senderEmails));
  const counts = new Map<IdentifierType, number>();
  for (const { type } of identifiers) counts.set(type, (counts.get(type) ?? 0) + 1);
  const edits: Edit[] = hidden.map(({ start, end }) => ({
    start,
    end,
    text: '',
    question: undefined,
  }));
  for (const { start, end } of identifiers) {
    const place = hidden[firstIndex(hidden.length, (index) => (hidden[index]?.end ?? 0) > start)];
    if (place === undefined || place.start >= end)
      edits.push({ start, end, text: WITHHELD, question: undefined });
  }
  return {
    edits: edits.toSorted((one, other) => one.start - other.start),
    counts: [...counts]
      .map(([type, count]) => ({ type, count }))
      .toSorted((one, other) => one.type.localeCompare(other.type, 'en')),
  };
}
