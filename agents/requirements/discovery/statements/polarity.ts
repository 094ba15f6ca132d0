import { trimSpan, type Span } from '../../brief/span.ts';
import { sentencesOf } from '../../brief/sentences.ts';
import { quotationsIn } from '../split-passage.ts';

/** What a statement says about words by its own: that they are forbidden, or that they are demanded. */
export type Polarity = 'forbids' | 'demands';

/** A statement within a passage about words that must or must not be said. */
export interface Statement extends Span {
  /** Undefined where only the label above it tells. */
  readonly polarity: Polarity | 'unclear' | undefined;
  /** Where its words begin, behind those that forbid or demand them. */
  readonly from: number;
  /** Where they end, in front of those that forbid them. */
  readonly to: number;
}

/** Stands for a quotation's letters, so that no word inside one is read as one of the statement's own. */
const MASK = '\uE000';
/** Stands for the mark that ends a sentence within a quotation. */
const ENDS = '\uE001';

const NOT = String.raw`(?:do not|don['’]t|must not|mustn['’]t|should not|may not|cannot|can['’]t|never|not|no|nicht|nie|niemals|keinesfalls|auf keinen fall|keine?[nsm]?|jamais|pas(?: d(?:e |['’]))?|aucune?|ne (?:pas|jamais)|nunca|jamás|no|non|mai|niet|nooit|geen|não)`;
const AVOID = String.raw`(?:avoid(?:ing)?|leave out|forbidden|banned|taboo|verboten|tabu|vermeide[nt]?|weglassen|verzichte[nt]? (?:bitte |sie )*auf|évite[rz]?|interdits?|à éviter|evit[ae]r?|evitad|prohibido|evita(?:re|te)|vietato|vermijd(?:en)?|verboden|proibido)`;
const SAY = String.raw`(?:say(?:ing)?|mention(?:ing)?|write|claim|promise|state|imply|use the (?:words?|phrases?|terms?)|talk about|sag(?:en|t|e)|erwähn(?:en|t|e)|nenn(?:en|t|e)|schreib(?:en|t|e)|versprech(?:en|t)|behaupte[nt]?|verwende[nt]?|benutze[nt]?|dire|dites|mentionne[rz]|écri(?:re|vez)|promett(?:re|ez)|utilise[rz]|decir|diga[ns]?|mencion(?:ar|en?)|escrib(?:ir|an?)|promet(?:er|an?)|us(?:ar|en)|menzion(?:are|ate)|scriv(?:ere|ete)|promettere|usa(?:re|te)|zeg(?:gen)?|noem(?:en)?|vermeld(?:en)?|schrijf|schrijven|gebruik(?:en)?|belo(?:of|ven)|dizer|diga|escrever?|prometer?)`;
/** Words that may stand between those that forbid or demand and the quotation that they are about. */
const BETWEEN = String.raw`(?:(?:ever|please|bitte|also|auch|${SAY}|use|using|include|contain|call (?:it|us|them)|be|any|all|the|a|an|words?|phrases?|terms?|sentences?|text|note|line|like|such as|of|that|sie|es|das|die|der|den|dem|ein|einen|wort|wörter|worte|begriffe?|ausdruck|satz|hinweis|le|la|les|l['’]|de|du|des|mots?|termes?|phrase|mention|el|los|las|palabras?|frase|il|lo|gli|i|parol[ae]|termin[ei]|het|een|woord(?:en)?|zin|o|os|as|palavras?)\s+|:\s*)`;
const QUOTE = String.raw`\s*["“„«'‘‚]\s?(?=${MASK})`;
const FORGET = String.raw`(?:forget|omit|skip|miss|drop|leave (?:it )?out|without|vergiss|vergessen|vergesst|weglassen|ohne|oubli(?:er|ez)|omettre|sans|olvid(?:ar|en?)|sin|dimentica(?:re|te)|senza|vergeet|vergeten|zonder|esque(?:cer|ça)|sem)`;
const ALWAYS = String.raw`(?:always|must|has to|have to|be sure to|make sure to|please (?:say|include|state|add|write)|immer|stets|unbedingt|muss|müssen|bitte (?:sagen|schreiben|angeben)|toujours|il faut|doit|siempre|debe|hay que|sempre|deve|bisogna|altijd|moet)`;
const INSTEAD = String.raw`(?:instead|rather|stattdessen|lieber|besser|plutôt|à la place|en su lugar|mejor|invece|piuttosto|in plaats daarvan|liever|em vez disso|antes)`;

