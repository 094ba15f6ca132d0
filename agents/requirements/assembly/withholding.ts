import { findHidden } from '../brief/find-hidden.ts';
import { withoutNotes } from '../brief/find-notes.ts';
import type { Edit } from '../brief/plain-text.ts';
import { firstIndex, type Span } from '../brief/span.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { discover } from '../discovery/discover.ts';
import {
  findIdentifiers,
  telephonesIn,
  WITHHELD,
  type IdentifierType,
} from '../identifiers/index.ts';

/** What of a brief is copied nowhere. */
export interface Withholding {
  /** Identifiers of persons read as {@link WITHHELD}, hidden markup as nothing. Sorted, without overlaps. */
  readonly edits: readonly Edit[];
  /** How many identifiers there are of each type, by type. */
  readonly counts: { type: string; count: number }[];
}

/**
 * Finds what is withheld from a brief. The mail address that the emails are sent from is not personal there.
 *
 * @param answered - The address that a person gave as the sender's, if any did.
 */
export function withholding(
  brief: string,
  candidates: readonly Candidate[],
  answered: string | undefined,
): Withholding {
  const senders = candidates
    .filter(({ field }) => field === 'sender.email')
    .map(({ start, end }) =>
      brief
        .slice(start, Math.min(end, start + 320))
        .trim()
        .toLowerCase(),
    );
  return withholdingFor(
    brief,
    answered === undefined ? senders : [...senders, answered.toLowerCase()],
  );
}

/**
 * Finds what is withheld from a brief.
 *
 * @param senderEmails - Lower-case addresses that emails are sent from.
 */
export function withholdingFor(brief: string, senderEmails: readonly string[]): Withholding {
  const hidden = findHidden(brief);
  const own = ownTelephones(brief, hidden);
  const identifiers = findIdentifiers(brief, new Set([...senderEmails, ...own]));
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

/** Fields under which a brief gives numbers that readers are to call. */
const PUBLIC_FIELDS = new Set<Candidate['field']>([
  'sender.name',
  'sender.email',
  'sender.postalAddress',
  'callToAction',
  'mustSay',
]);

const LINE_CHARACTERS = 300;

/** The sender's own telephone numbers: those in the lines that name the sender, the action, or required words. */
function ownTelephones(brief: string, hidden: readonly Span[]): readonly string[] {
  if (telephonesIn(brief).length === 0) return [];
  const lines = discover(withoutNotes(brief), hidden)
    .candidates.filter(({ field }) => PUBLIC_FIELDS.has(field))
    .map(({ start, end }) => {
      const before = brief.slice(Math.max(0, start - LINE_CHARACTERS), start);
      const behind = brief.slice(end, end + LINE_CHARACTERS);
      const first = before.lastIndexOf('\n') + 1;
      return before.slice(first) + brief.slice(start, end) + (behind.split('\n', 1)[0] ?? '');
    });
  return [...new Set(lines)].flatMap((line) => telephonesIn(line));
}
