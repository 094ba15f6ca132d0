import type { Manner, ObjectiveKind } from '../phrases/phrases.ts';

/** Stems of words in seven languages, matched at the start of a word; the first kind that matches most wins. */
const OBJECTIVES: Readonly<Record<Exclude<ObjectiveKind, 'engage'>, string>> = {
  'win-back':
    'win-?back|win back|reactivat|re-?engag|lapsed|dormant|inactiv|zurückgewinn|reaktivier|inaktiv|reconqu|réactiv|recuper|riattiv|heractiv|reativ',
  donate: 'donat|donor|fundrais|spende|dons?\\b|donaci|donazion|doneer|doaç|doar',
  register:
    'regist|sign-?ups?|sign up|attend|enrol|book|appointment|webinar|rsvp|anmeld|termin|buchung|buchen|teilnehm|teilnahme|inscri|réserv|reserva|prenot|iscri|aanmeld|inschrij|afspra|marca[çr]',
  retain:
    'retain|retention|loyal|renew|churn|treue|bindung|verlänger|stammkund|fidél|fidel|renov|rinnov|behoud|trouw|verleng',
  sell: 'sell|sale|sold|order|revenue|buy|purchas|basket|verkauf|umsatz|absatz|bestell|kauf|auftr[aä]g|vend|ventes?|achat|command|compra|pedid|acquist|ordin|verko|omzet|koop|encomend',
  inform:
    'inform|aware|educat|explain|tell|announc|introduc|bekannt|aufklär|vorstell|faire connaître|expliqu|dar a conocer|explic|far conoscere|spieg|uitleg|kennis|divulg',
};
const MANNERS: Readonly<Record<Exclude<Manner, 'plain'>, string>> = {
  formal:
    'formal|profession|serious|authoritat|sober|factual|precise|sachlich|seriös|förmlich|formell|fachlich|präzis|professionel|formel|sérieu|sobre|serio|seri[oa]|zakelijk|nuchter|formeel',
  playful:
    'playful|fun|cheek|witty|humor|quirk|bold|frech|witzig|humorvoll|locker|verspielt|ludique|drôle|divert|jugueton|giocos|scherzos|speels|grappig|divertid',
  warm: 'warm|friend|kind|caring|personal|welcom|herzlich|freundlich|persönlich|familiär|nahbar|chaleureu|amical|cercan|amable|cálid|cald|cordial|amichevol|vriendelijk|hartelijk|calor|amig',
};

/** What an objective wants of the readers, by its words; `engage` when they do not tell. */
export function objectiveKind(text: string): ObjectiveKind {
  return mostMatched(OBJECTIVES, text) ?? 'engage';
}

/** How a tone speaks, by its words; undefined when they do not tell. */
export function mannerOf(text: string): Manner | undefined {
  return mostMatched(MANNERS, text);
}

function mostMatched<Kind extends string>(
  stems: Readonly<Record<Kind, string>>,
  text: string,
): Kind | undefined {
  let best: { readonly kind: Kind; readonly count: number } | undefined;
  for (const kind of keysOf(stems)) {
    const count = text.match(new RegExp(`(?<!\\p{L})(?:${stems[kind]})`, 'giu'))?.length ?? 0;
    if (count > (best?.count ?? 0)) best = { kind, count };
  }
  return best?.kind;
}

function keysOf<Kind extends string>(record: Readonly<Record<Kind, string>>): readonly Kind[] {
  return Object.keys(record) as Kind[];
}
