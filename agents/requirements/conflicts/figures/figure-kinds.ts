import type { Span } from '../../brief/span.ts';

/** What a figure says: how much less, how much interest, what it costs, from which sum on, how long, how many, at what time. */
export type FigureKind =
  | 'discount'
  | 'rate'
  | 'price'
  | 'threshold'
  | 'duration'
  | 'weekday'
  | 'count'
  | 'time';

/** How sure a figure's kind must be: everything of what is told anyway, less of a note, least of a passing remark. */
export type Trust = 'offer' | 'told' | 'note' | 'remark';

const OFF = String.raw`off|discounts?|sav(?:e|es|ing|ings)|reduc\p{L}*|cheaper|less|rabatt\p{L}*|nachlass|spar\p{L}*|günstiger|billiger|remise|réduction|moins cher|descuentos?|ahorr\p{L}*|rebaja\p{L}*|sconto|sconti|risparmi\p{L}*|korting|desconto|poup\p{L}*`;
const DISCOUNT = new RegExp(
  String.raw`(?<![\p{L}])(?:${OFF})(?![\p{L}])|\p{L}(?:rabatt|nachlass)(?![\p{L}])`,
  'iu',
);
const RATE =
  /(?<![\p{L}])(?:interest|apr|apy|p\.\s?a|per annum|zins\p{L}*|taux|interés|interesse|rente|juros)(?![\p{L}])/iu;
const PRICE =
  /(?<![\p{L}])(?:price|pric(?:ed|es)|costs?|fee|fees|only|just|(?:per|a) (?:month|year|week|person|night)|monthly|pay|pro (?:monat|jahr|person)|im monat|kostet|kosten|preis|gebühr|monatlich|par (?:mois|an|personne)|prix|coûte[nt]*|tarif|al (?:mes|año)|por (?:mes|mês|persona|pessoa)|precio|cuesta|prezzo|costa|prijs|kost|preço|custa|nur|seulement|solo|sólo|slechts|apenas|al mese|per maand|p\.m\.|ao mês)(?![\p{L}])/iu;
/** Right in front of a price: "upgrade for 25 pounds". */
const FOR =
  /(?<![\p{L}])(?:for|at|für|zu|um|pour|à|por|a|per|voor|tegen)\s(?:(?:only|just|nur|seulement|solo|sólo|soli|maar|slechts|apenas)\s)?$/iu;
/** In front of a sum from which on something holds. */
const SUM =
  /(?<![\p{L}])(?:from|orders? (?:over|above|of)|over|above|minimum|ab|über|mindestbestellwert|dès|à partir de|a partir de|desde|vanaf|a partire da|da)\s{1,2}(?:of\s)?$/iu;

/** What lengths of time are told of, in seven languages. */
const PURPOSES: readonly (readonly [string, RegExp])[] = [
  [
    'delivery',
    /(?<![\p{L}])(?:deliver\p{L}*|shipp\p{L}*|ships?|dispatch\p{L}*|liefer\p{L}*|versand\p{L}*|versend\p{L}*|livr\p{L}*|expédi\p{L}*|entreg\p{L}*|envío\p{L}*|consegn\p{L}*|spedi\p{L}*|lever\p{L}*|bezorg\p{L}*|verzend\p{L}*|envio\p{L}*)(?![\p{L}])/iu,
  ],
  [
    'return',
    /(?<![\p{L}])(?:returns?|returned|refund\p{L}*|money[- ]back|withdraw\p{L}*|exchange\p{L}*|rückgabe\p{L}*|zurückgeben|rücksend\p{L}*|umtausch\p{L}*|widerruf\p{L}*|retour\p{L}*|rembours\p{L}*|échang\p{L}*|devol\p{L}*|reembols\p{L}*|reso|restitu\p{L}*|rimbors\p{L}*|ruilen|trocas?)(?![\p{L}])/iu,
  ],
  [
    'warranty',
    /(?<![\p{L}])(?:warrant\p{L}*|guarant\p{L}*|garanti\p{L}*|garantía|garanzia|garantia|gewährleist\p{L}*)(?![\p{L}])/iu,
  ],
  [
    'trial',
    /(?<![\p{L}])(?:trials?|try|test\p{L}*|probe\p{L}*|probier\p{L}*|essa[iy]\p{L}*|prueba|probar|prova|provare|proef\p{L}*|proberen|experimentar|free|gratis|kostenlos|gratuit\p{L}*)(?![\p{L}])/iu,
  ],
  [
    'notice',
    /(?<![\p{L}])(?:cancel\p{L}*|notice|terminat\p{L}*|kündig\p{L}*|kündbar|résili\p{L}*|préavis|preaviso|disdett\p{L}*|preavviso|opzeg\p{L}*|aviso prévio)(?![\p{L}])/iu,
  ],
  [
    'reply',
    /(?<![\p{L}])(?:repl(?:y|ies)|answers?|respon[ds]\p{L}*|antwort\p{L}*|rückmeld\p{L}*|répon\p{L}*|respuesta|respond\p{L}*|rispost\p{L}*|antwoord\p{L}*|respost\p{L}*)(?![\p{L}])/iu,
  ],
  [
    'offer',
    /(?<![\p{L}])(?:offers?|valid|sale|promotion|campaign|deal|hurry|angebot\p{L}*|aktion\p{L}*|gültig|gilt|offre|valable|oferta|válid[oa]|offerta|valid[oa]|aanbieding|actie|geldig|promoção)(?![\p{L}])/iu,
  ],
];
const LASTS =
  /(?<![\p{L}])(?:for|lasts?|lasting|runs?|takes?|taking|ends?|after|within|in|only|just|dauert|dauern|läuft|läuft|innerhalb|binnen|dure|durent|pendant|sous|dans|en|dura|duran|durante|entro|duurt|loopt|binnen|demora|nach|für|long|lang)(?![\p{L}])/iu;

