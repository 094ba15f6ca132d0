import type { Span } from '../brief/span.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { CONFLICT, say } from '../wording/wording.ts';
import { isoDateOf, writeDate } from '../lexicon/calendar.ts';
import { findDates, soleDate, type WrittenDate } from '../lexicon/find-dates.ts';
import { conflictId, quoteAll, type Conflict, type Resolution } from './conflict.ts';
import { candidatesOf, correctionAt, read, type Draft } from './draft.ts';
import { shared, topicOf, wordsOf } from './words.ts';

/** A date that a statement sets, and what it sets it for. */
interface SetDate extends Span {
  readonly date: string;
  readonly statement: Span;
  readonly role: 'start' | 'end' | 'other';
  /** Whether the year is not said: then `date` stands in a year that no other date is compared with. */
  readonly yearless: boolean;
  /** Whether it is about the offer or the campaign as a whole. */
  readonly general: boolean;
  readonly topic: ReadonlySet<string>;
  readonly label: string;
  /** The statement as a person is shown it. */
  readonly shown: string;
  /** Whether it stands in a fact; a note to the brief's makers sets no date, and may speak against one. */
  readonly told: boolean;
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

/** Finds dates that differ where one thing is meant, and ends that come before their beginning. */
export function conflictingDates(draft: Draft): readonly Conflict[] {
  const dates = setDates(draft);
  return [...differing(draft, dates), ...reversed(draft, dates)];
}

function setDates(draft: Draft): readonly SetDate[] {
  const offers = candidatesOf(draft, 'offer');
  const found: SetDate[] = [];
  const seen = new Set<number>();
  for (const candidate of candidatesOf(draft, 'deadlines').slice(0, MAX_DATES)) {
    const set = setDate(draft, { statement: candidate, words: undefined }, offers);
    if (set !== undefined && !seen.has(set.start)) found.push(set);
    if (set !== undefined) seen.add(set.start);
  }
  return [...found, ...datesInNotes(draft)];
}

function datesInNotes(draft: Draft): readonly SetDate[] {
  return draft.remarks.flatMap(({ start, end, text, note }) => {
    if (!note) return [];
    const statement = { start, end };
    const set = setDate({ ...draft, text: draft.brief }, { statement, words: text }, []);
    return set === undefined ? [] : [{ ...set, shown: text, told: false }];
  });
}

function setDate(
  draft: Draft,
  { statement, words: note }: { readonly statement: Span; readonly words: string | undefined },
  offers: readonly Candidate[],
): SetDate | undefined {
  const words = draft.text.slice(statement.start, statement.end);
  const written = findDates(words);
  const role = roleOf(words);
  const date = role === 'end' ? written.at(-1) : written[0];
  if (date === undefined) return undefined;
  const place = { start: statement.start + date.start, end: statement.start + date.end };
  const correction = correctionAt(draft, place);
  const yearless = correction === undefined && date.yearless !== undefined;
  const reading = correction === undefined ? readingOf(date) : soleDate(correction.text);
  if (reading === undefined) return undefined;
  const inOffer = offers.some(({ start, end }) => start <= place.start && place.end <= end);
  const before = words.slice(0, date.start);
  const own = note === undefined ? before : before.slice(before.indexOf(':') + 1);
  const rest = own + words.slice(date.end);
  return {
    ...place,
    date: reading,
    statement,
    role,
    yearless,
    general: inOffer || GENERAL.test(words) || isBare(rest),
    topic: topicOf(rest),
    label: wordsOf(rest).join(' '),
    shown: note ?? read(draft, statement).text,
    told: true,
  };
}

function roleOf(words: string): SetDate['role'] {
  if (OTHER.test(words)) return 'other';
  if (END.test(words)) return 'end';
  return START.test(words) ? 'start' : 'other';
}

function readingOf({ readings, yearless }: WrittenDate): string | undefined {
  return soleReading(readings) ?? withoutYear(yearless);
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

const NO_YEAR = '2000';

function withoutYear(date: WrittenDate['yearless']): string | undefined {
  return date === undefined
    ? undefined
    : isoDateOf({ year: Number(NO_YEAR), month: date.month, day: date.day });
}

function soleReading(readings: readonly string[]): string | undefined {
  return readings.length === 1 ? readings[0] : undefined;
}

function differing(draft: Draft, dates: readonly SetDate[]): readonly Conflict[] {
  const clusters: SetDate[][] = [];
  for (const date of dates) {
    const cluster = clusters.find((members) => members.some((member) => isSameThing(member, date)));
    if (cluster === undefined) clusters.push([date]);
    else cluster.push(date);
  }
  return clusters
    .filter((cluster) => new Set(cluster.map(({ date }) => date)).size > 1)
    .filter((cluster) => cluster.some(({ told }) => told))
    .map((cluster) => toConflict(draft, cluster));
}

function isSameThing(one: SetDate, other: SetDate): boolean {
  if (one.yearless !== other.yearless) return false;
  if (one.label !== '' && one.label === other.label) return true;
  if (one.role !== 'end' || other.role !== 'end') return false;
  if (one.general && other.general) return true;
  const least = Math.min(one.topic.size, other.topic.size);
  return least > 1 && shared(one.topic, other.topic) === least;
}

/** The end of the offer or the campaign lies before its beginning. */
function reversed(draft: Draft, all: readonly SetDate[]): readonly Conflict[] {
  const dated = all.filter(({ yearless }) => !yearless);
  const conflicts = reversedIn(draft, dated);
  // Without years, a beginning in May and an end in January may be meant; a person says so with the years.
  return conflicts.length > 0 || dated.length === all.length
    ? conflicts
    : reversedIn(
        draft,
        all.filter(({ yearless }) => yearless),
      );
}

function reversedIn(draft: Draft, dates: readonly SetDate[]): readonly Conflict[] {
  const starts = dates.filter(
    ({ role, general, label }) => role === 'start' && (general || isSending(label)),
  );
  const ends = dates.filter(({ role, general }) => role === 'end' && general);
  const start = starts.toSorted((one, other) => one.date.localeCompare(other.date))[0];
  const late = start === undefined ? [] : ends.filter(({ date }) => date < start.date);
  if (start === undefined || late.length === 0) return [];
  const places = [start, ...late];
  return [
    {
      id: conflictId('deadlines', ['order', start.date]),
      field: 'deadlines',
      text: say(CONFLICT.order[draft.language], quoteAll(places.map(({ shown }) => shown))),
      sources: places.map(({ statement }) => statement),
      options: [],
      resolve: ({ text }) => reordered(draft, { start, late }, datesIn(text)),
    },
  ];
}

/** One date is the end, two are beginning and end; what still ends before it begins settles nothing. */
function reordered(
  draft: Draft,
  { start, late }: { readonly start: SetDate; readonly late: readonly SetDate[] },
  answer: readonly string[],
): Resolution | undefined {
  const [first, second] = answer;
  if (first === undefined || answer.length > 2) return undefined;
  if (second === undefined && start.yearless) return undefined;
  const [begin, end] = second === undefined ? [start.date, first] : [first, second];
  if (end < begin) return undefined;
  return {
    edits: [...rewritten(draft, [start], begin), ...rewritten(draft, late, end)],
    drops: [],
  };
}

function datesIn(text: string): readonly string[] {
  const dates = findDates(text);
  return dates.every(({ readings }) => readings.length === 1)
    ? dates.flatMap(({ readings }) => readings)
    : [];
}

function rewritten(draft: Draft, places: readonly SetDate[], date: string): Resolution['edits'] {
  const text = writeDate(date, draft.language);
  return places
    .filter((place) => place.told && (place.yearless || place.date !== date))
    .map(({ start, end }) => ({ start, end, text }));
}

function isSending(label: string): boolean {
  return /launch|e-?mail|mailing|newsletter|versand|sending|send/.test(label);
}

function toConflict(draft: Draft, places: readonly SetDate[]): Conflict {
  const dates = [...new Set(places.map(({ date }) => date))];
  const yearless = places.some((place) => place.yearless);
  return {
    id: conflictId('deadlines', dates),
    field: 'deadlines',
    text: say(
      CONFLICT[yearless ? 'dayAndYear' : 'dates'][draft.language],
      quoteAll(places.map(({ shown }) => shown)),
    ),
    sources: places.map(({ statement }) => statement),
    // Without a year there is nothing to choose by: a person gives the whole date.
    options: yearless ? [] : dates.map((date) => writeDate(date, draft.language)),
    resolve: ({ option, text }) => {
      const chosen = option === undefined ? soleDate(text) : dates[option];
      return chosen === undefined
        ? undefined
        : { edits: rewritten(draft, places, chosen), drops: [] };
    },
  };
}
