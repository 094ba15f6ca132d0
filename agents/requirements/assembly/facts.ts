import { sentencesOf } from '../brief/sentences.ts';
import { readSpan, type LineBreak } from '../brief/plain-text.ts';
import { trimSpan, type Span } from '../brief/span.ts';
import type { AudienceSegment, Fact, Source } from '../artifact.ts';
import type { Draft } from '../conflicts/draft.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { detailsOf } from './segment-details.ts';

/** Longer statements are cut at the end of a sentence, where a field holds one statement. */
const MAX_STATEMENT = 1000;

/** What stands for the end of a line in facts that are no running text. */
const LINE_BREAKS: ReadonlyMap<string, LineBreak> = new Map([
  ['sender-postal-address', ', '],
  ['offer', '. '],
]);

/** Makes a fact of a place of the brief; undefined when nothing readable stands there. */
export function toFact(
  draft: Draft,
  id: string,
  span: Span & Pick<Candidate, 'question'>,
): Fact | undefined {
  const { text, questions } = readSpan(draft, span, LINE_BREAKS.get(id));
  const words = withoutQuotes(text);
  if (words.replaceAll('[withheld]', '').replaceAll(/[^\p{L}\p{N}]/gu, '') === '') return undefined;
  return {
    id,
    text: words,
    sources: [
      inBrief(span),
      ...[...questions, ...(span.question === undefined ? [] : [span.question])].map(
        (question) => ({ kind: 'answer' as const, question }),
      ),
    ],
  };
}

/** Makes facts of several places, numbered from 1, without those that say the same. */
export function toFacts(draft: Draft, name: string, candidates: readonly Candidate[]): Fact[] {
  const facts: Fact[] = [];
  const known = new Set<string>();
  for (const candidate of candidates) {
    const fact = toFact(draft, `${name}-${facts.length + 1}`, candidate.context ?? candidate);
    if (fact === undefined || known.has(fact.text.toLowerCase())) continue;
    known.add(fact.text.toLowerCase());
    facts.push(fact);
  }
  return facts;
}

/** Makes the one fact of a field: labels count before models, and models before phrases in prose. */
export function toSoleFact(
  draft: Draft,
  id: string,
  candidates: readonly Candidate[],
): Fact | null {
  const ranked = ['label', 'model', 'cue'].flatMap((origin) =>
    candidates.filter((candidate) => candidate.origin === origin),
  );
  for (const candidate of ranked) {
    const fact = toFact(draft, id, statementIn(draft.text, candidate));
    if (fact !== undefined) return fact;
  }
  return null;
}

/** The sentences at the start of `span` that are not too long together. */
function statementIn(text: string, span: Span): Span {
  if (span.end - span.start <= MAX_STATEMENT) return span;
  const head = { start: span.start, end: span.start + MAX_STATEMENT };
  const whole = sentencesOf(text, head).filter(
    ({ end }) => end < head.end && /[.!?]/.test(text.charAt(end - 1)),
  );
  const end =
    whole.at(-1)?.end ?? Math.max(text.lastIndexOf(' ', head.end), span.start + MAX_STATEMENT / 2);
  return trimSpan(text, { start: span.start, end });
}

/** Makes segments; what stands behind a colon, a dash, a bracket or a comma describes a segment. */
export function toSegments(draft: Draft, candidates: readonly Candidate[]): AudienceSegment[] {
  const segments: AudienceSegment[] = [];
  const known = new Set<string>();
  for (const candidate of candidates) {
    const fact = toFact(draft, `segment-${segments.length + 1}`, candidate);
    if (fact === undefined) continue;
    const { name, description } = segmentOf(fact.text);
    if (known.has(name.toLowerCase())) continue;
    known.add(name.toLowerCase());
    const details = detailsOf(draft.text, candidate, fact.text);
    const { id, sources } = fact;
    const particular = details.length === 0 ? {} : { details };
    segments.push({ id, name, description, ...particular, sources });
  }
  return segments;
}

const MAX_NAME = 80;

/** Parts the words of a segment into what it is called and what is said about it. */
export function segmentOf(text: string): { readonly name: string; readonly description: string } {
  const plain = text.replace(/[.;,\s]+$/, '') || text;
  const mark =
    /:\s|\s[–—-]\s|\s\(|,\s|\s(?=(?:who|whose|that|which|with|in|von|in|mit|qui|que|che|met)\s)/iu.exec(
      plain,
    );
  const head = plain.slice(0, mark?.index ?? plain.length);
  if (mark !== null && head.length <= MAX_NAME && mark.index > 0) {
    const rest = plain.slice(mark.index + mark[0].length);
    const closed = mark[0].includes('(') && rest.endsWith(')') && !rest.slice(0, -1).includes(')');
    return { name: head, description: closed ? rest.slice(0, -1) : rest };
  }
  if (plain.length <= MAX_NAME) return { name: plain, description: '' };
  const cut = plain.lastIndexOf(' ', MAX_NAME);
  return { name: plain.slice(0, cut > 0 ? cut : MAX_NAME).toWellFormed(), description: plain };
}

/** The source of a fact in the brief. */
export function inBrief({ start, end }: Span): Source {
  return { kind: 'brief', start, end };
}

function withoutQuotes(text: string): string {
  return /^["“„«]([^"“”„«»]+)["”“»]$/.exec(text)?.[1]?.trim() ?? text;
}
