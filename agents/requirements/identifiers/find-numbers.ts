import { passesLuhn, passesMod97 } from '../../../src/privacy/index.ts';
import type { Span } from '../brief/span.ts';

interface Group extends Span {
  readonly digits: string;
  /** Whether other marks than spaces, dashes, dots and slashes part it from the group before. */
  readonly loose: boolean;
}

const CARD_DIGITS = { least: 13, most: 19 };

/**
 * Finds payment card numbers: 13 to 19 digits in groups with a correct check digit. Every window of groups is tried,
 * so a number in front does not hide one.
 */
export function findCards(text: string): readonly Span[] {
  const found: Span[] = [];
  let groups: Group[] = [];
  const close = (): void => {
    addCards(found, groups);
    groups = [];
  };
  for (const match of text.matchAll(/\d+/g)) {
    const [digits] = match;
    const start = match.index;
    const previous = groups.at(-1);
    const between = previous === undefined ? '' : text.slice(previous.end, start).slice(0, 4);
    if (previous !== undefined && !/^[^\p{L}\p{N}]{1,3}$/u.test(between)) close();
    const loose = !/^[-\s./]*$/.test(between);
    groups.push({ start, end: start + digits.length, digits, loose });
  }
  close();
  return found;
}

function addCards(found: Span[], groups: readonly Group[]): void {
  let first = 0;
  while (first < groups.length) {
    const end = cardFrom(groups, first);
    const start = groups[first]?.start;
    if (end !== undefined && start !== undefined) {
      found.push({ start, end: groups[end]?.end ?? start });
      first = end + 1;
    } else first += 1;
  }
}

/** The index of the last group of a card number that starts with group `first`. */
function cardFrom(groups: readonly Group[], first: number): number | undefined {
  let digits = '';
  for (let last = first; last < groups.length; last += 1) {
    digits += groups[last]?.digits ?? '';
    if (digits.length > CARD_DIGITS.most) return undefined;
    const fits =
      digits.length >= CARD_DIGITS.least && /^[2-6]/.test(digits) && !/^(\d)\1+$/.test(digits);
    if (fits && isWritten(groups.slice(first, last + 1)) && passesLuhn(digits)) return last;
  }
  return undefined;
}

/** Numbers of a list may pass the check by chance; with other marks between them, the groups must be those of a card. */
function isWritten(groups: readonly Group[]): boolean {
  if (!groups.slice(1).some(({ loose }) => loose)) return true;
  const lengths = groups.map(({ digits }) => digits.length).join(' ');
  return /^(?:4 4 4 \d( \d)?|4 6 [45])$/.test(lengths);
}

const IBAN_LENGTH = { least: 15, most: 34 };

/** Finds international bank account numbers with correct check digits, written in one piece or in groups. */
export function findIbans(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(
    /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[^\p{L}\p{N}]{0,3}[A-Za-z0-9])/gu,
  )) {
    const end = ibanEnd(text, match.index) ?? groupedIbanEnd(text, match.index);
    if (end !== undefined) found.push({ start: match.index, end });
  }
  return found;
}

function ibanEnd(text: string, start: number): number | undefined {
  let characters = '';
  let end: number | undefined;
  const limit = Math.min(text.length, start + IBAN_LENGTH.most * 2);
  for (let index = start; index < limit && characters.length < IBAN_LENGTH.most; index += 1) {
    const character = text.charAt(index);
    const separates =
      (character === ' ' || character === '-') && isAlphanumeric(text.charCodeAt(index + 1));
    if (separates) continue;
    if (!isAlphanumeric(character.charCodeAt(0))) break;
    characters += character;
    const fits =
      characters.length >= IBAN_LENGTH.least && !isAlphanumeric(text.charCodeAt(index + 1));
    if (fits && passesMod97(characters.toUpperCase())) end = index + 1;
  }
  return end;
}

const GROUPED =
  /^[A-Za-z]{2}\d\d(?:[^\p{L}\p{N}]{0,3}[A-Za-z0-9]{4}){2,7}(?:[^\p{L}\p{N}]{0,3}[A-Za-z0-9]{1,3})?/u;

/** The end of an account number in groups of four with other marks between them. */
function groupedIbanEnd(text: string, start: number): number | undefined {
  const window = text.slice(start, start + IBAN_LENGTH.most * 3);
  const written = GROUPED.exec(window)?.[0] ?? '';
  const compact = written.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
  const whole = !isAlphanumeric(window.charCodeAt(written.length));
  const fits = compact.length >= IBAN_LENGTH.least && compact.length <= IBAN_LENGTH.most;
  return whole && fits && passesMod97(compact) ? start + written.length : undefined;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
