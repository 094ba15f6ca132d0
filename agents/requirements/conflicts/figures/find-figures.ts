import type { Span } from '../../brief/span.ts';
import { findDates } from '../../lexicon/find-dates.ts';
import { WEEKDAY_NUMBER } from '../../lexicon/calendar.ts';
import { findDurations } from '../../lexicon/durations.ts';
import {
  firstClause,
  isShare,
  isTerm,
  kindOf,
  lastClause,
  purposeOf,
  withoutPurpose,
  type FigureKind,
  type Trust,
} from './figure-kinds.ts';
import { topicOf, wordsOf } from '../words.ts';
import { qualifiersOf } from './qualifiers.ts';

/** A figure of a sentence, and what it is about. */
export interface FoundFigure extends Span {
  readonly kind: FigureKind;
  readonly written: string;
  /** The same for figures that are equal. */
  readonly value: string;
  /** What a duration is a duration of, where its sentence says so. */
  readonly purpose: string;
  readonly qualifiers: string;
  readonly topic: ReadonlySet<string>;
  readonly general: boolean;
}

const NUMBERED =
  /\d{1,3}(?:[.,]\d{1,3})?\s?(?:%|percent\b|per cent\b|prozent\b|pour cent\b|por ciento\b|per cento\b|procent\b|por cento\b)|[€$£]\s?\d[\d.,]{0,12}\d?|\d[\d.,]{0,12}\s?(?:€|\$|£|(?:eur|euros?|usd|gbp|chf|dollars?|dólares|dollari|pounds?|quid|livres sterling|libras(?: esterlinas)?|sterline|britische pfund|britse pond|franken|francs|franchi)(?!\p{L}))/giu;
const GENERAL =
  /(?<![\p{L}])(?:everything|every(?:one|body)|all customers|whole|entire|sitewide|any order|every order|alles|für alle|gesamte\p{L}*|tout|pour tous|todo|para todos|tutto|per tutti|iedereen|tudo)(?![\p{L}])/iu;
const NUMBER_OF = /(?<![\p{L}\d.,€$£:/-])(\d{1,3}(?:[.,\s]\d{3})+|\d{2,6})\+?\s+(\p{L}{4,})/gu;
const CLOCK =
  /(?<![\p{L}\d.,:])(?:(?<h>[01]?\d|2[0-3])[:h](?<m>[0-5]\d)(?:\s?(?<half>[ap])\.?m\.?)?|(?<hour>1?\d|2[0-4])\s?(?:(?<day>[ap])\.?m(?![\p{L}])\.?|uhr(?![\p{L}])))/giu;

const LAST_DAY = new RegExp(
  String.raw`(?<![\p{L}])(?:until|till|through|ends?|ending|closes?|expires?|by|last day(?: is)?|bis|endet?|läuft|jusqu['’]\p{L}+|termine|hasta|termina|fino|scade|tot|eindigt|até)\s?:?\s(?:\p{L}{2,8}\s){0,2}?(${[...WEEKDAY_NUMBER.keys()].filter((name) => name.length > 4).join('|')})(?![\p{L}])`,
  'giu',
);

/** What a reader of figures has to know besides the words. */
export interface FigureContext {
  readonly trust: Trust;
  readonly segments: readonly (readonly [string, RegExp])[];
}

/** Finds the figures of a sentence that can contradict others, with what they are about. */
export function findFigures(sentence: string, context: FigureContext): readonly FoundFigure[] {
  const words = withoutDates(sentence);
  const lastDays = lastDaysIn(words, context);
  if (!/\d/.test(sentence) && findDurations(sentence).length === 0) return lastDays;
  const sums = Array.from(words.matchAll(NUMBERED), ({ 0: figure, index }) => ({
    start: index,
    end: index + figure.trimEnd().length,
    duration: undefined,
  }));
  const terms = findDurations(words).filter((length) => !isUnit(words, length, sums));
  const places = [
    ...sums,
    ...terms.map(({ start, end, value }) => ({ start, end, duration: value })),
  ].toSorted((one, other) => one.start - other.start);
  const found = places.flatMap((place, index) => {
    const around = [places[index - 1]?.end ?? 0, places[index + 1]?.start ?? words.length] as const;
    const clause = clauseOf(words, place, around);
    const written = sentence.slice(place.start, place.end);
    return place.duration === undefined
      ? sumOrShare(words, { ...place, written, alone: places.length === 1, clause }, context)
      : term({ ...place, written, value: place.duration, clause }, context);
  });
  const sure = context.trust === 'told' || context.trust === 'offer';
  return sure
    ? [...found, ...countsAndTimes(words, places, context), ...lastDays]
    : [...found, ...lastDays];
}