const NEAR_BEFORE = 35;
const NEAR_BEHIND = 45;
const TIGHT = 26;

/** The kind of the figure at a place of a sentence; undefined where its words do not tell. */
export function kindOf(
  words: string,
  { start, end, alone }: Span & { readonly alone: boolean },
  trust: Trust,
): FigureKind | undefined {
  const before = words.slice(Math.max(0, start - NEAR_BEFORE), start);
  const behind = words.slice(end, end + NEAR_BEHIND);
  const figure = words.slice(start, end);
  const tight = `${lastClause(before.slice(-TIGHT))} # ${firstClause(behind.slice(0, TIGHT))}`;
  if (isShare(figure)) return shareKind({ before, behind, tight, alone }, trust);
  if (DISCOUNT.test(tight)) return 'discount';
  if (SUM.test(before)) return 'threshold';
  if (trust === 'remark' && !PRICE.test(`${before} ${behind}`) && !FOR.test(before))
    return undefined;
  return 'price';
}

interface Surroundings {
  readonly before: string;
  readonly behind: string;
  /** What stands right beside the figure, in its own clause. */
  readonly tight: string;
  readonly alone: boolean;
}

function shareKind(
  { before, behind, tight, alone }: Surroundings,
  trust: Trust,
): FigureKind | undefined {
  if (RATE.test(`${before} ${behind}`)) return 'rate';
  const near = alone && trust !== 'remark' ? `${before} ${behind}` : tight;
  if (DISCOUNT.test(near)) return 'discount';
  const bare = (trust === 'offer' || trust === 'note') && alone;
  return bare && !/^\s?(?:of|der|des|aller|von|de|van|di|da)\s/i.test(behind)
    ? 'discount'
    : undefined;
}

/** The words of `text` behind its last mark or "and". */
export function lastClause(text: string): string {
  return text.split(/[,;.()]\s|\s(?:and|und|et|y|e|en)\s/).at(-1) ?? '';
}

/** The words of `text` up to its first mark or "and". */
export function firstClause(text: string): string {
  return text.split(/[,;.()](?:\s|$)|\s(?:and|und|et|y|e|en)\s/)[0] ?? '';
}

const NO_TERM =
  /(?<![\p{L}])(?:old|ago|alt|alter|earlier|later|before|after that|aged|vor|zuvor|später|seit|since|depuis|il y a|desde hace|da oltre|geleden|há|every|each|alle|tous les|toutes les|cada|ogni|elke|each|experience|erfahrung)(?![\p{L}])/iu;

/** Tells whether a clause tells how long something takes or holds, not how old it is, or how long ago. */
export function isTerm(clause: string): boolean {
  return !NO_TERM.test(clause);
}

/** What a length of time in `clause` is that of; empty where nothing tells. */
export function purposeOf(clause: string): string {
  const named = PURPOSES.find(([, pattern]) => pattern.test(clause))?.[0];
  if (named !== undefined) return named;
  return DISCOUNT.test(clause) ? 'offer' : LASTS.test(clause) ? 'length' : '';
}

/** Whether a figure is a share of a hundred. */
export function isShare(value: string): boolean {
  return /%|cent|prozent|ciento/i.test(value);
}

/** Gives `words` without those that only say what a length of time is told of. */
export function withoutPurpose(words: string, purpose: string): string {
  const pattern = PURPOSES.find(([name]) => name === purpose)?.[1];
  return pattern === undefined ? words : words.replaceAll(new RegExp(pattern.source, 'giu'), ' ');
}
