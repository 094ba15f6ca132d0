import { sentencesOf } from '../brief/sentences.ts';
import { firstIndex, trimSpan, type Span } from '../brief/span.ts';
import { unitsOf } from '../brief/units.ts';
import { namesEvent } from '../lexicon/event-words.ts';
import type { Field } from '../lexicon/field.ts';
import { readLabel } from '../lexicon/read-label.ts';
import { wishedCount } from '../lexicon/wished-count.ts';
import type { Candidate } from './candidate.ts';
import { AIM } from './cues.ts';
import { findByCue, onlyWishes } from './find-by-cue.ts';
import type { Passage } from './outline-state.ts';
import { outlineOf } from './passages.ts';
import {
  bySemicolons,
  enumerationIn,
  labelled,
  mergedSpan,
  withoutFullStop,
} from './split-passage.ts';
import { datesApart } from './statements/date-clauses.ts';
import { waysAndMeasures } from './statements/ways-and-measures.ts';
import { wordingsIn } from './statements/wordings.ts';
import { segmentsIn } from './segments.ts';
import { emailIn, splitSender, withoutLoneQuote } from './split-sender.ts';

/**
 * Finds every place of a brief that may fill a field: first by headings and labels, then by phrases in prose.
 *
 * @param text - The brief.
 * @param hidden - Places that a reader would not see; nothing is taken from them.
 */
export function discover(text: string, hidden: readonly Span[]): Discovery {
  const { passages, title } = outlineOf(text, unitsOf(text));
  const visible = passages.filter((passage) => !isHidden(hidden, passage));
  const named: Candidate[] =
    title === undefined || isHidden(hidden, title)
      ? []
      : [{ ...title, field: titleField(text, title, visible), origin: 'label', group: -1 }];
  const candidates = distinct(text, [
    ...named,
    ...groupsOf(visible).flatMap((group) => fromGroup(text, group)),
  ]);
  return { candidates, passages: visible };
}

/** A brief of one line that says what to reach has no title: the line is its objective. */
function titleField(text: string, title: Span, others: readonly Passage[]): 'title' | 'objective' {
  const alone = others.length === 0;
  return alone && AIM.test(text.slice(title.start, title.end)) ? 'objective' : 'title';
}

/** What was found in a brief, and the passages that a reader sees. */
export interface Discovery {
  readonly candidates: readonly Candidate[];
  readonly passages: readonly Passage[];
}

/** More candidates than this for one field are too many for every list, so the field is asked about anyway. */
const MAX_PER_FIELD = 500;

/** Leaves out what a field is told a second time in the same words. */
function distinct(text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const known = new Map<string, Set<string>>();
  return candidates.filter(({ field, origin, start, end }) => {
    const told = known.get(field) ?? new Set<string>();
    known.set(field, told);
    const words = `${origin} ${text.slice(start, end)}`;
    if (end <= start || told.has(words) || told.size >= MAX_PER_FIELD) return false;
    told.add(words);
    return true;
  });
}

function isHidden(hidden: readonly Span[], span: Span): boolean {
  const place =
    hidden[firstIndex(hidden.length, (index) => (hidden[index]?.end ?? 0) > span.start)];
  return place !== undefined && place.start <= span.start;
}

function groupsOf(passages: readonly Passage[]): readonly (readonly Passage[])[] {
  const groups: Passage[][] = [];
  for (const passage of passages) {
    const last = groups.at(-1)?.at(-1);
    const same = last !== undefined && last.group === passage.group && last.field === passage.field;
    if (same) groups.at(-1)?.push(passage);
    else groups.push([passage]);
  }
  return groups;
}

