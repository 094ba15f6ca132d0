import type { Language } from '../../content.ts';
import { termOf } from '../shorten.ts';

const SUM = String.raw`(?:[€$£]\s?\d[\d.,]*\d|[€$£]\s?\d|\d(?:[\d.,]*\d)?\s?(?:€|\$|£|euros?(?!\p{L})|eur(?!\p{L})|pounds?(?!\p{L})|dollars?(?!\p{L})))`;
const EACH = String.raw`(?:\s(?:a|per|each|pro|par|por|al|alla|à|ao|je|each)(?:\s\p{L}+)?)?`;
const PRICE = new RegExp(SUM + EACH, 'iu');
/** What a discount is on goes on up to the first of these words, or to a mark. */
const BEHIND = String.raw`(?:if|until|till|when|while|before|after|by|for|from|and|or|on|with|but|in|at|to|as|because|that|which|who|i|they|you|bis|wenn|für|bei|mit|ab|vom|und|oder|im|jusqu['’]\p{L}+|pour|avec|dès|et|ou|hasta|con|para|desde|y|o|fino|per|dal|e|tot|voor|met|vanaf|en|of|até|com)(?!\p{L})`;
/** The whole of it in at most six words; of a longer one nothing, as half of it would name something else. */
const ON_WHAT = String.raw`(?:\s(?!${BEHIND})[\p{L}'’-]+){1,6}(?=\s${BEHIND}|\s?[.,;:!?()–—]|\s-\s|\s?$)`;
const DISCOUNT = new RegExp(
  String.raw`\d{1,3}\s?(?:%|percent|per cent|prozent|pour cent|por ciento|per cento|procent|por cento)\s(?:off(?:${ON_WHAT})?|discount|rabatt|nachlass|günstiger|de (?:remise|réduction|descuento|desconto)|di sconto|korting)(?!\p{L})(?:\s(?:on|auf|sur|en|su|op|em)${ON_WHAT})?`,
  'iu',
);
/** "It's", "das kostet": in front of a price it points at something that an email has not named. */
const POINTING: Readonly<Record<Language, RegExp>> = {
  en: /^(?:it(?:['’]s| is| costs)|that(?:['’]s| is)|this is|costs?)\s+/iu,
  de: /^(?:(?:es|das) (?:kostet|macht|sind|ist)|kostet)\s+/iu,
  fr: /^(?:c['’]est|(?:ça|cela) coûte|coûte)\s+/iu,
  es: /^(?:cuesta|vale|son|es)\s+/iu,
  it: /^(?:costa|sono|è)\s+/iu,
  nl: /^(?:(?:het|dat) (?:kost|is)|kost)\s+/iu,
  pt: /^(?:custa|são|é)\s+/iu,
};
const PRICE_FIRST = new RegExp(
  String.raw`^(?:(?:only|just|from|nur|ab|seulement|dès|solo|desde|da|slechts|vanaf|apenas)\s)?${SUM}`,
  'iu',
);

/** Gives what an offer comes down to, in the brief's own words: discount or price, and its term. Undefined without either. */
export function typedFact(text: string): string | undefined {
  const core = DISCOUNT.exec(text)?.[0] ?? PRICE.exec(text)?.[0];
  return core === undefined ? undefined : `${core.trim()}${termOf(text) ?? ''}`;
}

/** Gives `text` without the pronoun in front of its price: what costs it, the email has to say itself. */
export function withoutPointing(text: string, language: Language): string {
  const rest = text.replace(POINTING[language], '');
  return PRICE_FIRST.test(rest) ? rest : text;
}

/** Tells whether `text` begins with a price, and so names nothing that it is the price of. */
export function isPriceFirst(text: string): boolean {
  return PRICE_FIRST.test(text);
}