/** In "£20 a month" the month says what the sum is paid for. */
function isUnit(words: string, length: Span, sums: readonly Span[]): boolean {
  return (
    !/^\d/.test(words.slice(length.start, length.end)) &&
    sums.some(({ end }) => end <= length.start && words.slice(end, length.start).trim() === '')
  );
}

type Written = Span & { readonly written: string; readonly clause: Clause };

function sumOrShare(
  words: string,
  { start, end, written, alone, clause }: Written & { readonly alone: boolean },
  context: FigureContext,
): readonly FoundFigure[] {
  const kind = kindOf(words, { start, end, alone }, context.trust);
  if (kind === undefined) return [];
  const value = valueOf(kind, written);
  return [figureOf({ start, end, kind, written, purpose: '', value }, clause, context)];
}

function term(
  { start, end, written, value, clause }: Written & { readonly value: string },
  context: FigureContext,
): readonly FoundFigure[] {
  const purpose = purposeOf(clause.text);
  const tells = purpose !== '' || context.trust === 'told';
  if (!tells || !isTerm(clause.text)) return [];
  return [figureOf({ start, end, kind: 'duration', written, purpose, value }, clause, context)];
}

interface Clause {
  readonly text: string;
  readonly start: number;
}

type Bare = Omit<FoundFigure, 'qualifiers' | 'topic' | 'general'>;

function figureOf(bare: Bare, clause: Clause, { segments, trust }: FigureContext): FoundFigure {
  const { start, end, kind } = bare;
  const place = { start: start - clause.start, end: end - clause.start };
  const before = clause.text.slice(0, place.start);
  // The label of a note says whose note it is.
  const own = trust === 'note' ? before.slice(before.indexOf(':') + 1) : before;
  const behind = clause.text.slice(place.end);
  // What else a sentence tells about a price is not what the price is for.
  const rest = kind === 'price' ? `${lastClause(own)} ${firstClause(behind)}` : `${own} ${behind}`;
  const text = `${' '.repeat(before.length - own.length)}${own}${clause.text.slice(place.start)}`;
  const told = qualifiersOf(text, place, segments);
  return {
    ...bare,
    qualifiers: qualifiersFor(bare, told),
    topic: subjectOf(rest, bare.purpose),
    general: GENERAL.test(clause.text),
  };
}

/** "From 40 euros on" is what a threshold says by itself, and "20 % off every service" is off all of them. */
function qualifiersFor({ kind, written }: Bare, told: string): string {
  if (kind === 'threshold') return told.replace(/(?:^|\|)at least/, '');
  return kind === 'discount' && isShare(written) ? told.replace(/(?:^|\|)each/, '') : told;
}

/** What a figure is about, without what its kind says already: "delivery", the fee of a "Kursgebühr". */
function subjectOf(words: string, purpose: string): ReadonlySet<string> {
  const rest = withoutPurpose(words, purpose);
  return new Set(
    [...topicOf(rest)].map((word) =>
      word.replace(/(?<=\p{L}{3})(?:s?gebühr|s?preis|s?kosten|s?tarif)$/u, ''),
    ),
  );
}

/** The part of a sentence that a figure stands in: up to the mark or "and" that parts it from the next figure. */
function clauseOf(words: string, place: Span, [from, to]: readonly [number, number]): Clause {
  const before = words.slice(from, place.start);
  const marks = [...before.matchAll(/[,;:(–]|\s(?:and|then|und|dann|et|puis|y|e|en|dan)(?=\s)/giu)];
  const mark = from === 0 ? undefined : marks.at(-1);
  const start = from === 0 ? 0 : from + (mark === undefined ? 0 : mark.index + mark[0].length);
  const behind = words.slice(place.end, to);
  const next = NEXT_CLAUSE.exec(behind);
  const end = to === words.length || next === null ? to : place.end + next.index;
  return { text: words.slice(start, end), start };
}

const NEXT_CLAUSE =
  /[,;)–]|\s(?:and|then|instead of|rather than|down from|und|dann|statt|anstatt|et|puis|au lieu|y|en (?:lugar|vez)|e|invece|anziché|en|dan|in plaats|em vez)\s/iu;
