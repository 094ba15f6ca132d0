import { maskText } from '../identifiers/index.ts';
import { firstIndex, type Span } from './span.ts';
import { withoutInvisible } from './invisible.ts';

/** A place of the brief that is read as other words: a withheld identifier, hidden markup, a person's correction. */
export interface Edit extends Span {
  readonly text: string;
  /** The question whose answer gave `text`; undefined when no person was involved. */
  readonly question: string | undefined;
}

/** A brief as it may be read: `edits` are sorted and do not overlap. */
export interface ReadableBrief {
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** What a span says. */
export interface Reading {
  /** The brief's own words: one line, without Markdown, invisible characters and identifiers of persons. */
  readonly text: string;
  /** Questions whose answers took part in `text`. */
  readonly questions: readonly string[];
}

/**
 * What stands for the end of a line: a space in prose, a comma in a postal address, and in an offer a full stop where the
 * line was not full and the next one begins something else.
 */
export type LineBreak = ' ' | ', ' | '. ';

/**
 * Reads `span` as plain text. The same brief, edits and span always give the same words, so a check can read again
 * what an artifact says it read.
 */
export function readSpan(brief: ReadableBrief, span: Span, lineBreak: LineBreak = ' '): Reading {
  const { edits } = brief;
  const questions: string[] = [];
  const first = firstIndex(edits.length, (index) => (edits[index]?.end ?? 0) > span.start);
  let raw = '';
  let at = span.start;
  for (let index = first; index < edits.length; index += 1) {
    const edit = edits[index];
    if (edit === undefined || edit.start >= span.end) break;
    raw += brief.text.slice(at, Math.max(at, edit.start)) + edit.text;
    at = Math.max(at, edit.end);
    if (edit.question !== undefined) questions.push(edit.question);
  }
  raw += brief.text.slice(Math.min(at, span.end), span.end);
  return { text: plainText(raw, lineBreak), questions };
}

/** Gives `raw` as one line without Markdown, HTML tags, invisible characters and identifiers of persons. */
export function plainText(raw: string, lineBreak: LineBreak = ' '): string {
  const visible = joinLines(withoutInvisible(raw), lineBreak);
  const plain = withoutEmphasis(withoutTags(withoutLinks(visible)))
    .replaceAll('|', ' – ')
    .replaceAll('&amp;', '&')
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return maskText(plain);
}

const LINE_START = /^[\t >]*(?:(#{1,6}\s+|[-+*•·▪◦‣]\s+))?/;

/** Puts lines together: a bullet after words that do not end a clause is set off by a semicolon. */
function joinLines(text: string, lineBreak: LineBreak): string {
  if (!/[\r\n]/.test(text)) return text;
  let joined = '';
  let previous = '';
  for (const line of text.split(/\r\n?|\n/)) {
    const marker = LINE_START.exec(line);
    const words = line.slice(marker?.[0].length ?? 0).trim();
    if (words === '') continue;
    const open = marker?.[1] === undefined ? breakBetween(previous, words, lineBreak) : '; ';
    const sets = /[.;:,!?]$/.test(joined) ? ' ' : open;
    joined += joined === '' ? words : sets + words;
    previous = words;
  }
  return joined;
}

/** A line that was broken because it was full is longer. */
const SHORT_LINE = 50;
/** Words that wait for what stands in the next line. */
const WAITING =
  /(?:[,–—-]|(?<!\p{L})(?:\p{Ll}{1,3}|from|with|until|into|than|only|your|their|this|these|every|costs?|instead|plus|ohne|oder|sowie|statt|unsere?[nrms]?|deine?[nrms]?|ihre?[nrms]?|eine[nrms]?|diese[nrms]?|alle[nrms]?|jede[nrms]?|kostet|kosten|avec|pour|dans|sans|tous|toutes|votre|notre|nos|chaque|para|desde|todos|todas|nuestr[oa]s?|cada|della|tutti|tutte|nostr[oai]|ogni|voor|onze|elke|alle|zonder|pela|pelo|noss[oa]s?))$/u;

/** A full stop stands only between lines of which each stands by itself. */
function breakBetween(line: string, next: string, lineBreak: LineBreak): LineBreak {
  const apart = line.length < SHORT_LINE && /^[\p{Lu}\d€$£]/u.test(next) && !WAITING.test(line);
  return lineBreak === '. ' && !apart ? ' ' : lineBreak;
}

const LINK =
  /!?\[([^[\]\n]{0,300})\]\(\s?((?:[^()\s]|\([^()\s]{0,200}\)){0,1000})(?:\s"[^"\n]{0,200}")?\s?\)/g;

/** Shows a link as its words and its address; an address that is not of the web or of mail is left out. */
function withoutLinks(text: string): string {
  return text.replaceAll(LINK, (_whole, words: string, address: string) => {
    if (!/^(https?:\/\/|mailto:)/i.test(address) || address === words) return words;
    return words.trim() === '' ? address : `${words} (${address})`;
  });
}

function withoutTags(text: string): string {
  return text
    .replaceAll(/<((?:https?:\/\/|mailto:)[^<>\s]{1,1000})>/g, '$1')
    .replaceAll(/<([^<>\s@]{1,64}@[^<>\s@]{1,255})>/g, '$1')
    .replaceAll(/<[/!]?[a-zA-Z][^<>]{0,500}>|<!--[^<>]{0,500}-->/g, '');
}

/** A lone star inside a word masks a letter ("f*ee"), and is part of what the brief says. */
function keptMask(star: string, emphasis: string | undefined): string {
  return emphasis === undefined ? star : '';
}

function withoutEmphasis(text: string): string {
  return text
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!|>~])/g, '$1')
    .replaceAll(/`|~~/g, '')
    .replaceAll(/(?<=[\p{L}\p{N}])\*(?=[\p{L}\p{N}])|(\*(?=\S)|(?<=\S)\*)/gu, keptMask)
    .replaceAll(/(?<![\p{L}\p{N}_])_+(?=\S)|(?<=[^\s_])_+(?![\p{L}\p{N}_])/gu, '');
}
