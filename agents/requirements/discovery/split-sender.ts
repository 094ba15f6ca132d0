import { trimSpan, type Span } from '../brief/span.ts';

/** The parts of a sender written in one piece. */
export interface SenderParts {
  readonly name: Span | undefined;
  readonly email: Span | undefined;
  readonly postalAddress: Span | undefined;
}

const EMAIL = /[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/;
const LEGAL_FORM =
  /^(?:inc|ltd|llc|llp|plc|corp|co|gmbh|ag|kg|ug|e\.\s?v|s\.?a|s\.?l|s\.?r\.?l|b\.?v|n\.?v|lda|sas|sarl)\.?$/i;
/** A legal form that a full stop belongs to: "Ltd.", "e. V.", "S.r.l." */
const ABBREVIATED_END = /\b(?:inc|ltd|co|corp|str|lda|bros|(?:\p{L}\.\s?){1,3}\p{L})\.$/iu;
const MAX_CHARACTERS = 600;

/**
 * Takes `Name, street, town, address@example.com` apart, in one line or several.
 * A postal address must hold a digit; what follows a mail address is not part of it.
 */
export function splitSender(text: string, span: Span): SenderParts {
  const whole = trimSpan(text, {
    start: span.start,
    end: Math.min(span.end, span.start + MAX_CHARACTERS),
  });
  const pieces = piecesOf(text, whole);
  const email = pieces.map((piece) => emailIn(text, piece)).find((found) => found !== undefined);
  const words = pieces.map((piece) => beforeEmail(text, piece));
  const name = nameOf(text, words);
  return {
    name,
    email,
    postalAddress: addressOf(
      text,
      words.filter(({ start }) => start >= (name?.end ?? 0)),
    ),
  };
}

/** The first pieces in a row that are no mail address, telephone number or web address. */
function addressOf(text: string, words: readonly Span[]): Span | undefined {
  const isPlace = ({ start, end }: Span): boolean =>
    end > start && !isContact(text.slice(start, end));
  const rest = words.slice(Math.max(0, words.findIndex(isPlace)));
  const stop = rest.findIndex((piece) => !isPlace(piece));
  const places = stop < 0 ? rest : rest.slice(0, stop);
  const start = places[0]?.start;
  const end = places.at(-1)?.end;
  if (start === undefined || end === undefined || !/\d/.test(text.slice(start, end)))
    return undefined;
  return trimEnd(text, { start, end });
}

/** Gives a name without a quotation mark at its beginning or end that has no other to go with. */
export function withoutLoneQuote(text: string, name: Span): Span {
  const marks = text.slice(name.start, name.end).match(/["“”„«»]/g) ?? [];
  if (marks.length !== 1) return name;
  const { start, end } = name;
  if (text.charAt(start) === marks[0]) return trimSpan(text, { start: start + 1, end });
  return text.charAt(end - 1) === marks[0] ? trimSpan(text, { start, end: end - 1 }) : name;
}

/** Gives the first mail address in `span`. */
export function emailIn(text: string, span: Span): Span | undefined {
  const match = EMAIL.exec(text.slice(span.start, span.end));
  return match === null
    ? undefined
    : { start: span.start + match.index, end: span.start + match.index + match[0].length };
}

function nameOf(text: string, words: readonly Span[]): Span | undefined {
  const index = words.findIndex(
    (piece) => piece.end > piece.start && !isContact(text.slice(piece.start, piece.end)),
  );
  const first = words[index];
  const next = words[index + 1];
  if (first === undefined || /^\d/.test(text.slice(first.start, first.end))) return undefined;
  const form = next !== undefined && LEGAL_FORM.test(text.slice(next.start, next.end));
  const name = trimEnd(text, { start: first.start, end: form ? next.end : first.end });
  return withoutLoneQuote(text, name);
}

function piecesOf(text: string, span: Span): readonly Span[] {
  const pieces: Span[] = [];
  let { start } = span;
  for (const match of text.slice(span.start, span.end).matchAll(/[\r\n,;|·]+/g)) {
    pieces.push(withoutMarks(text, { start, end: span.start + match.index }));
    start = span.start + match.index + match[0].length;
  }
  pieces.push(withoutMarks(text, { start, end: span.end }));
  return pieces.filter((piece) => piece.end > piece.start);
}

function withoutMarks(text: string, span: Span): Span {
  let { start } = trimSpan(text, span);
  while (start < span.end && /[\s>*+•_-]/.test(text.charAt(start))) start += 1;
  return trimSpan(text, { start, end: span.end });
}

/** A piece up to its mail address, with words such as "email:" or an opening bracket left out. */
function beforeEmail(text: string, piece: Span): Span {
  const email = emailIn(text, piece);
  if (email === undefined) return piece;
  const before = text
    .slice(piece.start, email.start)
    .replace(/(?:[\s<([]|e-?mail:?|mailto:|under|at|and|und)*$/i, '');
  return { start: piece.start, end: piece.start + before.length };
}

function isContact(words: string): boolean {
  return (
    /^(?:https?:\/\/|www\.|tel|phone|fon|fax|\+\d|\(?0\d{2,}(?!\d*\s+\p{L}))/iu.test(words) ||
    EMAIL.test(words)
  );
}

function trimEnd(text: string, span: Span): Span {
  let { end } = trimSpan(text, span);
  while (
    end > span.start &&
    /[\s.*_–—-]/.test(text.charAt(end - 1)) &&
    !ABBREVIATED_END.test(text.slice(Math.max(0, end - 10), end))
  )
    end -= 1;
  return { start: span.start, end };
}
