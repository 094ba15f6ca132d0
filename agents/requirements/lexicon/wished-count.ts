/** How many emails a text asks for. */
export interface WishedCount {
  /** All of them, reminders included; 0 and more than can be meant are given as they are written. */
  readonly count: number;
  /** How many of them are named as reminders beside the others: "one email and one reminder". */
  readonly reminders: number;
}

/** From one, in English, German, French, Spanish, Italian, Dutch and Portuguese. */
const NUMBER_WORDS: readonly string[] = [
  'one single a an eine einen einer ein einzige einzelne un une unique una uno único única unico unica een één enkele um uma',
  'two zwei deux dos due twee dois duas',
  'three drei trois tres tre drie três',
  'four vier quatre cuatro quattro quatro',
  'five fünf cinq cinco cinque vijf',
  'six sechs seis sei zes',
  'seven sieben sept siete sette zeven sete',
  'eight acht huit ocho otto oito',
  'nine neun neuf nueve nove negen',
  'ten zehn dix diez dieci tien dez',
  'eleven elf onze once undici',
  'twelve zwölf douze doce dodici twaalf doze',
];
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...['zero', 'null', 'zéro', 'cero', 'nul'].map((word) => [word, 0] as const),
  ...NUMBER_WORDS.flatMap((words, index) =>
    words.split(' ').map((word) => [word, index + 1] as const),
  ),
]);
const ARTICLES = 'a an eine einen einer ein un une una uno een um uma'.split(' ');
/** Makes a number of an article: "nur eine E-Mail". */
const ONLY =
  /(?<!\p{L})(?:only|just|nur|bloß|lediglich|höchstens|maximal|seulement|uniquement|solo|sólo|solamente|soltanto|slechts|alleen|maar|apenas|só|somente)\s+$/iu;
const DIGITS = String.raw`\d{1,4}(?![\d.,]?\d|\s?[%€$£]|\.?\s?(?:jan|feb|m[aä]r|apr|ma[iy](?!l)|jun|jul|aug|sep|o[ck]t|nov|de[cz]))`;
/** Numbers in words, and articles, of seven languages. */
export const NUMBER_NAMES: readonly string[] = [...NUMBERS.keys()];
const WORDS = NUMBER_NAMES.join('|');
const NUMBER = String.raw`(?<![\p{L}\p{N}.,€$£-])(?:${DIGITS}|${WORDS})(?![\p{L}\p{N}%])`;
const ADJECTIVE = String.raw`(?:(?!und\b|and\b|et\b|per\b|pro\b)\p{L}[\p{L}-]{0,20}\s+){0,2}?`;
const NOT_COUNTED = String.raw`(?![\s-]*(?:list|address|contact|account|adress|liste|verteiler|marketing|subscri|a (?:week|month|year|day)|per |pro |each |every |par |por |al (?:mes|mese)|im monat|in der woche))`;
const EMAILS = String.raw`(?:e-?mails?|mails?|mailings?|messages?|courriels?|correos?|mensajes?|messaggi|messaggio|nachrichten|nachricht|berichten|mensagens|mensagem|newsletters?)(?!\p{L})${NOT_COUNTED}`;
const REMINDERS = String.raw`(?:reminders?(?:\s(?:e-?mails?|mails?))?|erinnerung(?:en|s-?e?-?mails?|s-?mails?)?|rappels?|recordatorios?|promemoria|solleciti|sollecito|herinnering(?:en)?|lembretes?)(?!\p{L})`;
const AND = String.raw`\s*(?:,\s*)?(?:and|plus|und|sowie|et|y|más|e|più|en|mais|\+|&)\s+(?:then\s|dann\s|danach\s)?`;
const COUNTED = new RegExp(
  String.raw`(?<emails>${NUMBER})[\s-]+${ADJECTIVE}${EMAILS}(?:[^.;!?]{0,60}?${AND}(?<more>${NUMBER})\s+${ADJECTIVE}${REMINDERS})?`,
  'giu',
);
const BARE = new RegExp(
  String.raw`^(?:(?:only|just|nur|höchstens|maximal|at most|about|seulement|solo|sólo|slechts|apenas)\s+)?(?<number>${NUMBER})(?:\s+(?:only|in total|insgesamt|en tout|en total|in totale|in totaal|no total|stück|times|mal))?[.!]?$`,
  'iu',
);
const BARE_WITH_REMINDER = new RegExp(
  String.raw`^(?<emails>${NUMBER})${AND}(?<more>${NUMBER})\s+${ADJECTIVE}${REMINDERS}[.!]?$`,
  'iu',
);

/**
 * Reads how many emails `text` speaks of, in digits or in words of seven languages. A lone number counts as well: it is
 * what stands behind a label for it.
 *
 * @returns undefined when it does not say; an article alone ("an email about ...") is no number.
 */
export function wishedCount(text: string): WishedCount | undefined {
  const whole = text.slice(0, MAX_READ).trim();
  const bare = BARE.exec(whole)?.groups?.['number'];
  if (bare !== undefined) return { count: numberOf(bare), reminders: 0 };
  const listed = BARE_WITH_REMINDER.exec(whole)?.groups;
  if (listed !== undefined) return counted(listed['emails'], listed['more']);
  for (const { groups, index } of whole.matchAll(COUNTED)) {
    const { emails = '', more } = groups ?? {};
    const isNumber = !ARTICLES.includes(emails.toLowerCase()) || ONLY.test(whole.slice(0, index));
    if (more !== undefined || isNumber) return counted(emails, more);
  }
  return undefined;
}

const MAX_READ = 2000;

function counted(emails = '', more: string | undefined): WishedCount {
  const reminders = more === undefined ? 0 : numberOf(more);
  return { count: numberOf(emails) + reminders, reminders };
}

/** Gives the number that digits, or one of {@link NUMBER_NAMES}, name. */
export function numberOf(word: string): number {
  return NUMBERS.get(word.toLowerCase()) ?? Number(word);
}
