import type { Span } from '../brief/span.ts';
import { passesIbanCheck, passesLuhn } from './checksums.ts';

interface Group extends Span {
  readonly digits: string;
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
    const group = { start: match.index, end: match.index + match[0].length, digits: match[0] };
    const previous = groups.at(-1);
    const apart =
      previous === undefined ||
      !/^[-\s./]{1,3}$/.test(
        text.slice(previous.end, previous.end + 4).slice(0, group.start - previous.end),
      );
    if (apart) close();
    groups.push(group);
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
    if (fits && passesLuhn(digits)) return last;
  }
  return undefined;
}

const IBAN_LENGTH = { least: 15, most: 34 };

/** Finds international bank account numbers with correct check digits, written in one piece or in groups. */
export function findIbans(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(/(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9])/g)) {
    const end = ibanEnd(text, match.index);
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
    if (fits && passesIbanCheck(characters.toUpperCase())) end = index + 1;
  }
  return end;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
