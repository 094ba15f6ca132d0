import { trimSpan, type Span } from '../brief/span.ts';
import type { Candidate } from './candidate.ts';
import type { Passage } from './outline-state.ts';

/** Double quotation marks, or single ones that no letter stands outside of: an apostrophe is none. */
const QUOTED =
  /["“„«]([^"“”„«»\n]{1,400})["”“»]|(?<![\p{L}\p{N}])['‘‚](?=\S)([^"“”„«»\n]{1,400}?)(?<=\S)['’‘](?![\p{L}\p{N}])/gu;
const MAX_PART_WORDS = 5;

/** Gives the quotations in `span`, without their marks. */
export function quotationsIn(text: string, span: Span): readonly Span[] {
  return [...text.slice(span.start, span.end).matchAll(QUOTED)].map((match) => {
    const start = span.start + match.index + 1;
    return trimSpan(text, { start, end: start + (match[1] ?? match[2] ?? '').length });
  });
}

/** Gives `span` without punctuation at its end. */
export function withoutFullStop(text: string, span: Span): Span {
  const trimmed = trimSpan(text, span);
  let { end } = trimmed;
  while (end > trimmed.start && /[.;,!\s]/.test(text.charAt(end - 1))) end -= 1;
  return { start: trimmed.start, end };
}

/** Parts a list within a sentence: at semicolons, or at commas when every part is short. */
export function enumerationIn(text: string, span: Span): readonly Span[] {
  const whole = withoutFullStop(text, span);
  const bySemicolon = partsOf(text, whole, /;/g);
  if (bySemicolon.length > 1) return bySemicolon;
  const byComma = partsOf(text, whole, /,|\s(?:and|or|und|oder|sowie|et|ou|y|o|e|en|of)\s/g);
  const list = text.slice(whole.start, Math.min(whole.end, whole.start + 1000)).includes(',');
  const short = byComma.every(
    (part) => wordsIn(text, part) <= MAX_PART_WORDS && !isClause(text, part),
  );
  return list && byComma.length > 1 && short ? byComma : [whole];
}

/** Parts "Single sign-on; audit log" in two, unless something is quoted. */
export function bySemicolons(text: string, sentence: Span): readonly Span[] {
  const words = text.slice(sentence.start, sentence.end);
  if (!/;\s/.test(words) || /["“„«]/.test(words)) return [sentence];
  return partsOf(text, sentence, /;(?=\s|$)/g);
}

function partsOf(text: string, span: Span, separator: RegExp): readonly Span[] {
  const parts: Span[] = [];
  let { start } = span;
  for (const match of text.slice(span.start, span.end).matchAll(separator)) {
    parts.push(trimSpan(text, { start, end: span.start + match.index }));
    start = span.start + match.index + match[0].length;
  }
  parts.push(trimSpan(text, { start, end: span.end }));
  return parts.filter((part) => part.end > part.start);
}

function wordsIn(text: string, span: Span): number {
  return text.slice(span.start, Math.min(span.end, span.start + 200)).split(/\s+/).length;
}

function isClause(text: string, span: Span): boolean {
  return /^(?:who|which|that|where|whose|with|aged|but|not|they|we|sie|wir|ils|elles|ellos|loro|zij|eles|die|der|das|deren|welche|qui|que|che|met|com)\s/i.test(
    text.slice(span.start, Math.min(span.end, span.start + 12)),
  );
}

/** Puts the passages of one group into one span, as long as nothing but markers stands between them. */
export function mergedSpan(text: string, passages: readonly Passage[]): Span {
  const first = passages[0];
  if (first === undefined) return { start: 0, end: 0 };
  let { end } = first;
  for (const passage of passages.slice(1)) {
    const between = text.slice(end, Math.min(passage.start, end + 60));
    if (passage.start - end > 50 || !/^[\s>*+•\d.)|-]*$/.test(between)) break;
    end = passage.end;
  }
  return trimSpan(text, { start: first.start, end });
}

/** Makes candidates of spans under a label. */
export function labelled(
  spans: readonly Span[],
  field: Candidate['field'],
  group: number,
): readonly Candidate[] {
  return spans.map(({ start, end }) => ({ start, end, field, group, origin: 'label' as const }));
}
