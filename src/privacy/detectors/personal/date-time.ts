import { RANK, type Match } from '../../finding.ts';
import { candidatesOf, matchOf, type Candidate, type Source } from '../../text/index.ts';

const MONTH =
  '(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|f[ée]vrier|m[aä]r(?:ch|z|s)?|apr(?:il)?|avril|ma[yi]|june?|juni|juin|july?|juli|juillet|aug(?:ust)?|ao[uû]t|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember)?|d[ée]cembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|j[aä]nner)';
const YEAR = "(?:(?:1[6-9]|20|21)\\d\\d|'\\d\\d)";
const TIME = '(?:,? (?:at )?(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?(?: ?[ap]\\.?m\\b\\.?)?)?';
const WEEKDAY =
  '(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|(?:mo|di|mi|do|fr|sa|so)(?=[.,]))\\.?,? (?:the |den |dem |le |el )?)?';
/** What may stand on the other side of a dash: 1984-03-12/1984-03-14. */
const FIGURES = '(?:\\d{4}[-./]\\d\\d?[-./]\\d\\d?|\\d\\d?[-./]\\d\\d?[-./]\\d{4})';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const dated = (body: string): RegExp =>
  new RegExp(
    `(?:(?<![\\w./-]|\\d:)|(?<=${FIGURES}[-/]|[a-z]/))${body}(?!\\w|[.:]\\d|[-/](?!${FIGURES}(?![\\d-]))\\d)`,
    'giu',
  );

/** 1984-03-12, with or without a time of day. */
const YEAR_FIRST = dated(
  `${WEEKDAY}((?:1[6-9]|20|21)\\d\\d)([-/.])(0?[1-9]|1[0-2])\\2(0?[1-9]|[12]\\d|3[01])(?:([T ])([0-2]\\d:[0-5]\\d(?::[0-6]\\d(?:[.,]\\d{1,9})?)?)( ?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d))?)?`,
);
/** 12/03/1984, 3/12/84, 12.03.1984, 12-03-1984. */
const YEAR_LAST = dated(
  `${WEEKDAY}(\\d{1,2})([-/.]) ?(\\d{1,2})\\2 ?((?:1[6-9]|20|21)\\d\\d|\\d\\d)${TIME}`,
);
/** 12 March 1984, 12th of March, 1984, 12-Mar-84, 12. März 1984, 12 de marzo de 1984. */
const DAY_MONTH = dated(
  `${WEEKDAY}(?:${DAY}(?:st|nd|rd|th|\\.)? ?- ?)?${DAY}(?:st|nd|rd|th|er|o(?= de )|\\.)?[ -]?(?:of |de )?${MONTH}\\.?(?:,? ?[ -]?(?:del? |of )?${YEAR}|[ -]\\d\\d(?![\\d:]))?${TIME}`,
);
/** March 12, 1984; Mar 12th 1984; March 12. */
const MONTH_DAY = dated(
  `${WEEKDAY}${MONTH}\\.?[ -]?${DAY}(?:st|nd|rd|th)?(?: ?- ?${DAY}(?:st|nd|rd|th)?(?=,? \\d))?(?:,? ?-?${YEAR})?${TIME}`,
);
/** 1984-Mar-12. */
const YEAR_MONTH_DAY = dated(`${YEAR}([-/. ])${MONTH}\\1${DAY}`);
const MONTH_YEAR = dated(`(?<!\\d(?:st|nd|rd|th|\\.)?[ -])${MONTH}\\.?,? (?:of |de )?${YEAR}`);
const CJK = /(?<!\d)(?:1[6-9]|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]/gu;
const COMPACT = dated('(?:1[89]|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])');
/** 12031984. */
const COMPACT_LAST = dated('(\\d\\d)(\\d\\d)((?:1[89]|20)\\d\\d)');
const CLOCK = dated('(?:0?[1-9]|1[0-2])(?::[0-5]\\d(?::[0-5]\\d)?)? ?(?:[ap]\\.m\\.?|[ap]m)');

type ConfidenceOf = (candidate: Candidate, isAboutSomebody: boolean, source: Source) => number;

/** How each form is weighed; 0 for what is none. */
const FORMS: readonly (readonly [RegExp, ConfidenceOf])[] = [
  [YEAR_FIRST, yearFirst],
  [YEAR_LAST, yearLast],
  [DAY_MONTH, inWords],
  [MONTH_DAY, inWords],
  [YEAR_MONTH_DAY, inWords],
  [MONTH_YEAR, inWords],
  [CJK, () => 0.9],
  [COMPACT, (_candidate, isAboutSomebody) => (isAboutSomebody ? 0.8 : 0)],
  [COMPACT_LAST, (candidate, isAboutSomebody) => (isAboutSomebody ? yearLastWhole(candidate) : 0)],
  [CLOCK, () => 0.5],
];

