import { sentencesOf } from '../brief/sentences.ts';
import { trimSpan, type Span } from '../brief/span.ts';
import type { Passage } from './outline-state.ts';
import { enumerationIn, quotationsIn, withoutFullStop } from './split-passage.ts';

const FORBIDS =
  /^(?:(?:please|bitte)\s)?(?:(?:do not|don['’]t|must not|never|no|not|avoid|keine?n?|nicht|niemals)\s)?(?:(?:mention|mentions|mentioning|saying|using|say|use|write|claim|promise|state|imply|name)\s(?:of\s)?)?(?:(?:the|any|all|an?)\s)?(?:(?:words?|phrases?|terms?|expressions?|wordings?)\s)?(?:(?:any |all )?mentions?\sof\s)?(?:(?:das|die|der|den)\s(?:worte?|wörter|begriffe?|ausdruck|ausdrücke|formulierung(?:en)?)\s)?(?:being\s)?/i;

/** The article in front of a wording belongs to it, unless a word for words follows: "a cure", "the words cure". */
const ARTICLE = /(?:^|\s)(?:the|any|all|an?)\s$/i;

/** Words at the end of a list that stand for nothing in particular. */
const FILLER =
  /^(?:(?:or|and) )?(?:similar|the like|so on|so forth|etc|others?|ähnliche[sn]?|dergleichen)\.?$/i;

const REASON = /(?:,\s{0,3}|\s)(?:because|since|weil|denn|as)\s[^;]{0,400}/gi;
const DASHED_REASON =
  /\s[–—-]\s[^;]{0,200}?(?:legal|law|said|says|because|brand|compliance|rechtlich|rechts|vorgabe|weil)[^;]{0,200}/gi;
/** Tells who minds the words in front of it, and is none of them: "Pete hates that". */
const MINDED =
  /^(?:\p{L}[\p{L}'’.-]*\s){1,4}?(?:hates?|dislikes?|detests?|can['’]t stand|(?:do|does|did)(?:n['’]t| not) (?:like|want)|hasst|hassen|mag|mögen|déteste(?:nt)?|n['’]aime(?:nt)? pas|odian?|no le gusta|non piace|haat|haten|houdt niet|odeiam?|não gosta[m]?)(?:\s(?:that|it|this|them|those|das|es|die|nicht|so was|ça|cela|eso|quello|questo|dat|het|daar|van|isso|disso|word|wort))*[.!]*$/iu;
const ASIDE = /\([^()]{0,200}\)/g;
const SEPARATOR =
  /[;|]|,(?!\d)|(?<![:/\d])\/(?![/\d])|\s[–—-]\s|\s(?:and|or|und|oder|sowie|et|ou|y|e|en)(?=\s)/gi;

/** What a constraint is about when it is no wording: such a statement stays whole. */
const SUBJECT =
  /^(?:any |all |every )?(?:comparisons?|names?|details?|mentions? of (?:other|another|persons|people)|references?|vergleiche?|namen?|angaben|einzelheiten|hinweise?)\s/i;

/** Tells whether `statement` forbids a subject, such as a comparison, and not words. */
export function forbidsSubject(statement: string): boolean {
  return SUBJECT.test(statement);
}

/** The single wordings that a passage of a list of forbidden words names. */
export function forbiddenPhrasesIn(text: string, passage: Passage): readonly Span[] {
  const whole = { start: passage.start, end: passage.end };
  const sentences =
    passage.kind === 'item' || quotationsIn(text, whole).length > 0
      ? [whole]
      : sentencesOf(text, whole);
  return sentences.flatMap((sentence) => forbiddenWordsIn(text, sentence));
}

/** The single wordings that a statement about forbidden words names: without lead-ins, asides and reasons. */
export function forbiddenWordsIn(text: string, statement: Span): readonly Span[] {
  const span = trimSpan(text, statement);
  const quotations = quotationsIn(text, span);
  const masked = blank(maskQuotations(text, span, quotations), ASIDE, REASON, DASHED_REASON);
  if (quotations.length === 0 && forbidsSubject(masked)) return [withoutFullStop(text, span)];
  return partsOf(masked).flatMap((part, index): readonly Span[] => {
    if (index > 0 && MINDED.test(masked.slice(part.start, part.end))) return [];
    const { start, end } = { start: span.start + part.start, end: span.start + part.end };
    const quoted = quotations.filter(
      (quotation) => quotation.start >= start && quotation.end <= end,
    );
    if (quoted.length > 0) return quoted;
    const words = withoutForbidding(text, { start, end });
    return FILLER.test(text.slice(words.start, words.end)) || words.end <= words.start
      ? []
      : [words];
  });
}

/** What is forbidden, without the words that forbid it: "Do not mention prices" gives "prices". */
export function withoutForbidding(text: string, span: Span): Span {
  const place = trimSpan(text, span);
  const head = text.slice(place.start, Math.min(place.end, place.start + 100));
  const match = FORBIDS.exec(head)?.[0] ?? '';
  const skipped = match.length - (ARTICLE.exec(match)?.[0].trimStart().length ?? 0);
  const start = place.start + (skipped < place.end - place.start ? skipped : 0);
  return withoutFullStop(text, { start, end: place.end });
}

/** Between a quotation and words that have to be said as well. */
const JOINED_BEFORE = /(?:;|,?\s(?:and|und|sowie|plus)|&)\s*$/i;
const JOINED_BEHIND = /^\s*(?:;|,?\s?(?:and|und|sowie|plus)\s|&)\s*/i;
const DEMANDS =
  /^(?:(?:please|always|immer|bitte)\s)*(?:(?:include|say|state|use)\s)?(?:(?:the|den|die|das)\s(?:sentences?|phrases?|words?|text|lines?|satz|hinweis|text|worte?)\s)?:?\s*/i;

/** The wordings that a passage of a list of required words names: quotations, and what stands beside them. */
export function requiredPhrasesIn(text: string, passage: Passage): readonly Span[] {
  const quotations = quotationsIn(text, passage);
  if (quotations.length === 0) {
    if (passage.kind === 'item') return [trimSpan(text, passage)];
    const sentences = sentencesOf(text, passage);
    return sentences.length > 1 ? sentences : enumerationIn(text, passage);
  }
  const found: Span[] = [];
  let at = passage.start;
  for (const quotation of [...quotations, undefined]) {
    const end = quotation === undefined ? passage.end : quotation.start - 1;
    const first = at === passage.start;
    found.push(...besideQuotations(text, { start: at, end }, [first, quotation === undefined]));
    if (quotation !== undefined) found.push(quotation);
    at = quotation === undefined ? at : quotation.end + 1;
  }
  return found;
}

/** Words beside quotations are required where a semicolon or "and" puts them on a level with one. */
function besideQuotations(
  text: string,
  span: Span,
  [first, last]: readonly [first: boolean, last: boolean],
): readonly Span[] {
  const words = text.slice(span.start, Math.max(span.start, span.end));
  const remark = first ? 0 : remarkIn(words);
  if (remark > 0)
    return besideQuotations(text, { start: span.start + remark, end: span.end }, [first, last]);
  const behind = first ? 0 : (JOINED_BEHIND.exec(words)?.[0].length ?? 0);
  const joinedBefore = last ? null : JOINED_BEFORE.exec(words);
  const end = joinedBefore?.index ?? words.length;
  if ((behind === 0 && joinedBefore === null) || end <= behind) return [];
  const place = { start: span.start + behind, end: span.start + end };
  return partsBySemicolon(text, place)
    .map((part) => {
      const lead = DEMANDS.exec(text.slice(part.start, part.end))?.[0].length ?? 0;
      return withoutFullStop(text, { start: part.start + lead, end: part.end });
    })
    .filter((part) => part.end > part.start);
}

/** Behind a quotation, words up to a semicolon are a remark ("in the footer"), and those behind it are required. */
function remarkIn(words: string): number {
  return JOINED_BEHIND.test(words) ? 0 : Math.max(0, words.indexOf(';'));
}

function partsBySemicolon(text: string, span: Span): readonly Span[] {
  let { start } = span;
  return text
    .slice(span.start, span.end)
    .split(';')
    .map((part) => {
      const place = trimSpan(text, { start, end: start + part.length });
      start += part.length + 1;
      return place;
    });
}

/** The statement with its quotations made unreadable, so that nothing inside them parts it. */
function maskQuotations(text: string, span: Span, quotations: readonly Span[]): string {
  let masked = '';
  let at = span.start;
  for (const { start, end } of quotations) {
    masked += text.slice(at, start) + 'Q'.repeat(end - start);
    at = end;
  }
  return masked + text.slice(at, span.end);
}

function blank(text: string, ...patterns: readonly RegExp[]): string {
  return patterns.reduce(
    (rest, pattern) => rest.replaceAll(pattern, (match) => ' '.repeat(match.length)),
    text,
  );
}

function partsOf(masked: string): readonly Span[] {
  const parts: Span[] = [];
  let start = 0;
  for (const match of masked.matchAll(SEPARATOR)) {
    parts.push(trimSpan(masked, { start, end: match.index }));
    start = match.index + match[0].length;
  }
  parts.push(trimSpan(masked, { start, end: masked.length }));
  return parts.filter((part) => part.end > part.start);
}
