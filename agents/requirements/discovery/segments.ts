import { sentencesOf } from '../brief/sentences.ts';
import { trimSpan, type Span } from '../brief/span.ts';
import { ALSO_TO } from './cues.ts';
import type { Passage } from './outline-state.ts';
import { enumerationIn, withoutFullStop } from './split-passage.ts';

/** A segment of the audience, or people who are not to be written to. */
export interface SegmentPlace extends Span {
  readonly field: 'audience' | 'excluded';
  /** The words that exclude them, as far as they belong together. */
  readonly context?: Span;
}

const LEAD = String.raw`(?:(?:please|and|but|also|especially|certainly|definitely|we|you|bitte|und|aber|auch|vor allem|insbesondere|auf|wir|et|mais|surtout|y|pero|por favor|sobre todo|e|ma|soprattutto|per favore|en|maar|vooral|zeker|mas|sobretudo|however)[\s,:]+){0,3}`;
const NOT = String.raw`(?:do not|don['’]t|must not|should not|may not|not|never|no|nobody|none of|nicht|nie|niemals|auf keinen fall|keinesfalls|keine?[nr]?|niemand|ne pas|ne jamais|pas|jamais|aucune?|personne|no|nunca|nadie|non|mai|nessuno|niet|nooit|geen|niemand|não|ninguém)`;
const TO = String.raw`(?:(?:contact(?:ed|ing)?|e-?mail|mail|write|send|invite|target|address|include|want|anything|it|this|to|for|at|from|the|any|an|für|aus|von|die|der|den|dem|contacter|écrire|envoyer|inviter|viser|pour|aux?|à|de|des|les|contactar|escribir|enviar|invitar|incluir|para|a|al|los|las|contattare|scrivere|inviare|invitare|per|ai?|agli|alle|i|gli|le|aanschrijven|benaderen|mailen|sturen|schrijven|voor|aan|naar|de|het|contatar|escrever|convidar|aos?|às|os|as)[\s:]+)*`;
const WITHOUT = String.raw`(?:exclud(?:e|es|ed|ing)|except(?:ing)?(?: for)?|without|leave out|leaving out|apart from|other than|ausgenommen|ausgeschlossen|außer|ausser|ohne|sauf|hors|excepté|à l['’]exception d(?:e|es|u)|exclure|sans|excepto|salvo|sin|excluir|tranne|eccetto|escluso|esclus[aei]|escludere|senza|behalve|zonder|uitgezonderd|exceto|sem|menos|à exceção d[eoa]s?)`;
const EXCLUDES = new RegExp(
  String.raw`^[\s(]*${LEAD}(?:${NOT}(?:\s*:\s*|\s+)${TO}|${WITHOUT}(?:\s*:\s*|\s+)(?:the\s|die\s|der\s|les\s|los\s|las\s|i\s|gli\s|le\s|de\s|os\s|as\s)?)`,
  'iu',
);
/** Names that begin with such a word and exclude nobody. */
const NAMES =
  /^[\s(]*(?:not[- ]for[- ]profit|no[- ]frills|non[- ]profit|sin ánimo|sans abri|senza dimora)/iu;
const VERB_LAST =
  /\s+(?:bitte\s+)?(?:anschreiben|kontaktieren|einladen|ansprechen|schreiben|mailen|aanschrijven|benaderen|please|bitte|s['’]il vous plaît|por favor|per favore|graag)[\s.!)]*$/iu;
/** "Schools are not to be contacted", "Schulen bitte nicht anschreiben". */
const PASSIVE =
  /^(?<who>[^,;:.!?]{3,60}?)\s+(?:(?:are|is|must|should|may|shall|will)\s+(?:not|never)\s+(?:to\s+)?be\s+(?:contacted|e-?mailed|mailed|invited|written to|included|addressed)|(?:bitte\s+)?(?:nicht|nie)\s+(?:anschreiben|kontaktieren|einladen|ansprechen)|(?:werden|dürfen|sollen)\s+(?:nicht|nie)\s+(?:angeschrieben|kontaktiert|eingeladen))(?![\p{L}])/iu;
const ASIDE = /\(([^()]{2,200})\)/gu;
/** Behind a name: "Hotels, but not hostels", "Hotels – not hostels". */
const BEHIND =
  /(?:,|;|\s[–—-])\s*(?=(?:(?:but|aber|mais|pero|ma|maar|mas)\s)?(?:not|never|no|except|excluding|without|nicht|keine?n?|ohne|außer|pas|sauf|hors|jamais|excepto|salvo|tranne|eccetto|niet|geen|behalve|exceto|não)\s)/giu;
const FEW_WORDS = 5;
const LONGEST_LEAD = 120;

/** Splits a passage on the audience into segments, and those who are not to be written to. */
export function segmentsIn(text: string, passage: Passage): readonly SegmentPlace[] {
  const sentences = sentencesOf(text, passage).flatMap((sentence) => beforeAlso(text, sentence));
  const excluding = sentences.filter((sentence) => excludedIn(text, sentence) !== undefined);
  const also = sentences.filter((sentence) => addedIn(text, sentence) !== undefined);
  const apartFrom = [...excluding, ...also];
  const others = sentences.filter((sentence) => !apartFrom.includes(sentence));
  const wholes = apartFrom.length === 0 ? [trimSpan(text, passage)] : joined(others);
  const apart = others.length > 1 && others.every((sentence) => isShort(text, sentence));
  const parts = apart && passage.kind === 'prose' ? others : wholes;
  const found = parts
    .flatMap((part) => (passage.kind === 'prose' ? enumerationIn(text, part) : [part]))
    .flatMap((part) => withoutAsides(text, part));
  const left = excluding.flatMap((sentence) => excludedPlaces(text, sentence));
  const added = also.flatMap((sentence) =>
    withoutAsides(text, addedIn(text, sentence) ?? sentence),
  );
  return [...found, ...added, ...left].toSorted((one, other) => one.start - other.start);
}

const ALSO = new RegExp(
  String.raw`^(?:(?:and|but|please|und|bitte|et|y|e|en)\s){0,2}(?:${ALSO_TO}|also (?:to|for)\s|auch für\s|aussi pour\s|también para\s|anche per\s|ook voor\s|também para\s)`,
  'iu',
);

/** What adds people is a sentence of its own, whether the one before it has a full stop, a comma or only a line break. */
function beforeAlso(text: string, { start, end }: Span): readonly Span[] {
  const marks = [...text.slice(start, end).matchAll(/\r?\n\s*|[,;]\s+/g)];
  const cut = marks.find(({ 0: mark, index }) =>
    ALSO.test(text.slice(start + index + mark.length, end)),
  );
  if (cut === undefined) return [{ start, end }];
  return [
    { start, end: start + cut.index },
    { start: start + cut.index + cut[0].length, end },
  ];
}

/** Whom a sentence adds to the people in front of it: "Also send it to students." */
function addedIn(text: string, sentence: Span): Span | undefined {
  const match = ALSO.exec(text.slice(sentence.start, sentence.end));
  if (match === null) return undefined;
  return withoutFullStop(text, { start: sentence.start + match[0].length, end: sentence.end });
}

/** Sentences that follow one another become one place again. */
function joined(sentences: readonly Span[]): readonly Span[] {
  const first = sentences[0];
  const last = sentences.at(-1);
  return first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end }];
}

function isShort(text: string, { start, end }: Span): boolean {
  return text.slice(start, end).split(/\s+/).length <= FEW_WORDS;
}

/** Where the people stand that `part` excludes from its first word on. */
function excludedIn(text: string, part: Span): Span | undefined {
  const words = text.slice(part.start, Math.min(part.end, part.start + LONGEST_LEAD));
  const passive = PASSIVE.exec(words)?.groups?.['who'];
  if (passive !== undefined) return { start: part.start, end: part.start + passive.length };
  const match = NAMES.test(words) ? null : EXCLUDES.exec(words);
  if (match === null) return undefined;
  const rest = text.slice(part.start + match[0].length, part.end).replace(VERB_LAST, '');
  const whole = {
    start: part.start + match[0].length,
    end: part.start + match[0].length + rest.length,
  };
  const place = withoutFullStop(text, whole);
  const closed =
    text.charAt(place.end - 1) === ')' ? { start: place.start, end: place.end - 1 } : place;
  return closed.end > closed.start ? closed : undefined;
}

function excludedPlaces(text: string, part: Span): readonly SegmentPlace[] {
  const place = excludedIn(text, part);
  if (place === undefined) return [];
  const context = trimSpan(text, part);
  return enumerationIn(text, place).map((each) => ({ ...each, field: 'excluded', context }));
}

/** A segment without an aside or a clause that leaves people out, and the people. */
function withoutAsides(text: string, part: Span): readonly SegmentPlace[] {
  if (excludedIn(text, part) !== undefined) return excludedPlaces(text, part);
  const words = text.slice(part.start, part.end);
  const asides = [...words.matchAll(ASIDE)].map(({ 0: all, index }) => ({
    start: part.start + index,
    end: part.start + index + all.length,
  }));
  const clauses = [...words.matchAll(BEHIND)].map(({ 0: mark, index }) => ({
    start: part.start + index + mark.length,
    end: part.end,
    cut: part.start + index,
  }));
  const aside = asides.find((each) => excludedIn(text, each) !== undefined);
  const clause = clauses.find((each) => excludedIn(text, each) !== undefined);
  const cut = aside?.start ?? clause?.cut;
  const left = aside ?? clause;
  if (cut === undefined || left === undefined) return [{ ...part, field: 'audience' }];
  const name = withoutFullStop(text, { start: part.start, end: cut });
  const behind = aside === undefined ? part.end : aside.end;
  const rest = trimSpan(text, { start: behind, end: part.end });
  return [
    ...(/[\p{L}\p{N}]/u.test(text.slice(name.start, name.end))
      ? [{ ...name, field: 'audience' as const }]
      : []),
    ...excludedPlaces(text, left),
    ...(/[\p{L}\p{N}]{3}/u.test(text.slice(rest.start, rest.end)) ? withoutAsides(text, rest) : []),
  ];
}
