import type { Span } from '../brief/span.ts';
import { findCards, findIbans } from './find-numbers.ts';
import { foldText } from './fold.ts';
import { EMAIL, PATTERNS, ROLE_ADDRESS, type IdentifierType } from './patterns.ts';

/** A place where an identifier of a person stands. */
export interface Identifier extends Span {
  readonly type: IdentifierType;
}

/** What is written in the place of an identifier. */
export const WITHHELD = '[withheld]';

/**
 * Finds identifiers of persons in `text`: social security numbers, payment cards and bank accounts (by checksum),
 * labelled record, passport and national numbers, labelled dates of birth, personal mail addresses, mobile numbers.
 *
 * @param allowedEmails - Lower-case addresses that are not personal here, such as the sender's.
 * @returns Sorted identifiers that do not overlap. Takes time linear in the length of `text`.
 */
export function findIdentifiers(
  text: string,
  allowedEmails: ReadonlySet<string> = new Set(),
): readonly Identifier[] {
  if (!/[\p{Nd}@]/u.test(text)) return [];
  const folded = foldText(text);
  const found: Identifier[] = [
    ...findCards(folded.text).map((span) => ({ ...span, type: 'payment-card' as const })),
    ...findIbans(folded.text).map((span) => ({ ...span, type: 'iban' as const })),
    ...findByPattern(folded.text),
    ...findEmails(folded.text, allowedEmails),
  ];
  return withoutOverlaps(found).map(({ type, start, end }) => ({
    type,
    start: folded.origin[start] ?? 0,
    end: (folded.origin[end - 1] ?? 0) + 1,
  }));
}

/** Gives `text` with every identifier of a person replaced by {@link WITHHELD}; mail addresses stay. */
export function maskText(text: string): string {
  let masked = '';
  let at = 0;
  for (const { start, end, type } of findIdentifiers(text)) {
    if (type === 'email') continue;
    masked += text.slice(at, start) + WITHHELD;
    at = end;
  }
  return masked + text.slice(at);
}

function findByPattern(text: string): Identifier[] {
  return PATTERNS.flatMap(({ type, pattern }) =>
    [...text.matchAll(pattern)].map((match) => {
      const end = match.index + match[0].length;
      return { type, start: end - (match[1]?.length ?? 0), end };
    }),
  );
}

function findEmails(text: string, allowed: ReadonlySet<string>): Identifier[] {
  const found: Identifier[] = [];
  for (const match of text.matchAll(EMAIL)) {
    const personal = !ROLE_ADDRESS.test(match[1] ?? '') && !allowed.has(match[0].toLowerCase());
    if (personal)
      found.push({ type: 'email', start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** Of overlapping findings the earlier wins, and of two that start together the longer; its end is stretched. */
function withoutOverlaps(found: readonly Identifier[]): Identifier[] {
  const sorted = found.toSorted((one, other) => one.start - other.start || other.end - one.end);
  const kept: Identifier[] = [];
  for (const identifier of sorted) {
    const last = kept.at(-1);
    if (last === undefined || identifier.start >= last.end) kept.push(identifier);
    else if (identifier.end > last.end) kept[kept.length - 1] = { ...last, end: identifier.end };
  }
  return kept;
}
