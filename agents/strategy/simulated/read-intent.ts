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
    'formal|profession|serious|authoritat|restrained|official|polite|sober|factual|precise|sachlich|seriös|höflich|zurückhaltend|förmlich|formell|fachlich|präzis|professionel|formel|sérieu|sobre|serio|seri[oa]|zakelijk|nuchter|formeel',
  playful:
    'playful|fun(?:ny)?\\b|cheek|witty|humor|quirk|bold|frech|verschmitzt|augenzwinker|fröhlich|heiter|witzig|humorvoll|locker|verspielt|ludique|drôle|espiègle|malicieu|joyeu|divert|jugueton|juguet[óo]n|pícar|alegre|giocos|allegr|scherzos|speels|grappig|vrolijk|ondeugend|divertid|brincalh',
  warm: 'warm|friend|kind|caring|personal|welcom|approachab|relaxed|easy-?going|casual|conversational|chatty|down-to-earth|informal|neighbou?r|heartfelt|grateful|entspannt|ungezwungen|zugewandt|liebenswürdig|lässig|informell|bienveillan|décontract|convivial|sympathi|informel|simp[aá]tic|relajad|desenfadad|afectuos|rilassat|affettuos|gezellig|ontspannen|informeel|gemoedelijk|descontra[ií]d|próxim|afetuos|amistos|herzlich|freundlich|persönlich|familiär|nahbar|chaleureu|amical|cercan|amable|cálid|cald|cordial|amichevol|vriendelijk|hartelijk|calor|amig',
};

/** What an objective wants of the readers, by its words; `engage` when they do not tell. */
export function objectiveKind(text: string): ObjectiveKind {
  return mostMatched(OBJECTIVES, text) ?? 'engage';
}

const MORE_FORMAL =
  /(?<!\p{L})(?:more formal|förmlicher|formeller|plus formel|más formal|più formale|formeler|mais formal)/iu;
const LESS_FORMAL =
  /(?<!\p{L})(?:(?:less|not (?:too )?|moins|pas (?:trop )?|menos|meno) *formal\p{L}*|(?:moins|pas (?:trop )?) *formel\p{L}*|(?:weniger|nicht (?:zu )?) *(?:förmlich|formell)|minder formeel|niet te formeel|lockerer|losser)/giu;

/** "not funny", "nicht zu frech": the word that is denied says nothing of how it is to sound. */
const DENIED =
  /(?<!\p{L})(?:not|never|without|nothing|nicht|keine?s?wegs|ohne|pas|sans|nunca|sin|non|senza|niet|zonder|não|sem)\s(?:(?:too|zu|trop|muy|demasiado|troppo|te|demasiado)\s)?\p{L}+/giu;

/**
 * How a tone speaks, by its words, as a comparison asks before all others; undefined when they do not tell. A friendly word keeps
 * the stiffness out, whatever stands beside it: "friendly and professional" is warm.
 */
export function mannerOf(text: string): Manner | undefined {
  if (MORE_FORMAL.test(text)) return 'formal';
  const rest = text.replace(LESS_FORMAL, ' ');
  if (rest === text) {
    const meant = text.replace(DENIED, ' ');
    const { warm, playful } = MANNERS;
    return mostMatched({ warm, playful }, meant) ?? mostMatched(MANNERS, meant);
  }
  const wanted = mostMatched(MANNERS, rest);
  return wanted === undefined || wanted === 'formal' ? 'warm' : wanted;
}

/** The kind of which most words stand in `text`; of two, the one that is named first. */
function mostMatched<Kind extends string>(
  stems: Readonly<Record<Kind, string>>,
  text: string,
): Kind | undefined {
  return keysOf(stems)
    .map((kind) => {
      const found = [...text.matchAll(new RegExp(`(?<!\\p{L})(?:${stems[kind]})`, 'giu'))];
      return { kind, count: found.length, at: found[0]?.index ?? text.length };
    })
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count || one.at - other.at)[0]?.kind;
}

function keysOf<Kind extends string>(record: Readonly<Record<Kind, string>>): readonly Kind[] {
  return Object.keys(record) as Kind[];
}
