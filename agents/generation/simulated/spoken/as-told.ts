import type { Language } from '../../content.ts';
import { tidyInside } from '../say.ts';
import { addressReader } from './address-reader.ts';
import { typedFact, withoutPointing } from './typed-fact.ts';

/** Words that people begin with when they talk and that say nothing; alone only in front of a comma. */
const FILLERS: Readonly<Record<Language, string>> = {
  en: 'so|basically|actually|anyway|okay|ok|right|well|look|oh|hey|honestly|obviously|yeah|and|but|also|i think|i guess|i mean|you know|of course',
  de: 'also|naja|na ja|so|eigentlich|übrigens|quasi|tja|und|aber|ja|sozusagen|ehrlich gesagt',
  fr: 'bon|donc|alors|bref|en fait|voilà|du coup|et|mais|eh bien|en gros',
  es: 'bueno|pues|o sea|básicamente|entonces|a ver|y|pero|en fin',
  it: 'allora|insomma|dunque|praticamente|beh|quindi|e|ma|diciamo',
  nl: 'dus|nou|eigenlijk|kijk|en|maar|zeg maar',
  pt: 'então|pronto|bem|basicamente|olha|e|mas|ora',
};
const HARD: Readonly<Record<Language, string>> = {
  en: 'basically|actually|anyway|honestly|obviously|i think|i guess|i mean',
  de: 'naja|na ja|quasi|tja|sozusagen|ehrlich gesagt',
  fr: 'bref|du coup|en gros|eh bien',
  es: 'o sea|básicamente|a ver',
  it: 'insomma|praticamente|diciamo',
  nl: 'zeg maar|nou',
  pt: 'basicamente|pronto',
};
/** Speaks of the readers, and not to them. */
const OF_READERS: Readonly<Record<Language, RegExp>> = {
  en: /^(?:they\s(?:\p{L}+\s){0,2}(?:get|receive|save|pay|book|order|buy|win|earn)|everyone|everybody|anyone|anybody)(?!\p{L})|(?<!\p{L})(?:if|when|once)\sthey(?!\p{L})/iu,
  de: /^(?:alle, die|jeder, der|jede, die|die (?:kriegen|bekommen))(?!\p{L})|^sie (?:kriegen|bekommen|erhalten|sparen|zahlen)(?!\p{L})/u,
  fr: /^(?:ils|elles|tout le monde|chacun)(?!\p{L})/iu,
  es: /^(?:ellos|ellas|todo el mundo|todos los que)(?!\p{L})/iu,
  it: /^(?:loro|essi|tutti quelli)(?!\p{L})/iu,
  nl: /^(?:zij|ze|iedereen)(?!\p{L})/iu,
  pt: /^(?:eles|elas|toda a gente|todos os que)(?!\p{L})/iu,
};
/** Thinks aloud: whoever wrote it was not sure. */
const ALOUD =
  /(?<!\p{L})(?:i think|i guess|i reckon|not sure|or was it|let['’]s (?:say|think)|sorry|no idea|ich glaube|glaub ich|oder war(?:en)? es|keine ahnung|je crois|je pense que|creo que|no sé|credo che|non so|ik denk|weet niet|acho que|não sei)(?!\p{L})/iu;

/** To whom something is told. */
export interface Listener {
  readonly language: Language;
  /** What the plan calls the segment. */
  readonly segment: string;
}

/**
 * Gives a sentence of the brief as it may be told to a reader: without what people say before they begin, and in the second
 * person where its subject is surely the reader. Where it still speaks of readers or thinks aloud, what it comes down to is told
 * instead: discount or price, and its term; undefined when it holds neither.
 */
export function asTold(text: string, { language, segment }: Listener): string | undefined {
  const bare = withoutFillers(tidyInside(text), language);
  const said = language === 'en' ? addressReader(bare, segment) : bare;
  const plain = withoutPointing(said, language);
  if (!isSpoken(plain, language)) return plain === tidyInside(text) ? text : plain;
  return typedFact(plain);
}

/** Tells whether a text speaks of its readers, or thinks aloud, and is nothing to quote. */
export function isSpoken(text: string, language: Language): boolean {
  return OF_READERS[language].test(text) || ALOUD.test(text);
}

const LEAST_LEFT = 8;

function withoutFillers(text: string, language: Language): string {
  const filler = String.raw`(?:${FILLERS[language]})`;
  const lead = new RegExp(
    String.raw`^(?:${filler},\s+|${filler}\s+(?=(?:${HARD[language]})(?!\p{L})|(?:they|everyone|everybody)(?!\p{L}))|(?:${HARD[language]}),?\s+)+`,
    'iu',
  );
  const rest = text.replace(lead, '');
  return rest.length >= LEAST_LEFT ? rest : text;
}
