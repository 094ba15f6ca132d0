import { sentencesOf } from '../brief/sentences.ts';
import { trimSpan, type Span } from '../brief/span.ts';
import { findDates } from '../lexicon/find-dates.ts';
import type { Field } from '../lexicon/field.ts';
import { wishedCount } from '../lexicon/wished-count.ts';
import type { Candidate } from './candidate.ts';
import {
  CUES,
  DEADLINE_WORD,
  DEMANDING,
  FORBIDDING,
  SCHEDULE_DATE,
  WISH_WORD,
  type Cue,
} from './cues.ts';
import { enumerationIn, quotationsIn, withoutFullStop } from './split-passage.ts';
import { forbiddenWordsIn, withoutForbidding } from './split-phrases.ts';
import { emailIn, splitSender, type SenderParts } from './split-sender.ts';
import { bracketedSender } from './statements/bracketed-sender.ts';
import { DOUBTS } from './statements/doubts.ts';
import { dateClauses } from './statements/date-clauses.ts';

/** Finds what the sentences of `span` say about the fields in `wanted`; every field when it is undefined. */
export function findByCue(
  text: string,
  span: Span & { readonly group: number },
  wanted?: ReadonlySet<Field>,
): readonly Candidate[] {
  const found: Candidate[] = [];
  const add =
    (sentence: Span): Add =>
    (field, places) => {
      if (wanted?.has(field) === false) return;
      for (const { start, end } of places) {
        const context = field === 'excluded' ? { context: sentence } : {};
        if (end > start)
          found.push({ start, end, field, origin: 'cue', group: span.group, ...context });
      }
    };
  if (span.end - span.start < SHORTEST) return found;
  for (const sentence of sentencesOf(text, span)) addSentence(text, sentence, add(sentence));
  return found;
}

type Add = (field: Candidate['field'], places: readonly Span[]) => void;

/** Shorter passages hold no phrase and anything to go with it. */
const SHORTEST = 12;

/** Longer sentences are no sentences that a person wrote. */
const MAX_SENTENCE = 1200;

function addSentence(text: string, sentence: Span, add: Add): void {
  if (sentence.end - sentence.start > MAX_SENTENCE) return;
  const words = text.slice(sentence.start, sentence.end).replaceAll(/[\r\n\t]/g, ' ');
  const forbidden = forbiddenIn(text, sentence, words);
  add('mustNotSay', forbidden);
  // "Always mention ..., but never mention ...": what is demanded ends where something is forbidden.
  const lead = forbidden.length === 0 ? words.length : words.search(FORBIDDING[0].pattern);
  const demanding = { start: sentence.start, end: sentence.start + Math.max(0, lead) };
  add('mustSay', demandedIn(text, demanding, words.slice(0, Math.max(0, lead))));
  for (const cue of CUES) {
    const match = cue.pattern.exec(words);
    if (match !== null) addMatch(text, { cue, sentence, place: placeOf(cue, match) }, add);
  }
  const sender = bracketedSender(text, sentence);
  if (sender !== undefined) addSender(sender, add);
  if (wishes(words)) add('wishedEmails', [sentence]);
  add('deadlines', deadlinesIn(text, sentence, words));
}

/** The sentence, or those of its clauses that each set a date of something else. */
function deadlinesIn(text: string, sentence: Span, words: string): readonly Span[] {
  if (!setsDate(words) || findDates(words).length === 0) return [];
  const clauses = dateClauses(text, sentence);
  // What takes a date back sets another one, whatever its words.
  const told = clauses.filter(
    ({ start, end }) => DOUBTS.test(words) || setsDate(text.slice(start, end)),
  );
  return clauses.length > 1 && told.length > 0 ? told : [sentence];
}

function setsDate(words: string): boolean {
  return DEADLINE_WORD.test(words) || SCHEDULE_DATE.test(words);
}

