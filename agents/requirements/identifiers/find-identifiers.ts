import type { Span } from '../brief/span.ts';
import { findCards, findIbans } from './find-numbers.ts';
import { foldText } from './fold.ts';
import { EMAIL, PATTERNS, ROLE_ADDRESS, TELEPHONES, type IdentifierType } from './patterns.ts';

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
 * @param allowed - Lower-case addresses, and telephone numbers as digits only, that are not personal here.
 * @returns Sorted identifiers that do not overlap. Takes time linear in the length of `text`.
 */
export function findIdentifiers(
  text: string,
  allowed: ReadonlySet<string> = new Set(),
): readonly Identifier[] {
  if (!/[\p{N}@]|[([{]\s?at\s?[)\]}]/iu.test(text)) return [];
  const folded = foldText(text);
  const found: Identifier[] = [
    ...findCards(folded.text).map((span) => ({ ...span, type: 'payment-card' as const })),
    ...findIbans(folded.text).map((span) => ({ ...span, type: 'iban' as const })),
    ...findByPattern(folded.text),
    ...findEmails(folded.text, allowed),
    ...findTelephones(folded.text, allowed),
  ];
  return withoutOverlaps(found).map(({ type, start, end }) => ({
    type,
    start: folded.origin[start] ?? 0,
    end: endOf(text, folded.origin[end - 1] ?? 0),
  }));
}

/** Where the character that starts at `index` ends. */
function endOf(text: string, index: number): number {
  return index + ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
}

/** Gives telephone numbers in `text` as digits only, to be compared. */
export function telephonesIn(text: string): readonly string[] {
  return /\p{Nd}/u.test(text)
    ? findTelephones(foldText(text).text, new Set()).map(({ digits }) => digits)
    : [];
}

/** Gives `text` with every identifier of a person replaced by {@link WITHHELD}; mail addresses and telephones stay. */
export function maskText(text: string): string {
  return masked(text, ({ type }) => type !== 'email' && type !== 'telephone');
}

/** Gives `text` with every telephone number replaced by {@link WITHHELD}. */
export function withoutTelephones(text: string): string {
  return masked(text, ({ type }) => type === 'telephone');
}

function masked(text: string, isWithheld: (identifier: Identifier) => boolean): string {
  let result = '';
  let at = 0;
  for (const identifier of findIdentifiers(text).filter(isWithheld)) {
    result += text.slice(at, identifier.start) + WITHHELD;
    at = identifier.end;
  }
  return result + text.slice(at);
}

function findByPattern(text: string): Identifier[] {
  return PATTERNS.flatMap(({ type, pattern }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [whole, value = ''] = match;
      const start = match.index + whole.length - value.length;
      const parts = type === 'record-number' ? partsOf(value) : [{ start: 0, end: value.length }];
      return parts.map((part) => ({
        type,
        start: start + part.start,
        end: start + part.end,
      }));
    }),
  );
}

/** Where each number of a row such as "88213, 88214 and 88215" stands. */
function partsOf(value: string): readonly Span[] {
  const numbers = [
    ...value.matchAll(/\s?(?:[,;&+]|(?<=\s)\p{Ll}{1,5}(?=\s))\s{1,2}(?:\p{Ll}{1,5}\s)?/gu),
  ];
  const ends = [...numbers.map(({ index }) => index), value.length];
  const starts = [0, ...numbers.map(({ 0: joint, index }) => index + joint.length)];
  return starts.map((start, index) => ({ start, end: ends[index] ?? value.length }));
}

/** Fewer digits are a part of something else. */
const LEAST_TELEPHONE_DIGITS = 8;

function findTelephones(
  text: string,
  allowed: ReadonlySet<string>,
): (Identifier & { readonly digits: string })[] {
  return TELEPHONES.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({
      type: 'telephone' as const,
      start: match.index,
      end: match.index + match[0].length,
      digits: match[0].replaceAll(/\D/g, ''),
    })),
  ).filter(({ digits }) => digits.length >= LEAST_TELEPHONE_DIGITS && !allowed.has(digits));
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
    if (last === undefined || identifier.start >= last.end) {
      kept.push(identifier);
      continue;
    }
    // A form that only looks like a telephone number gives way to what is sure.
    const type = last.type === 'telephone' ? identifier.type : last.type;
    kept[kept.length - 1] = { ...last, type, end: Math.max(last.end, identifier.end) };
  }
  return kept;
}
