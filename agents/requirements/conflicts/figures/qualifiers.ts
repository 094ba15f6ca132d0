import { findDates } from '../../lexicon/find-dates.ts';
import { NUMBER_NAMES } from '../../lexicon/wished-count.ts';
import type { Span } from '../../brief/span.ts';

const word = (name: string, words: string): readonly [string, RegExp] => [
  name,
  new RegExp(String.raw`(?<![\p{L}])(?:${words})(?![\p{L}])`, 'iu'),
];

/** For whom, in which case, or compared with what a figure holds: two figures of one thing may differ in these. */
const QUALIFIERS: readonly (readonly [string, RegExp])[] = [
  word(
    'members',
    String.raw`members?|membres?|mitglied\p{L}*|miembros?|soc[ioie]{1,2}|leden|sócios?`,
  ),
  word('vip', String.raw`vips?|premium|gold|silver|platinum|silber|platin`),
  word(
    'students',
    String.raw`students?|studi\p{L}*|schüler\p{L}*|étudiant\p{L}*|estudiantes?|alumnos?|trainees?|azubis?`,
  ),
  word(
    'children',
    String.raw`child(?:ren)?|kids?|kind(?:er|ern)?|jugendliche\p{L}*|enfants?|niñ[oa]s?|bambin\p{L}*|kinderen|crianças?|under \d+|unter \d+`,
  ),
  word('adults', String.raw`adult\p{L}*|erwachsene\p{L}*|adultes?|volwassenen`),
  word(
    'seniors',
    String.raw`seniors?|senioren|rentner\p{L}*|pensioners?|retraité\p{L}*|jubilad\p{L}*|pensionat\p{L}*|gepensioneerden`,
  ),
  word(
    'new',
    String.raw`new (?:customers?|clients?|members?|subscribers?)|first[- ]time\p{L}*|neukund\p{L}*|nouveaux clients|nuevos clientes|nuovi clienti|nieuwe klanten|novos clientes`,
  ),
  word(
    'existing',
    String.raw`existing|current|loyal|bestandskund\p{L}*|stammkund\p{L}*|clients (?:existants|fidèles)|clientes (?:actuales|habituales)|clienti (?:attuali|abituali)|bestaande klanten`,
  ),
  word(
    'trade',
    String.raw`trade|dealers?|retailers?|wholesale\p{L}*|händler\p{L}*|großhandel|revendeurs?|distribuidores|rivenditori`,
  ),
  word(
    'family',
    String.raw`famil(?:y|ies)|familien?|familles?|familias?|famigli[ae]|gezin(?:nen)?|família`,
  ),
  word(
    'groups',
    String.raw`groups?|gruppen?|groupes?|grupos?|gruppi|groepen|schools?|schulen?|klassen`,
  ),
  word(
    'staff',
    String.raw`staff|employees?|mitarbeit\p{L}*|personal|personnel|empleados|dipendenti`,
  ),
  word(
    'subscribers',
    String.raw`subscribers?|newsletter[\p{L} -]{0,3}(?:readers?|subscribers?|leser|abonnent\p{L}*)|abonnent\p{L}*|abonnés?|suscriptores`,
  ),
  word(
    'early',
    String.raw`early[- ]bird|early booking|frühbuch\p{L}*|last[- ]minute|réservation anticipée|reserva anticipada`,
  ),
  word(
    'before',
    String.raw`instead of|rather than|regular(?:ly)?|normal(?:ly)?|usual(?:ly)?|rrp|uvp|list price|listenpreis|previous(?:ly)?|formerly|used to|last year|was|were|statt|anstatt|bisher\p{L}*|früher|vorher|sonst|regulär\p{L}*|normalpreis|letztes jahr|vorjahr|au lieu d[eu]|prix normal|avant|en lugar de|en vez de|antes|precio normal|invece di|anziché|prima|in plaats van|voorheen|em vez de`,
  ),
  word(
    'worth',
    String.raw`worth|value[ds]?(?: of| at)?|im wert|wert|d['’]une valeur|por valor|del valore|t\.?w\.?v|no valor`,
  ),
  word(
    'extra',
    String.raw`extra|additional(?:ly)?|further|another|on top|zusätzlich\p{L}*|weitere[nrs]?|supplémentaires?|adicional\p{L}*|ulterior\p{L}*|aggiuntiv\p{L}*|suplementar\p{L}*`,
  ),
  word(
    'left',
    String.raw`left|remaining|noch|verbleiben\p{L}*|restant\p{L}*|quedan?|rimast\p{L}*|nog`,
  ),
  word(
    'each',
    String.raw`each|every|je|jede[nrs]?|chacune?|cada|ciascun\p{L}*|ogni|elke?|per(?!\s(?:month|year|week|day|mese|maand|persona|persoon))`,
  ),
  word(
    'express',
    String.raw`express|priority|same[- ]day|overnight|eil\p{L}*|expresso|urgente?s?|spoed`,
  ),
  word(
    'deposit',
    String.raw`deposit|down payment|anzahlung|kaution|acompte|caution|depósito|fianza|acconto|cauzione|aanbetaling`,
  ),
  word(
    'second',
    String.raw`second|2nd|third|3rd|zweite\p{L}*|dritte\p{L}*|deuxième|segund[oa]|second[oa]|tweede`,
  ),
];
const COUNT = String.raw`\d[\d.,]*|${NUMBER_NAMES.slice(1).join('|')}`;
const CONDITION = new RegExp(
  String.raw`(?<![\p{L}])(?:from|ab|dès|à partir de|a partir de|da|vanaf|over|above|über|more than|mehr als|plus de|más de|più di|meer dan|mais de|under|below|unter|bis|up to|when you (?:buy|order)|beim kauf von|with|mit)\s+(?:[€$£]\s?)?(?<count>${COUNT})(?![\p{L}\d])`,
  'giu',
);
const PER =
  /(?:(?<![\p{L}])(?:per|pro|je|par|por|al|alla|a|an)\s|\/\s?)(?<unit>month|monat|mois|mes|mese|maand|mês|year|jahr|an|année|año|anno|jaar|ano|week|woche|semaine|semana|settimana|day|tag|jour|día|giorno|dag|dia|night|nacht|nuit|noche|notte|hour|stunde|person|personne|persona|persoon|pessoa|kg|kilo|litre|liter|metre|meter|piece|stück)(?![\p{L}])|(?<![\p{L}])(?<adverb>monthly|monatlich\p{L}*|yearly|annual(?:ly)?|jährlich\p{L}*|weekly|wöchentlich\p{L}*|daily|täglich\p{L}*)(?![\p{L}])/giu;