const FEW_WORDS = 10;
const FEWEST_WORDS = 5;
/** Speaks to those who send the emails, not to those who get them. */
const TO_SENDERS =
  /^[\s*_>-]*(?:please |bitte )?(?:send|make it|write|plan|we (?:want|need|would like|plan|will send)|(?:ver)?schick|(?:ver)?send|wir (?:wollen|möchten|brauchen|planen|senden|versenden|schicken)|envoy|prévo|nous (?:voulons|souhaitons|enverrons)|on envoie|envi|enví|queremos|necesitamos|invia|mandate|vogliamo|(?:ver)?stuur|we (?:willen|sturen)|queremos|envie)/iu;

/** Tells whether a statement says how many emails to send, and when none of them. */
export function onlyWishes(text: string, { start, end }: Span): boolean {
  const words = text.slice(start, Math.min(end, start + MAX_SENTENCE));
  if (wishedCount(words) === undefined || !/\p{L}/u.test(words) || findDates(words).length > 0)
    return false;
  return TO_SENDERS.test(words) || words.trim().split(/\s+/).length <= FEWEST_WORDS;
}

/** "We want to send three emails", or few words that name nothing but a number: "Three emails, one reminder." */
function wishes(words: string): boolean {
  const told = WISH_WORD.test(words) || words.trim().split(/\s+/).length <= FEW_WORDS;
  return told && /\p{L}/u.test(words) && wishedCount(words) !== undefined;
}

interface Match {
  readonly cue: Cue;
  readonly sentence: Span;
  readonly place: Place;
}

function addMatch(text: string, { cue, sentence, place }: Match, add: Add): void {
  const part = cue.take === 'sentence' ? sentence : withoutFullStop(text, place(sentence));
  if (cue.field === 'excluded') {
    add('excluded', enumerationIn(text, withoutPlease(text, part)));
    return;
  }
  if (cue.field === 'sender') addSender(splitSender(text, part), add);
  else if (cue.field === 'audience') {
    add(
      'audience',
      audiencesIn(text, part).flatMap((audience) => enumerationIn(text, audience)),
    );
  } else if (cue.field === 'sender.email') {
    const email = emailIn(text, part);
    add('sender.email', email === undefined ? [] : [email]);
  } else if (cue.field === 'callToAction') add(cue.field, [upToAddress(text, part)]);
  else if (cue.field !== 'other') add(cue.field, [part]);
}

/** What stands behind the address of an action is said of something else. */
function upToAddress(text: string, { start, end }: Span): Span {
  const address = /https?:\/\/\S+/u.exec(text.slice(start, end));
  return address === null
    ? { start, end }
    : withoutFullStop(text, { start, end: start + address.index + address[0].length });
}

function addSender({ name, email, postalAddress }: SenderParts, add: Add): void {
  add('sender.name', name === undefined ? [] : [name]);
  add('sender.email', email === undefined ? [] : [email]);
  add('sender.postalAddress', postalAddress === undefined ? [] : [postalAddress]);
}