/** In a section on one field, sentences may still forbid words or set a date. */
const ALSO: Readonly<Partial<Record<Field, ReadonlySet<Field>>>> = {
  objective: new Set<Field>(['deadlines', 'mustNotSay', 'wishedEmails', 'excluded', 'language']),
  channels: new Set<Field>(['wishedEmails', 'excluded', 'language']),
  offer: new Set<Field>(['deadlines', 'mustNotSay', 'mustSay']),
  callToAction: new Set<Field>(['deadlines', 'mustNotSay', 'wishedEmails']),
  metrics: new Set<Field>(['excluded', 'language']),
  keyMessages: new Set<Field>(['deadlines', 'mustNotSay', 'wishedEmails']),
  tone: new Set<Field>(['mustNotSay', 'mustSay', 'language']),
  complianceNotes: new Set<Field>(['mustNotSay', 'mustSay', 'excluded']),
  audience: new Set<Field>(['mustNotSay', 'language']),
  deadlines: new Set<Field>(['mustNotSay', 'wishedEmails', 'excluded', 'language']),
  sender: new Set<Field>(['mustNotSay', 'mustSay', 'wishedEmails', 'excluded', 'language']),
};

function fromGroup(text: string, passages: readonly Passage[]): readonly Candidate[] {
  const field = passages[0]?.field;
  if (field === undefined || field === 'other')
    return passages
      .filter(({ kind }) => kind !== 'header')
      .flatMap((passage) => [...labelsInProse(text, passage), ...findByCue(text, passage)]);
  const also = ALSO[field];
  const byCue =
    also === undefined ? [] : passages.flatMap((passage) => findByCue(text, passage, also));
  return [...byLabel(text, field, passages), ...byCue];
}

/** Sentences in the middle of prose that start with a label: "A short brief. Goal: sell spades." */
function labelsInProse(text: string, passage: Passage): readonly Candidate[] {
  if (!text.slice(passage.start, passage.end).includes(': ')) return [];
  return sentencesOf(text, passage).flatMap((sentence) => {
    const label = readLabel(text, sentence);
    if (label?.field === undefined || !label.colon || label.field === 'title') return [];
    const value = withoutFullStop(text, label.value);
    return byLabel(text, label.field, [
      {
        ...passage,
        ...value,
        field: label.field,
        group: passage.group + sentence.start / 1e9,
        kind: 'prose',
        labelStart: sentence.start,
      },
    ]);
  });
}

function byLabel(text: string, field: Field, passages: readonly Passage[]): readonly Candidate[] {
  const group = passages[0]?.group ?? 0;
  const each = (split: (passage: Passage) => readonly Span[]): readonly Candidate[] =>
    field === 'other' || field === 'sender'
      ? []
      : passages.flatMap((passage) => labelled(split(passage), field, group));
  switch (field) {
    case 'mustSay':
    case 'mustNotSay':
      return passages.flatMap((passage) => wordingsIn(text, field, passage));
    case 'audience':
      return audienceIn(text, passages);
    case 'keyMessages':
    case 'complianceNotes':
      return each((passage) =>
        statementsIn(text, passage).filter((statement) => !onlyWishes(text, statement)),
      );
    case 'excluded':
      return passages.flatMap((passage) => {
        const context = { start: passage.labelStart ?? passage.start, end: passage.end };
        return labelled(partsIn(text, passage), field, group).map((found) => ({
          ...found,
          context,
        }));
      });
    case 'channels':
    case 'metrics':
      return passages.flatMap((passage) => waysAndMeasures(text, field, passage));
    case 'deadlines':
      return each((passage) => datesIn(text, passage));
    case 'sender':
      return senderIn(text, mergedSpan(text, passages), group);
    case 'sender.email':
      return each((passage) => [emailIn(text, passage) ?? trimSpan(text, passage)]).slice(0, 1);
    case 'wishedEmails':
      return passages.flatMap((passage) =>
        wishedCount(text.slice(passage.start, passage.end)) === undefined
          ? findByCue(text, passage)
          : labelled([trimSpan(text, passage)], field, group),
      );
    case 'title':
      return labelled([titleIn(text, passages)], field, group);
    case 'tone':
      return toneIn(text, mergedSpan(text, passages), group);
    case 'sender.name':
      return labelled([withoutLoneQuote(text, mergedSpan(text, passages))], field, group);
    case 'language':
    case 'objective':
    case 'offer':
    case 'callToAction':
    case 'sender.postalAddress':
      return labelled([mergedSpan(text, passages)], field, group);
    case 'other':
      return [];
  }
}

