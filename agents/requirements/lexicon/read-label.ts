import { trimSpan, type Span } from '../brief/span.ts';
import { findDates } from './find-dates.ts';
import { wishedCount } from './wished-count.ts';
import type { Field } from './field.ts';
import { fieldOfLabel } from './labels.ts';

/** A label at the start of a line, and what stands behind it. */
export interface Label {
  /** Undefined when the line has the form of a label and its words are not known. */
  readonly field: Field | undefined;
  /** What follows the colon; empty when nothing does. */
  readonly value: Span;
  /** False when the line is nothing but the label's words, without a colon. */
  readonly colon: boolean;
}

const MAX_LABEL = 60;
const MAX_WORDS = 6;
/** Shorter words are labels only with a colon: "To: students". */
const SHORTEST_BARE = 3;
const MAX_BEFORE_DATE = 12;

/**
 * Reads the label that a line starts with: `Offer: 20 % off`, `**Offer:** ...`, `2. Offer`, `OFFER`.
 *
 * @returns undefined when the line starts with no label.
 */
export function readLabel(text: string, line: Span, inSender = false): Label | undefined {
  const head = text.slice(line.start, Math.min(line.end, line.start + MAX_LABEL + 10));
  const colon = /[:：]/.exec(head)?.index ?? -1;
  const value = { start: line.end, end: line.end };
  if (colon > 0) return readWithColon(text, line, { head, colon, inSender });
  const question = head.indexOf('? ');
  if (question > 0) return readQuestion(text, line, head.slice(0, question));
  const length = line.end - line.start;
  if (length > MAX_LABEL || length < SHORTEST_BARE) return undefined;
  const field = fieldOfLabel(head, inSender);
  return field === undefined ? undefined : { field, value, colon: false };
}

/** A question of a brief's own with its answer behind it: "An wen? Stammkunden". */
function readQuestion(text: string, line: Span, words: string): Label | undefined {
  const field = fieldOfLabel(words);
  if (field === undefined) return undefined;
  const value = trimSpan(text, { start: line.start + words.length + 1, end: line.end });
  return { field, value, colon: true };
}

function readWithColon(
  text: string,
  line: Span,
  { head, colon, inSender }: { head: string; colon: number; inSender: boolean },
): Label | undefined {
  const words = head.slice(0, colon);
  if (isInside(words, head.slice(colon + 1))) return undefined;
  const named = fieldOfLabel(words, inSender);
  const behind = text.slice(line.start + colon + 1, Math.min(line.end, line.start + colon + 81));
  if (named === undefined && leadsTo(words, behind))
    return { field: 'callToAction', value: line, colon: true };
  const field = named === undefined ? undefined : fieldOfValue(named, behind);
  const looksLikeLabel =
    /^[\s*_`#>]*[\p{Lu}\d]/u.test(words) && words.trim().split(/\s+/).length <= MAX_WORDS;
  if (field === undefined && (!looksLikeLabel || /[.!?,;]/.test(words))) return undefined;
  let start = line.start + colon + 1;
  while (start < line.end && /[\s*_]/.test(text.charAt(start))) start += 1;
  return { field, value: { start, end: line.end }, colon: true };
}

/** What readers are to do, in front of nothing but an address: "Book: https://..." */
const DOES =
  /^[\s*_]*(?:book(?:ing)?|order|register|registration|sign up|join|donate|give|apply|reserve|rsvp|tickets|jetzt \p{L}+|buchen|buchung|anmelden|anmeldung|bestellen|spenden|réserver|réservation|s['’]inscrire|inscription|commander|donner|reservar|reservas?|inscripción|pedir|donar|prenotare|prenotazion[ei]|iscrizion[ei]|ordinare|donare|boeken|aanmelden|bestellen|doneren|inscrição|inscrever|encomendar|doar)[\s*_]*$/iu;

/** A colon inside a web address, a time of day or a quotation ends no label. */
function isInside(words: string, after: string): boolean {
  const isTime = /^\d/.test(after) && /\d$/.test(words);
  return after.startsWith('//') || isTime || /["“„«]/.test(words);
}

function leadsTo(label: string, value: string): boolean {
  return DOES.test(label) && /^[\s*_]*<?https?:\/\/\S+[\s*_]*$/u.test(value);
}

/** "Aktion: Termin buchen unter https://..." is no offer: it has no figure, and ends where a click leads. */
const LEADS_TO = /^[^\d%€$£]{4,60}\shttps?:\/\/\S+\s*$/u;

/** "From: 3 May" names no sender, "To: 9 May" no audience, and "Emails: short ones" no number. */
function fieldOfValue(field: Field, value: string): Field | undefined {
  if (field === 'wishedEmails')
    return wishedCount(value) === undefined && value.trim() !== '' ? undefined : field;
  if (field === 'offer' && LEADS_TO.test(value)) return 'callToAction';
  if (field !== 'audience' && field !== 'sender' && field !== 'excluded') return field;
  const [date] = findDates(value);
  return date !== undefined && date.start <= MAX_BEFORE_DATE ? 'deadlines' : field;
}