/** "No students, please" excludes students. */
function withoutPlease(text: string, { start, end }: Span): Span {
  const words = text
    .slice(start, end)
    .replace(/[\s,]+(?:please|bitte|s['’]il vous plaît|por favor|per favore|graag)$/i, '')
    .replace(/\s(?:senden|schicken|versenden|gehen|schreiben|versturen|mailen)$/i, '');
  return withoutFullStop(text, { start, end: start + words.length });
}

/** Parts "at families and at adults over 60" where the preposition is said again. */
function audiencesIn(text: string, span: Span): readonly Span[] {
  const words = text.slice(span.start, span.end);
  const parts: Span[] = [];
  let { start } = span;
  for (const match of words.matchAll(
    /[\s,]{1,3}(?:and|as well as|und|sowie|et|y|e|en)\s{1,3}(?:also\s|auch\s)?(?:at|to|for|an|aux?|à|a|ai|op|voor)\s/gi,
  )) {
    parts.push(trimSpan(text, { start, end: span.start + match.index }));
    start = span.start + match.index + match[0].length;
  }
  return [...parts, trimSpan(text, { start, end: span.end })];
}

/** A phrase up to the clause that goes on with something else. */
function firstClause(text: string, span: Span): Span {
  const next = /,\s(?:and|but|because|since|und|aber|weil|denn|mais|pero|ma|maar|mas)\s/i.exec(
    text.slice(span.start, span.end),
  );
  const clause = text.slice(span.start, next === null ? span.end : span.start + next.index);
  const words = clause.replace(/(?:[\s,]+(?:and|or|und|oder|please|bitte)){1,3}\s*$/i, '');
  return withoutFullStop(text, { start: span.start, end: span.start + words.length });
}

type Place = (sentence: Span) => Span;

function placeOf(cue: Cue, match: RegExpExecArray): Place {
  const from = match.index;
  const to = match.index + match[0].length;
  if (cue.take === 'rest') return ({ start, end }) => ({ start: start + to, end });
  if (cue.take === 'before') return ({ start }) => ({ start, end: start + from });
  const between = match.groups?.['between'] ?? match.groups?.['betweenDe'];
  if (cue.take === 'between' && between !== undefined) {
    const at = from + match[0].indexOf(between);
    return ({ start }) => ({ start: start + at, end: start + at + between.length });
  }
  return (sentence) => sentence;
}

/** What a sentence forbids, after each phrase that forbids, or before the one that does. */
function forbiddenIn(text: string, sentence: Span, words: string): readonly Span[] {
  const [following, preceding] = FORBIDDING;
  const matches = [...words.matchAll(new RegExp(following.pattern.source, 'giu'))];
  if (matches.length === 0) return forbiddenBefore(text, sentence, preceding.pattern.exec(words));
  return matches.flatMap((match, index) => {
    const start = sentence.start + match.index + match[0].length;
    const next = matches[index + 1]?.index;
    return listedOrWhole(text, {
      start,
      end: next === undefined ? sentence.end : sentence.start + next,
    });
  });
}

const MAX_WORDS_BEFORE = 12;

/** What stands before "... is forbidden": behind a label in front of it, when it is short enough to be words. */
function forbiddenBefore(
  text: string,
  sentence: Span,
  match: RegExpExecArray | null,
): readonly Span[] {
  if (match === null) return [];
  const end = sentence.start + match.index;
  const head = text.slice(sentence.start, end);
  const lead = /^(?:bitte\s|\p{L}{3,20}:\s)/iu.exec(head)?.[0].length ?? 0;
  const place = { start: sentence.start + lead, end };
  if (head.slice(lead).trim().split(/\s+/).length > MAX_WORDS_BEFORE) return [];
  return listedOrWhole(text, place);
}

const MAX_LISTED_WORDS = 5;

/** Words one by one where they are a list of short ones, else the clause as it is. */
function listedOrWhole(text: string, place: Span): readonly Span[] {
  const quoted = quotationsIn(text, place);
  if (quoted.length > 0) return quoted;
  const clause = firstClause(text, place);
  const listed = forbiddenWordsIn(text, clause);
  const short = listed.every(
    ({ start, end }) => text.slice(start, end).split(/\s+/).length <= MAX_LISTED_WORDS,
  );
  return short ? listed : [withoutForbidding(text, clause)];
}

function demandedIn(text: string, sentence: Span, words: string): readonly Span[] {
  for (const cue of DEMANDING) {
    const match = cue.pattern.exec(words);
    if (match === null) continue;
    const from = cue.take === 'before' ? 0 : match.index + match[0].length;
    const to = cue.take === 'before' ? match.index : words.length;
    const place = { start: sentence.start + from, end: sentence.start + to };
    if (/[\p{L}\p{N}]/u.test(text.slice(place.start, place.end))) return phrasesOf(text, place);
  }
  return [];
}

function phrasesOf(text: string, place: Span): readonly Span[] {
  const quoted = quotationsIn(text, place);
  return quoted.length > 0 ? quoted : [firstClause(text, place)];
}
