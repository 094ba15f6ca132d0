import { LANGUAGES, type Language } from './languages.ts';

/** Months, January first; each entry is the name to write. The first three or four letters are read as well. */
export const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(
    ' ',
  ),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
    ' ',
  ),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(
    ' ',
  ),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(
    ' ',
  ),
  it: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(
    ' ',
  ),
  nl: 'januari februari maart april mei juni juli augustus september oktober november december'.split(
    ' ',
  ),
  pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'.split(
    ' ',
  ),
};

/** Days of the week, Sunday first. */
export const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
  de: 'Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag'.split(' '),
  fr: 'dimanche lundi mardi mercredi jeudi vendredi samedi'.split(' '),
  es: 'domingo lunes martes miércoles jueves viernes sábado'.split(' '),
  it: 'domenica lunedì martedì mercoledì giovedì venerdì sabato'.split(' '),
  nl: 'zondag maandag dinsdag woensdag donderdag vrijdag zaterdag'.split(' '),
  pt: 'domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado'.split(' '),
};

const EXTRA_MONTHS =
  'jan:1 jän:1 jänner:1 feb:2 mar:3 mär:3 mrz:3 maerz:3 apr:4 avr:4 abr:4 jun:6 juin:6 jul:7 juil:7 aug:8 ago:8 sep:9 sept:9 set:9 okt:10 oct:10 ott:10 out:10 nov:11 dec:12 dez:12 déc:12 dic:12 aout:8 fevrier:2 decembre:12';
const EXTRA_WEEKDAYS =
  'sun:0 mon:1 tue:2 tues:2 wed:3 thu:4 thur:4 thurs:4 fri:5 sat:6 sonnabend:6 so:0 mo:1 di:2 mi:3 do:4 fr:5 sa:6 segunda:1 terça:2 quarta:3 quinta:4 sexta:5';

function numbered(
  names: Readonly<Record<Language, readonly string[]>>,
  first: number,
  extra: string,
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const [index, name] of names[language].entries())
      numbers.set(name.toLowerCase(), index + first);
  }
  for (const entry of extra.split(' ')) {
    const [name = '', number] = entry.split(':');
    numbers.set(name, Number(number));
  }
  return numbers;
}

/** 1 to 12 by lower-case name or short form, in every language. */
export const MONTH_NUMBER = numbered(MONTHS, 1, EXTRA_MONTHS);

/** 0 (Sunday) to 6 by lower-case name or short form, in every language. */
export const WEEKDAY_NUMBER = numbered(WEEKDAYS, 0, EXTRA_WEEKDAYS);

/** Gives the day of the week of an ISO-8601 date, 0 for Sunday. */
export function weekdayOf(isoDate: string): number {
  return new Date(`${isoDate}T00:00:00Z`).getUTCDay();
}

/** Gives the ISO-8601 date of a day, or undefined when the calendar has no such day. */
export function isoDateOf({
  year,
  month,
  day,
}: {
  year: number;
  month: number;
  day: number;
}): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    year >= 1900 && year <= 2199 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}

/** Gives the ISO-8601 date `days` later. */
export function addDays(isoDate: string, days: number): string {
  return new Date(Date.parse(`${isoDate}T00:00:00Z`) + days * 86_400_000)
    .toISOString()
    .slice(0, 10);
}

/** Writes a date with its day of the week, as `language` does: `Friday, 19 March 2027`. */
export function writeDate(isoDate: string, language: Language): string {
  const [year = '', month = '', day = ''] = isoDate.split('-');
  const weekday = WEEKDAYS[language][weekdayOf(isoDate)] ?? '';
  const name = MONTHS[language][Number(month) - 1] ?? '';
  const number = Number(day);
  if (language === 'en') return `${weekday}, ${number} ${name} ${year}`;
  if (language === 'de') return `${weekday}, ${number}. ${name} ${year}`;
  if (language === 'es' || language === 'pt') return `${weekday}, ${number} de ${name} de ${year}`;
  return `${weekday} ${number} ${name} ${year}`;
}
