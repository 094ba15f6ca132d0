import { sentencesOf } from '../../brief/sentences.ts';
import type { Span } from '../../brief/span.ts';
import type { Candidate } from '../../discovery/candidate.ts';
import { dateClauses } from '../../discovery/statements/date-clauses.ts';
import { isoDateOf } from '../../lexicon/calendar.ts';
import { findDates, soleDate, type WrittenDate } from '../../lexicon/find-dates.ts';
import { candidatesOf, correctionAt, read, type Draft } from '../draft.ts';
import { firstClause } from '../figures/figure-kinds.ts';
import { qualifiersOf } from '../figures/qualifiers.ts';
import { topicOf, wordsOf } from '../words.ts';
import {
  corrects,
  happeningIn,
  isOneOfSeveral,
  sendingIn,
  withoutReference,
  type Sending,
} from './events.ts';

/** A date that a statement sets, and what it sets it for. */
export interface SetDate extends Span {
  readonly date: string;
  readonly statement: Span;
  readonly role: 'start' | 'end' | 'other';
  /** Whether the year is not said: then `date` stands in a year that no other date is compared with. */
  readonly yearless: boolean;
  /** Whether it is about the offer or the campaign as a whole. */
  readonly general: boolean;
  /** Which of the emails goes out on it, where it is a date of sending. */
  readonly sending: Sending | undefined;
  readonly topic: ReadonlySet<string>;
  readonly label: string;
  /** The statement as a person is shown it. */
  readonly shown: string;
  /** Whether it stands in a fact; anything else sets no date, and may speak against one. */
  readonly told: boolean;
  /** What happens on it by the clause's own verb. */
  readonly event: string | undefined;
  /** Words that the event is told of; none where they stand in the sentence before. */
  readonly subject: ReadonlySet<string>;
  /** For whom or in which case it holds. */
  readonly qualifiers: string;
  readonly clause: string;
  readonly corrects: boolean;
  readonly several: boolean;
}

const END =
  /(?<![\p{L}])(?:through|thru|last|schluss|letzter|dernier|último|ultimo|laatste|to|al|au|einde|final|fine|fim|until|till|ends?|ended|expires?|valid|closes?|last day|runs? to|by|before|bis|endet?|ende|gültig|läuft|frist|jusqu|fin|termine|hasta|termina|fino|scade|tot|eindigt|até)(?![\p{L}])/iu;
const START =
  /(?<![\p{L}])(?:anfang|von|vom|start\p{L}*|kick-?off|lancement|lanzamiento|lancio|lancering|lançamento|aanvang|begin|vanaf|desde|dal|launch(?:es)?|starts?|begins?|beginning|goes out|go out|first e-?mail|go(?:es)? live|opens?|from|start|beginnt?|versand|ab|début|commence|inicio|empieza|inizio|comincia|begint|início|começa)(?![\p{L}])/iu;
const GENERAL =
  /(?<![\p{L}])(?:offers?|discount|sale|promotion|campaign|angebot(?:s|es)?|rabatt|aktion|kampagne|nachlass|offre|campagne|oferta|campaña|offerta|campagna|aanbieding|campanha)(?![\p{L}])|%/iu;
const OTHER =
  /(?<![\p{L}])(?:approval|approve|sign-?off|draft|review|meeting|proof|freigabe|entwurf|abstimmung|warranty|open on|opening|born)(?![\p{L}])/iu;
const MAX_DATES = 150;

/** Facts whose sentences may set a date that another one speaks against. */
const TELLING = ['offer', 'keyMessages', 'mustSay', 'callToAction', 'title'] as const;

/** Every date of the draft with what it is set for: those of deadlines first, then of other facts, then of remarks. */
export function setDates(draft: Draft): readonly SetDate[] {
  const offers = candidatesOf(draft, 'offer');
  const found = new Map<number, SetDate>();
  const add = (statement: Span, told: Partial<SetDate>, source: Draft = draft): void => {
    const set = found.size < MAX_DATES ? setDate(source, statement, offers) : undefined;
    if (set !== undefined && !found.has(set.start)) found.set(set.start, { ...set, ...told });
  };
  for (const candidate of candidatesOf(draft, 'deadlines'))
    for (const sentence of sentencesOf(draft.text, candidate))
      for (const clause of clausesOf(draft.text, sentence)) add(clause, { statement: sentence });
  for (const candidate of candidatesOf(draft, ...TELLING))
    for (const sentence of sentencesOf(draft.text, candidate))
      for (const clause of clausesOf(draft.text, sentence)) add(clause, {});
  const whole = { ...draft, text: draft.brief };
  for (const { start, end, text } of draft.remarks)
    for (const clause of clausesOf(draft.brief, { start, end }))
      add(clause, { statement: { start, end }, shown: text, told: false }, whole);
  return [...found.values()];
}

