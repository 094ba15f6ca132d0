import { inflectionOf } from '../constraints/inflection.ts';
import { MONTH_NUMBER, WEEKDAY_NUMBER } from '../lexicon/calendar.ts';

/** Words that say nothing about what a statement is about. */
const EMPTY_WORDS = new Set(
  wordsOf(`a an the and or of on in for to by from with at your our you we is are be all any this that when until till before after as it its per now get save only up off
  discount percent der die das den dem des ein eine einen und oder auf in im für von vom zu zum zur mit bei bis wir sie ihr ihre unser unsere ist sind nur jetzt
  rabatt nachlass prozent sparen le la les des du de un une et ou sur pour par avec el los las y o para con por del il lo gli e di da per het en voor met van op
  os as do da no na com remise descuento sconto korting desconto
  customer everybody everyone give want buy purchase today now new instead offer price cost costs fee pay euro euros dollar pound reminder email tell them about their they also our will can please
  actually think because said says has get list guess mean really rather sorry eigentlich glaube denke weil liste
  kunde kunden alle jeder bekommen erhalten kaufen heute neu statt angebot preis kostet kosten gebühr zahlen erinnerung mail wird auch noch gilt gibt
  nous vous notre votre nosotros nuestro nuestra noi nostro wij onze você nosso can will may wir sie ihnen
  client clients tous chacun offrir acheter offre prix coûte coûtent tarif payer seulement est sont
  cliente clientes todos comprar oferta precio cuesta cuestan pagar solo está son es clienti tutti comprare offerta prezzo costa costano pagare sono
  klanten iedereen kopen aanbieding prijs kost kosten betalen nu preço custa pagar apenas você
  off discounts saving savings save reduced reduction cheaper less günstiger billiger réduction rebaja risparmio valid within last lasts run runs take takes end ends after only just
  month monat mois mes mese maand mês year jahr année año anno jaar ano week woche semaine semana settimana
  innerhalb läuft dauert pendant dure dura duurt läuft gültig valable válido valido geldig`),
);

/** Lower-case words of `text`, an ending "s" left out, in order. */
export function wordsOf(text: string): readonly string[] {
  return [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+(?:[.,]\d+)?/gu)].map(([word]) =>
    word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word,
  );
}

/** The words that a statement is about: without figures and days, and without words that every statement has. */
export function topicOf(text: string): ReadonlySet<string> {
  return new Set(
    wordsOf(text).filter(
      (word) =>
        word.length > 2 &&
        !/^\d/.test(word) &&
        !EMPTY_WORDS.has(word) &&
        !MONTH_NUMBER.has(word) &&
        !WEEKDAY_NUMBER.has(word),
    ),
  );
}

/** How many words two topics share. */
export function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const word of one) if (other.has(word)) count += 1;
  return count;
}

/** Tells whether the words of `phrase` stand in `text` one after the other. */
export function containsPhrase(text: readonly string[], phrase: readonly string[]): boolean {
  return phrase.length > 0 && ` ${text.join(' ')} `.includes(` ${phrase.join(' ')} `);
}

/** Tells whether `text` says `phrase`, also with an inflection at its end, as the gate of the emails reads it. */
export function saysPhrase(text: readonly string[], phrase: readonly string[]): boolean {
  const last = phrase.at(-1);
  if (last === undefined) return false;
  const wanted = phrase.map(bare);
  const ending = wanted.at(-1) ?? '';
  return text.some((_, at) => {
    const said = text.slice(at, at + wanted.length).map(bare);
    const end = said.at(-1) ?? '';
    if (
      said.length < wanted.length ||
      said.slice(0, -1).join(' ') !== wanted.slice(0, -1).join(' ')
    )
      return false;
    const more = end.length - ending.length;
    return end === ending || (end.startsWith(ending) && more <= inflectionOf(ending));
  });
}

/** Without accents, which readers do not tell apart either. */
function bare(word: string): string {
  return word.normalize('NFKD').replaceAll(/\p{M}/gu, '');
}
