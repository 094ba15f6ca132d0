import type { Span } from '../brief/span.ts';
import { numberOf, NUMBER_NAMES } from './wished-count.ts';

/** A length of time as it is written: "48 hours", "five days", "30-tägig", "2 à 3 jours". */
export interface WrittenDuration extends Span {
  /** The same for lengths that are equal: two days are 48 hours, a year is twelve months, working days are their own. */
  readonly value: string;
}

const FURTHER = new Map<string, number>([
  ...['fourteen', 'vierzehn', 'quatorze', 'catorce', 'quattordici', 'veertien'].map(fixed(14)),
  ...['twenty', 'zwanzig', 'vingt', 'veinte', 'venti', 'twintig', 'vinte'].map(fixed(20)),
  ...['thirty', 'dreißig', 'dreissig', 'trente', 'treinta', 'trenta', 'dertig', 'trinta'].map(
    fixed(30),
  ),
]);

function fixed(value: number): (word: string) => readonly [string, number] {
  return (word) => [word, value];
}

const UNITS: readonly (readonly [
  unit: 'h' | 'workday' | 'month',
  factor: number,
  words: string,
])[] = [
  ['h', 1, String.raw`hours?|hrs?|h|stunden?|std\.?|heures?|horas?|or[ae]|uur|uren`],
  [
    'workday',
    1,
    String.raw`(?:working|business|work)[ -]days?|werktage?n?|arbeitstage?n?|jours ouvr[ée]s?|jours ouvrables|días (?:hábiles|laborables)|giorni lavorativi|werkdagen|dias úteis`,
  ],
  ['h', 24, String.raw`days?|tage?n?|tägig\p{L}*|jours?|días?|giorn[oi]|dag(?:en)?|dias?`],
  ['h', 168, String.raw`weeks?|wochen?|wöchig\p{L}*|semaines?|semanas?|settiman[ae]|weken`],
  [
    'month',
    1,
    String.raw`months?|monat(?:en?|s)?|monatig\p{L}*|mois|mes(?:es)?|mes[ei]|maand(?:en)?|mês`,
  ],
  [
    'month',
    12,
    String.raw`years?|jahre?n?|jährig\p{L}*|ans?|années?|años?|ann[oi]|jaar|jaren|anos?`,
  ],
];

const NUMBER = String.raw`(?:\d{1,4}(?:[.,]\d)?|${[...NUMBER_NAMES, ...FURTHER.keys()].join('|')})`;
const DURATION = new RegExp(
  String.raw`(?<![\p{L}\d.,€$£-])(?<number>${NUMBER})(?:\s?(?:to|or|bis|oder|à|ou|a|o|of|tot|-|–)\s?(?<more>${NUMBER}))?(?:\s?-\s?|\s{1,2}|(?<=\d))(?:${UNITS.map(([, , words], index) => `(?<u${index}>${words})`).join('|')})(?![\p{L}\d])`,
  'giu',
);
const QUICK =
  /h\b|hour|hrs|day|week|month|year|stund|std|tag|tägig|woche|wöchig|monat|jahr|jähr|jour|heure|semain|mois|\bans?\b|année|hora|día|semana|mes|año|\bor[ae]\b|giorn|settiman|ann[oi]|dag|weken|maand|jaar|jaren|uur|uren|dia|mês|ano/i;

/** Finds the lengths of time in `text`, in order. */
export function findDurations(text: string): readonly WrittenDuration[] {
  if (!QUICK.test(text)) return [];
  return [...text.matchAll(DURATION)].flatMap((match): WrittenDuration[] => {
    const groups = match.groups ?? {};
    const at = UNITS.findIndex((_, index) => groups[`u${index}`] !== undefined);
    const [unit, factor] = UNITS[at] ?? [];
    if (unit === undefined || factor === undefined) return [];
    const scaled = [groups['number'], groups['more']].flatMap((word) =>
      word === undefined ? [] : [valueOf(word) * factor],
    );
    const start = match.index;
    return [{ start, end: start + match[0].length, value: `${scaled.join('-')}${unit}` }];
  });
}

function valueOf(word: string): number {
  return FURTHER.get(word.toLowerCase()) ?? numberOf(word.replace(',', '.'));
}