const WITH =
  /(?<![\p{L}])(?:with|plus|incl\p{L}*|mit|inkl\p{L}*|samt|avec|con|met|com)\.?\s(?:the\s|a\s|an\s|einem?r?\s|der\s|dem\s|un[ae]?\s)?(?<what>\p{L}+)/giu;
const UP_TO = /(?<![\p{L}])(?:up to|bis zu|jusqu['’]à|hasta(?: un)?|fino al?|tot|até)\s*$/iu;
const AT_LEAST =
  /(?<![\p{L}])(?:at least|from|starting at|mindestens|mind\.|ab|au moins|dès|à partir de|al menos|desde|almeno|a partire da|minstens|vanaf|pelo menos|a partir de)\s*$/iu;

/**
 * Tells for whom, from how much on, per what, or compared with what the figure at `place` holds. Dates do not count.
 *
 * @param segments - Names of groups of recipients that figures may be told for.
 * @returns Sorted names; figures with the same ones can contradict each other.
 */
export function qualifiersOf(
  clause: string,
  place: Span,
  segments: readonly (readonly [string, RegExp])[],
): string {
  const before = clause.slice(0, place.start);
  // "Per 25 euro" is Italian for "for 25 euros".
  const lead = before.replace(/(?<![\p{L}])per\s$/iu, '    ');
  const rest = `${lead}${' '.repeat(place.end - place.start)}${clause.slice(place.end)}`;
  const words = withoutDates(rest);
  const found = [...QUALIFIERS, ...segments]
    .filter(([, pattern]) => pattern.test(words))
    .map(([name]) => name);
  for (const { groups } of words.matchAll(CONDITION)) found.push(`of ${groups?.['count'] ?? ''}`);
  for (const { groups } of words.matchAll(PER)) found.push(`per ${unitOf(groups)}`);
  for (const { groups } of words.matchAll(WITH)) found.push(`with ${groups?.['what'] ?? ''}`);
  if (UP_TO.test(before)) found.push('up to');
  if (AT_LEAST.test(before)) found.push('at least');
  return [...new Set(found.map((name) => name.toLowerCase()))].toSorted().join('|');
}

function unitOf(groups: Readonly<Record<string, string | undefined>> | undefined): string {
  const adverb = groups?.['adverb']?.toLowerCase() ?? '';
  if (adverb.startsWith('mon')) return adverb.startsWith('monat') ? 'monat' : 'month';
  if (/^(?:year|annual)/.test(adverb)) return 'year';
  return adverb === '' ? (groups?.['unit'] ?? '') : adverb;
}

function withoutDates(text: string): string {
  return findDates(text).reduce(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    text,
  );
}

/** Makes qualifiers of the names of the audience's segments; a sole segment is everybody. */
export function segmentQualifiers(
  names: readonly string[],
): readonly (readonly [string, RegExp])[] {
  if (names.length < 2) return [];
  return names.slice(0, MAX_SEGMENTS).flatMap((name) => {
    const last = name.match(/\p{L}{4,}/gu)?.[0];
    return last === undefined ? [] : [word(`segment ${last}`, `${last}\\p{L}{0,2}`)];
  });
}

const MAX_SEGMENTS = 20;