/** A statement begins at the start, behind a mark, in a new line, or behind a word that joins it to another. */
const BEGIN = String.raw`(?:^|[.!?;,:–—…"”“»)\n]\s*|\s(?=(?:but|and|aber|und|sondern|mais|et|pero|y|ma|e|maar|en|mas)\s))`;
const JOIN = String.raw`(?:(?:[•*>-]|but|and|or|also|so|however|please|aber|und|auch|doch|bitte|mais|et|merci de|s['’]il vous plaît|pero|y|por favor|ma|e|per favore|maar|en|graag|mas)[\s,:]+){0,3}`;
const WHO = String.raw`(?:(?:we|you|it|they|emails?|the emails?|wir|ihr|sie|man|es|nous|vous|on|you all)\s+(?:(?:must|should|may|can|dürfen|darf|sollen|soll|ne)\s+)?)?`;

const pattern = (body: string): RegExp => new RegExp(`${BEGIN}${JOIN}(?<own>${WHO}${body})`, 'giu');

/** A double negation demands: "Do not forget to say ...". */
const DEMANDS: readonly RegExp[] = [
  pattern(
    String.raw`(?:${NOT}\s+|n['’])(?:\p{L}+\s+){0,2}?${FORGET}(?![\p{L}])(?:\s+(?:to|zu|de|di|om|te)\s)?\s*${BETWEEN}{0,6}(?=${QUOTE})`,
  ),
  pattern(String.raw`${ALWAYS}\s+${BETWEEN}{0,6}(?=${QUOTE})`),
];
const OBJECT = String.raw`(?=[\s:]*["“„«'‘‚\p{L}\d])`;
const FORBIDS: readonly RegExp[] = [
  pattern(String.raw`(?:\p{L}+\s+){0,2}?(?:${NOT}|n['’](?=\p{L}))\s*${BETWEEN}{0,6}(?=${QUOTE})`),
  pattern(String.raw`ne\s+\p{L}+\s+(?:pas|jamais|plus)\s+${BETWEEN}{0,6}(?=${QUOTE})`),
  pattern(String.raw`n['’]\p{L}+\s+(?:pas|jamais|plus)\s+${BETWEEN}{0,6}(?=${QUOTE})`),
  pattern(String.raw`${AVOID}(?![\p{L}])[\s:]*${BETWEEN}{0,6}(?=${QUOTE})`),
  // Without a quotation, only a verb of saying makes a prohibition one of words: "Never exceed the dose" is a wording.
  pattern(String.raw`${NOT}\s+(?:ever\s+)?${SAY}(?![\p{L}])${OBJECT}[\s:]*${BETWEEN}{0,6}`),
  pattern(String.raw`${SAY}\s+(?:sie\s+|bitte\s+)*${NOT}(?![\p{L}])${OBJECT}[\s:]*${BETWEEN}{0,6}`),
  pattern(String.raw`ne\s+${SAY}\s+(?:pas|jamais)\s+${BETWEEN}{0,6}`),
  pattern(String.raw`(?:please\s+)?${AVOID}(?![\p{L}])[\s:]+${BETWEEN}{0,6}`),
];
const UNCLEAR: readonly RegExp[] = [
  pattern(String.raw`(?:do not|don['’]t|never)\s+(?:use|include)(?![\p{L}])[\s:]*`),
  pattern(String.raw`(?:${SAY}|use)\s+${BETWEEN}{0,6}(?=${QUOTE}[^.;\n]*${INSTEAD}(?![\p{L}]))`),
  pattern(String.raw`${INSTEAD}\s+${BETWEEN}{0,6}(?=${QUOTE})`),
];

/** Behind its words: "“cheap” is forbidden", "„billig“ nicht schreiben". */
const FORBIDS_BEHIND =
  /\s*(?:(?:(?:is|are|ist|sind|est|sont|es|son|è|sono|zijn|é|são)\s)(?:strictly |streng |strictement )?(?:off[- ]limits|forbidden|banned|prohibited|not allowed|taboo|verboten|untersagt|tabu|nicht erlaubt|interdite?s?|prohibid[oa]s?|vietat[oaie]|verboden|proibid[oa]s?)|(?:bitte )?(?:nicht|nie|niemals|keinesfalls|auf keinen fall) (?:erwähnen|nennen|sagen|versprechen|verwenden|schreiben|behaupten|benutzen)|(?:niet|nooit) (?:zeggen|noemen|gebruiken|schrijven|vermelden)|must (?:not|never) (?:appear|be (?:used|said|mentioned|written))|(?:darf|dürfen) (?:nicht|nie|niemals) (?:vorkommen|fallen|erscheinen|stehen|rein))(?![\p{L}])/iu;