/** A day of the week that an offer ends on, where no date is said. */
function lastDaysIn(words: string, context: FigureContext): readonly FoundFigure[] {
  const clause = { text: words, start: 0 };
  if (purposeOf(words) !== 'offer') return [];
  const found = [...words.matchAll(LAST_DAY)];
  return found.length !== 1
    ? []
    : found.map(({ 0: all, 1: day = '', index }) => {
        const end = index + all.length;
        const place = { start: end - day.length, end, written: day };
        const value = valueOf('weekday', day);
        return figureOf({ ...place, kind: 'weekday', purpose: 'offer', value }, clause, context);
      });
}

function countsAndTimes(
  words: string,
  taken: readonly Span[],
  context: FigureContext,
): readonly FoundFigure[] {
  const isFree = ({ start, end }: Span): boolean =>
    !taken.some((other) => start < other.end && other.start < end);
  const clause = { text: words, start: 0 };
  const times = [...words.matchAll(CLOCK)].map((match) => {
    const start = match.index;
    const written = match[0].trimEnd();
    return {
      start,
      end: start + written.length,
      written,
      kind: 'time' as const,
      purpose: '',
      value: clockOf(match.groups),
    };
  });
  const counts = [...words.matchAll(NUMBER_OF)].flatMap(
    ({ 1: number = '', 2: noun = '', index }) => {
      if (/^(?:19|20|21)\d\d$/.test(number)) return [];
      const [purpose = ''] = wordsOf(noun);
      const value = number.replaceAll(/\D/g, '');
      return [
        {
          start: index,
          end: index + number.length,
          written: number,
          kind: 'count' as const,
          purpose,
          value,
        },
      ];
    },
  );
  return [times, counts.filter(isFree)]
    .filter((list) => list.length === 1)
    .flat()
    .map((bare) => {
      const figure = figureOf(bare, clause, context);
      return {
        ...figure,
        topic: new Set(wordsOf(words).filter((each) => each.length > 2 && !/^\d/.test(each))),
      };
    });
}

function clockOf(groups: Readonly<Record<string, string | undefined>> = {}): string {
  const hour = Number(groups['h'] ?? groups['hour'] ?? 0);
  const half = (groups['half'] ?? groups['day'])?.toLowerCase();
  const shifted = half === 'p' && hour < 12 ? hour + 12 : half === 'a' && hour === 12 ? 0 : hour;
  return String(shifted * 60 + Number(groups['m'] ?? 0));
}

/** The same for figures that only look different: "20 %" and "20 percent", "€39.00" and "39 Euro", "2 days" and "48 hours". */
export function valueOf(kind: FigureKind, written: string): string {
  if (kind === 'duration') return findDurations(written)[0]?.value ?? written;
  if (kind === 'weekday') return String(WEEKDAY_NUMBER.get(written.toLowerCase()) ?? written);
  if (kind === 'time') return clockOf([...written.matchAll(CLOCK)][0]?.groups);
  const digits = written.replaceAll(/[^\d.,]/g, '').replace(/[.,]$/, '');
  const plain = digits.replace(/[.,](?=\d{3}(?!\d))/g, '').replace(',', '.');
  return String(Number(plain));
}

/** The one figure that `text` names, as it is written; undefined when it names none or several, or another bare number. */
export function soleFigure(text: string): string | undefined {
  const figures = [
    ...Array.from(text.matchAll(NUMBERED), ([figure]) => figure.trim()),
    ...findDurations(text).map(({ start, end }) => text.slice(start, end)),
  ];
  const [figure] = figures;
  const others = figure === undefined ? '' : text.replace(figure, ' ');
  return figures.length === 1 && !/\d/.test(others) ? figure : undefined;
}

function withoutDates(text: string): string {
  return findDates(text).reduce(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    text,
  );
}