/**
 * Dates, in figures and in English, German, French and Spanish words. Instants as machines write them, with a time of
 * day in seconds, are nobody's by themselves: they get little confidence unless birth, death, admission or the like is
 * named before them.
 *
 * @yields Each of them.
 */
export function* findDates(source: Source): Iterable<Match> {
  for (const [pattern, confidenceOf] of FORMS) {
    for (const candidate of candidatesOf(source, pattern)) {
      const isAboutSomebody = source.labels.announce(candidate.start, candidate.end, 'birth');
      // Paths have dates behind a slash as well.
      const isPath = /[a-z]\/$/i.test(
        source.text.slice(Math.max(0, candidate.start - 2), candidate.start),
      );
      if (isPath && !isAboutSomebody) continue;
      const confidence = confidenceOf(candidate, isAboutSomebody, source);
      const rank = pattern === CLOCK ? RANK.guessed : RANK.loose;
      if (confidence > 0) yield matchOf('DATE_TIME', candidate, { rank, confidence });
    }
  }
}

function inWords(candidate: Candidate, isAboutSomebody: boolean, source: Source): number {
  if (!hasSuchADay(candidate.text)) return 0;
  // "may 12" and "mar 3" may be other words; a year, or a capital letter, makes them a date.
  if (!/\d{4}|'\d\d|[A-Z]/.test(candidate.text)) return 0;
  return isLogged(source, candidate) && !isAboutSomebody ? 0.35 : 0.8;
}

/** With seconds, and without a year or with a zone: as logs and headers have it. */
function isLogged({ text }: Source, candidate: Candidate): boolean {
  if (!/:\d\d:\d\d$/.test(candidate.text)) return false;
  const after = text.slice(candidate.end, candidate.end + 6);
  return (
    !/\b(?:1[6-9]|20|21)\d\d\b/.test(candidate.text) || /^ ?(?:GMT|UTC|Z|[+-]\d{2})/.test(after)
  );
}

function yearFirst({ groups }: Candidate, isAboutSomebody: boolean): number {
  const [, year = '', , month = '', day = ''] = groups;
  if (!isDate(year, month, day)) return 0;
  return isAboutSomebody ? 0.95 : yearFirstAlone(groups);
}

function yearFirstAlone([
  ,
  ,
  separator,
  month = '',
  day = '',
  separatesTime,
  time = '',
]: Candidate['groups']): number {
  const isMachine = /:\d\d:/.test(time) || (separatesTime === 'T' && time !== '');
  if (isMachine) return 0.35;
  // Versions are numbered by year and month, with dots.
  if (separator === '.') return month.length === 2 && day.length === 2 && time !== '' ? 0.6 : 0.35;
  return 0.75;
}

function yearLast({ groups }: Candidate, isAboutSomebody: boolean): number {
  const [, first = '', separator, second = '', year = ''] = groups;
  if (!isDate(year, first, second) && !isDate(year, second, first)) return 0;
  if (isAboutSomebody) return 0.95;
  if (year.length === 4) return 0.8;
  if (separator === '/') return 0.6;
  return separator === '-' && `${first}${second}`.length === 4 ? 0.5 : 0.3;
}

function yearLastWhole({ groups }: Candidate): number {
  const [, first = '', second = '', year = ''] = groups;
  return isDate(year, first, second) || isDate(year, second, first) ? 0.7 : 0;
}

const DAYS: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDate(year: string, month: string, day: string): boolean {
  const most = DAYS[Number(month) - 1] ?? 0;
  if (Number(day) < 1 || Number(day) > most) return false;
  const isLeapDay = Number(month) === 2 && Number(day) === most;
  const inFour = Number(year) % 100 === 0 ? Number(year) / 100 : Number(year);
  return !isLeapDay || year.length < 4 || inFour % 4 === 0;
}

/** Whether a month in words has the day that stands before or after it. */
function hasSuchADay(text: string): boolean {
  const day = /\d{1,2}/.exec(text)?.[0];
  if (day === '30') return !/f[eé][bv]/i.test(text);
  return day !== '31' || !/f[eé][bv]|apr|avr|abr|jun|juin|sep|nov/i.test(text);
}
