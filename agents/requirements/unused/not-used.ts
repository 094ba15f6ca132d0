import { sentencesOf } from '../brief/sentences.ts';
import { firstIndex, type Span } from '../brief/span.ts';
import type { Contradiction, Requirements, Source } from '../artifact.ts';
import { read, type Draft } from '../conflicts/draft.ts';
import { TO_SOFTWARE } from '../discovery/statements/to-software.ts';
import type { Passage } from '../discovery/outline-state.ts';
import { WITHHELD } from '../identifiers/index.ts';
import { fieldOfLabel } from '../lexicon/labels.ts';
import { readsLikeRule } from '../lexicon/rule-words.ts';
import type { Lists } from '../assembly/lists.ts';

/** A sentence, list item or line of the brief that nothing was taken from. */
export interface Unused extends Span {
  /** In one line, without identifiers of persons. */
  readonly text: string;
  /** Whether it reads like a prohibition or an obligation. */
  readonly rule: boolean;
  /** Whether it is a note to the people who make the campaign. */
  readonly note: boolean;
}

/** Shorter passages are taken or left as a whole. */
const WHOLE_CHARACTERS = 160;
/** A brief with more passages of no use than this is not read sentence by sentence. */
const MAX_UNUSED = 1000;
const MAX_SHOWN = 40;
const MAX_TEXT = 160;

/**
 * Finds what nothing was taken from.
 *
 * @param used - Places that something was taken from, or that a person decided about.
 */
export function unusedIn(
  draft: Draft,
  passages: readonly Passage[],
  used: readonly Span[],
): readonly Unused[] {
  const covered = merged(used);
  const isUsed = (span: Span): boolean => {
    const next = covered[firstIndex(covered.length, (at) => (covered[at]?.end ?? 0) > span.start)];
    return next !== undefined && next.start < span.end;
  };
  const told = new Set(used.map(({ start, end }) => wordsIn(draft.text.slice(start, end))));
  const found: Unused[] = [];
  const seen = new Set<string>();
  for (const passage of passages) {
    const whole = { start: passage.labelStart ?? passage.start, end: passage.end };
    for (const part of partsOf(draft.text, whole, { isUsed, many: found.length >= MAX_UNUSED })) {
      const raw = draft.text.slice(part.start, part.end);
      if (isUsed(part) || seen.has(raw)) continue;
      seen.add(raw);
      const text = shown(draft, part);
      if (text === '' || told.has(wordsIn(text)) || isLabel(text)) continue;
      told.add(wordsIn(text));
      // What speaks to software is shown to nobody as text, so that no later reader takes it for an instruction.
      const toSoftware = TO_SOFTWARE.test(text);
      found.push({
        ...part,
        text: toSoftware ? WITHHELD : text,
        rule: !toSoftware && readsLikeRule(text),
        note: false,
      });
    }
  }
  return [...found, ...unusedNotes(draft, used)].toSorted((one, other) => one.start - other.start);
}

/** The notes to the makers of the campaign, without those that a person was asked about. */
function unusedNotes(draft: Draft, used: readonly Span[]): readonly Unused[] {
  const original = { ...draft, text: draft.brief };
  const decided = used.filter(({ start, end }) =>
    draft.notes.some((note) => note.start <= start && end <= note.end),
  );
  return draft.notes
    .filter(({ start }) => draft.brief.charAt(start) !== '#')
    .flatMap((note) => partsOf(draft.brief, note, { isUsed: () => false, many: false }))
    .filter((part) => !decided.some(({ start, end }) => start < part.end && part.start < end))
    .flatMap((part) => {
      const text = shown(original, part);
      if (text === '') return [];
      const toSoftware = TO_SOFTWARE.test(text);
      // A note is no reader's business whatever it says, so it comes first.
      return [{ ...part, text: toSoftware ? WITHHELD : text, rule: false, note: true }];
    });
}

/** The spans of the brief that the facts, the contradictions and a person's decisions rest on. */
export function usedSpans(
  lists: Lists,
  contradictions: readonly Contradiction[],
  decided: readonly Span[],
): readonly Span[] {
  return [
    ...spansIn(lists),
    ...contradictions.flatMap(({ sources }) => spansOf(sources)),
    ...decided,
  ];
}

/** What a person is shown of it: what reads like a rule first, then in the order of the brief. */
export function notUsedOf(brief: string, unused: readonly Unused[]): Requirements['notUsed'] {
  const first = unused.filter(({ rule, note }) => rule || note);
  const ranked = [...first, ...unused.filter((line) => !first.includes(line))];
  const lines = lineStartsOf(brief);
  return {
    passages: ranked.slice(0, MAX_SHOWN).map(({ start, end, text }) => ({
      line: firstIndex(lines.length, (at) => (lines[at] ?? 0) > start),
      start,
      end,
      text,
    })),
    more: Math.max(0, ranked.length - MAX_SHOWN),
  };
}

function partsOf(
  text: string,
  whole: Span,
  { isUsed, many }: { readonly isUsed: (span: Span) => boolean; readonly many: boolean },
): readonly Span[] {
  const long = whole.end - whole.start > WHOLE_CHARACTERS;
  return !many && (long || isUsed(whole)) ? sentencesOf(text, whole) : [whole];
}

/** Words that only announce what follows them. */
function isLabel(text: string): boolean {
  return text.length <= MAX_LABEL && /[:?]$/.test(text) && fieldOfLabel(text) !== undefined;
}

const MAX_LABEL = 60;

function shown(draft: Draft, { start, end }: Span): string {
  const { text } = read(draft, { start, end: Math.min(end, start + 4 * MAX_TEXT) });
  if (!/[\p{L}\p{N}]/u.test(text.replaceAll('[withheld]', ''))) return '';
  if (text.length <= MAX_TEXT) return text;
  const cut = text.lastIndexOf(' ', MAX_TEXT);
  return text.slice(0, cut > MAX_TEXT / 2 ? cut : MAX_TEXT).toWellFormed();
}

function wordsIn(text: string): string {
  return (
    text
      .slice(0, 400)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}

function merged(spans: readonly Span[]): readonly Span[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** Every source in the brief that stands anywhere in `value`. */
function spansIn(value: unknown): readonly Span[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('kind' in value && value.kind === 'brief' && 'start' in value && 'end' in value) {
    const { start, end } = value;
    return typeof start === 'number' && typeof end === 'number' ? [{ start, end }] : [];
  }
  return Object.values(value).flatMap(spansIn);
}

function spansOf(sources: readonly Source[]): readonly Span[] {
  return sources.filter((source) => source.kind === 'brief');
}

function lineStartsOf(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ 0: end, index }) => index + end.length)];
}