/** The first line; with its label where only that says that it is something to come to: "Workshop: Bread for beginners". */
function titleIn(text: string, passages: readonly Passage[]): Span {
  const line = firstLine(text, mergedSpan(text, passages.slice(0, 1)));
  const start = passages[0]?.labelStart ?? line.start;
  const named = namesEvent(text.slice(line.start, line.end));
  return !named && namesEvent(text.slice(start, line.start)) ? { start, end: line.end } : line;
}

const MAX_TITLE = 160;
/** What mail programs put in front of a subject. */
const REPLY = /^(?:\s*(?:re|fwd?|aw|wg|tr|rv|antw|doorst|enc|res)\s?:)+\s*/i;

/** A title is one line, and its first sentence when the line holds more than a title can. */
function firstLine(text: string, span: Span): Span {
  const line = /^[^\r\n]*/.exec(text.slice(span.start, span.end))?.[0] ?? '';
  const start = span.start + (REPLY.exec(line)?.[0].length ?? 0);
  const whole = trimSpan(text, { start, end: span.start + line.length });
  if (whole.end - whole.start <= MAX_TITLE) return whole;
  return sentencesOf(text, whole)[0] ?? whole;
}

/** How emails are to sound, up to the sentence that is about something else; what follows is read as prose. */
function toneIn(text: string, span: Span, group: number): readonly Candidate[] {
  const sentences = sentencesOf(text, span);
  const other = sentences.findIndex(
    (sentence, index) =>
      index > 0 &&
      (sentence.end - span.start > MAX_TONE || findByCue(text, { ...sentence, group }).length > 0),
  );
  const next = other < 0 ? undefined : sentences[other];
  const end = next === undefined ? span.end : (sentences[other - 1]?.end ?? span.end);
  const rest =
    next === undefined ? [] : findByCue(text, { start: next.start, end: span.end, group });
  return [...labelled([trimSpan(text, { start: span.start, end })], 'tone', group), ...rest];
}

const MAX_TONE = 300;

/** An item as it stands; prose by sentences, and these by semicolons. */
function statementsIn(text: string, passage: Passage): readonly Span[] {
  if (passage.kind !== 'prose') return [trimSpan(text, passage)];
  return sentencesOf(text, passage).flatMap((sentence) => bySemicolons(text, sentence));
}

function partsIn(text: string, passage: Passage): readonly Span[] {
  return passage.kind === 'prose' ? enumerationIn(text, passage) : [trimSpan(text, passage)];
}

/** A date with its label, an item or row as it stands, and prose by sentences. */
function datesIn(text: string, passage: Passage): readonly Span[] {
  const { start, end, kind, labelStart } = passage;
  const sentences = sentencesOf(text, passage);
  const told = sentences.filter((sentence) => !onlyWishes(text, sentence));
  if (kind === 'prose' && labelStart === undefined) return told;
  // "Timing: Send two emails. First email on 12 April." tells how many in front of when.
  if (told.length < sentences.length) return told;
  const parts = datesApart(text, passage);
  return parts.length > 1 ? parts : [trimSpan(text, { start: labelStart ?? start, end })];
}

function senderIn(text: string, span: Span, group: number): readonly Candidate[] {
  const { name, email, postalAddress } = splitSender(text, span);
  return [
    ...labelled(name === undefined ? [] : [name], 'sender.name', group),
    ...labelled(email === undefined ? [] : [email], 'sender.email', group),
    ...labelled(postalAddress === undefined ? [] : [postalAddress], 'sender.postalAddress', group),
  ];
}

/** Segments; what stands below an item or a sub-heading describes it. */
function audienceIn(text: string, passages: readonly Passage[]): readonly Candidate[] {
  const top = passages.find(({ kind }) => kind === 'item')?.level ?? 0;
  const found: Candidate[] = [];
  let subheading = false;
  for (const passage of passages) {
    const last = found.at(-1);
    const describes =
      last !== undefined && (subheading || passage.level > top) && passage.kind !== 'subheading';
    if (describes) found[found.length - 1] = { ...last, end: Math.max(last.end, passage.end) };
    else {
      for (const { start, end, field, context } of segmentsIn(text, passage))
        found.push({
          start,
          end,
          field,
          group: passage.group,
          origin: 'label',
          ...(context === undefined ? {} : { context }),
        });
    }
    if (passage.kind === 'subheading') subheading = true;
  }
  return found;
}