/**
 * Parts a passage about words into statements, each with what it says by itself: it may differ from the label above. What
 * follows the sentence that forbids or demands is told by the label again.
 */
export function statementsIn(text: string, passage: Span): readonly Statement[] {
  const masked = maskedWords(text, passage);
  const found: Statement[] = [];
  let at = 0;
  const begins = beginningsIn(masked);
  for (const [index, { at: start, from, polarity }] of begins.entries()) {
    if (start > at) found.push(...untold(masked, { start: at, end: start }));
    const next = begins[index + 1]?.at ?? masked.length;
    const end = sentencesIn(masked, { start, end: next })[0]?.end ?? next;
    found.push({ start, end, from, to: end, polarity });
    at = end;
  }
  if (at < masked.length) found.push(...untold(masked, { start: at, end: masked.length }));
  return found.flatMap((statement) => {
    const span = trimSpan(text, moved(statement, passage.start));
    if (!/[\p{L}\p{N}]/u.test(text.slice(span.start, span.end))) return [];
    const { from, to, polarity } = statement;
    return [{ ...span, from: passage.start + from, to: passage.start + to, polarity }];
  });
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** What no words in front of it forbid or demand; it may still do so behind its words. */
function untold(masked: string, span: Span): readonly Statement[] {
  if (span.end - span.start < LEAST_STATEMENT)
    return [{ ...span, from: span.start, to: span.end, polarity: undefined }];
  const sentences = sentencesIn(masked, span).map(({ start, end }): Statement => {
    const behind = FORBIDS_BEHIND.exec(masked.slice(start, end));
    return behind === null
      ? { start, end, from: start, to: end, polarity: undefined }
      : { start, end, from: start, to: start + behind.index, polarity: 'forbids' };
  });
  const told = sentences.some(({ polarity }) => polarity !== undefined);
  return told ? sentences : [{ ...span, from: span.start, to: span.end, polarity: undefined }];
}

/** Shorter ones have no room for words and what forbids them. */
const LEAST_STATEMENT = 8;

/** A quotation that is a sentence ends one with its closing mark. */
const CLOSED = new RegExp(String.raw`${ENDS}(\s?)["”“»'’‘]`, 'gu');

function sentencesIn(masked: string, span: Span): readonly Span[] {
  const ended = masked.replaceAll(CLOSED, 'q$1.');
  return sentencesOf(ended.replaceAll(MASK, 'q').replaceAll(ENDS, 'q'), span);
}

interface Beginning {
  readonly at: number;
  readonly from: number;
  readonly polarity: Polarity | 'unclear';
}

/** Words without which none of the patterns fits: most passages have none, and are not searched for all of them. */
const TRIGGER = new RegExp(String.raw`${NOT}|n['’]|ne\s|${AVOID}|${ALWAYS}|${INSTEAD}`, 'iu');

function beginningsIn(masked: string): readonly Beginning[] {
  const found: Beginning[] = [];
  if (!TRIGGER.test(masked)) return found;
  const add = (patterns: readonly RegExp[], polarity: Polarity | 'unclear'): void => {
    for (const each of patterns) {
      for (const match of masked.matchAll(each)) {
        const own = match.groups?.['own'] ?? '';
        const from = match.index + match[0].length;
        const at = beginOf(masked, match.index, from - own.length);
        const taken = found.some((other) => at < other.from && other.at < from);
        if (!taken) found.push({ at, from, polarity });
      }
    }
  };
  add(DEMANDS, 'demands');
  add(UNCLEAR.slice(1), 'unclear');
  add(FORBIDS, 'forbids');
  add(UNCLEAR.slice(0, 1), 'unclear');
  return found.toSorted((one, other) => one.at - other.at);
}

/** A mark in front of a statement belongs to the one before. */
function beginOf(masked: string, index: number, own: number): number {
  const before = masked.slice(index, own);
  const mark = /^[.!?;,:–—…"”“»)\n]\s*/u.exec(before)?.[0].length ?? 0;
  return index + mark;
}

function maskedWords(text: string, passage: Span): string {
  let masked = '';
  let at = passage.start;
  for (const { start, end } of quotationsIn(text, passage)) {
    const closing = /[.!?]$/.test(text.slice(start, end)) ? 1 : 0;
    masked += text.slice(at, start) + MASK.repeat(end - start - closing) + ENDS.repeat(closing);
    at = end;
  }
  return masked + text.slice(at, passage.end);
}