function clausesOf(text: string, statement: Span): readonly Span[] {
  return /\d/.test(text.slice(statement.start, statement.end)) ? dateClauses(text, statement) : [];
}

function setDate(draft: Draft, statement: Span, offers: readonly Candidate[]): SetDate | undefined {
  const words = draft.text.slice(statement.start, statement.end);
  const written = findDates(words);
  const sending = sendingIn(words);
  const last = written.at(-1)?.end ?? words.length;
  // What a clause adds behind its date, such as "i.e. before opening", does not say what the date is.
  const role = roleOf(words.slice(0, last) + firstClause(words.slice(last)), sending);
  const date = role === 'end' ? written.at(-1) : written[0];
  if (date === undefined) return undefined;
  const place = { start: statement.start + date.start, end: statement.start + date.end };
  const correction = correctionAt(draft, place);
  const reading = correction === undefined ? readingOf(date) : soleDate(correction.text);
  if (reading === undefined) return undefined;
  const note = draft.notes.some(({ start, end }) => start <= place.start && place.end <= end);
  const meaning = meaningOf(words, date, note);
  const inOffer = offers.some(({ start, end }) => start <= place.start && place.end <= end);
  return {
    ...place,
    ...meaning,
    date: reading,
    statement,
    role,
    sending,
    yearless: correction === undefined && date.yearless !== undefined,
    general: sending === undefined && (inOffer || GENERAL.test(words) || isBare(meaning.clause)),
    shown: read(draft, statement).text,
    told: true,
  };
}

type Meaning =
  | 'topic'
  | 'label'
  | 'event'
  | 'subject'
  | 'qualifiers'
  | 'clause'
  | 'corrects'
  | 'several';

/** What the words around a date say; the label of a note says whose note it is. */
function meaningOf(words: string, date: Span, note: boolean): Pick<SetDate, Meaning> {
  const before = words.slice(0, date.start);
  const own = note ? before.slice(before.indexOf(':') + 1) : before;
  const clause = `${own} ${words.slice(date.end)}`;
  const lead = before.length - own.length;
  const happening = happeningIn(' '.repeat(lead) + words.slice(lead), date);
  return {
    topic: topicOf(clause),
    label: wordsOf(clause).join(' '),
    event: happening?.event,
    subject: topicOf(withoutReference(happening?.rest ?? clause)),
    qualifiers: qualifiersOf(words, { start: date.start, end: date.end }, []),
    clause,
    corrects: corrects(words),
    several: isOneOfSeveral(clause),
  };
}

function roleOf(words: string, sending: Sending | undefined): SetDate['role'] {
  if (OTHER.test(words) || sending === 'last') return 'other';
  if (sending !== undefined) return 'start';
  if (END.test(words)) return 'end';
  return START.test(words) ? 'start' : 'other';
}

function readingOf({ readings, yearless }: WrittenDate): string | undefined {
  return readings.length === 1 ? readings[0] : withoutYear(yearless);
}

/** "Start: 12 May" and "bis 3. Mai" name nothing but a beginning or an end, so they are those of the whole. */
function isBare(rest: string): boolean {
  const words = wordsOf(rest).filter((word) => !/^\d+$/.test(word));
  return words.length <= MAX_BARE_WORDS && words.every((word) => BARE.test(word));
}

const MAX_BARE_WORDS = 4;
const BARE = new RegExp(
  String.raw`^(?:${[END, START].map(({ source }) => source).join('|')}|am|at|on|the|den|dem|le|el|il|op|em|um|zum|date|datum|fecha|data|from|to|de|von|vom|van|du|del|al|au|a|desde|dal|vanaf|schluss|start\p{L}*|anfang|begin|begins|los|geht|kampagne|campaign|campagne|campaña|campagna|campanha|offer|angebot|aktion|offre|oferta|offerta|actie)$`,
  'iu',
);

const NO_YEAR = 2000;

function withoutYear(date: WrittenDate['yearless']): string | undefined {
  return date === undefined
    ? undefined
    : isoDateOf({ year: NO_YEAR, month: date.month, day: date.day });
}
