import { z } from 'zod';

import type { Answer } from '../../../src/state/index.ts';
import { plainText } from '../brief/plain-text.ts';
import type { AudienceSegment, Fact, OpenQuestion } from '../artifact.ts';
import { withoutTelephones } from '../identifiers/index.ts';
import type { Language } from '../lexicon/languages.ts';
import { segmentOf } from './facts.ts';
import { MISSING, type RequiredPath } from '../wording/wording.ts';

/** Words by which a person says that they do not know. */
const NO_ANSWER =
  /^(?:n\/?a|none|no idea|unknown|(?:i )?don['’]t know|tbd|\?+|-+|keine ahnung|weiß (?:ich )?nicht|unbekannt|je ne sais pas|no (?:lo )?sé|non (?:lo )?so|weet ik niet|não sei)[.!]?$/i;
const MAX_ANSWER = 2000;

/** Gives the newest answer to `path` that can be used, in clean words; undefined when there is none. */
export function answerTo(path: string, answers: readonly Answer[]): string | undefined {
  for (const { question, text } of answers.toReversed()) {
    if (question !== path) continue;
    const lines = linesOf(text).join('\n');
    const usable = CONTACT_PATH.test(path) ? lines : withoutTelephones(lines);
    if (usable !== '' && isUsable(path, usable)) return usable;
  }
  return undefined;
}

/** Answers that may hold the sender's own telephone number. */
const CONTACT_PATH = /^(?:sender\.|callToAction$)/;

/** Gives the lines of an answer in clean words; identifiers of persons are withheld. */
export function linesOf(answer: string): readonly string[] {
  return answer
    .slice(0, MAX_ANSWER)
    .split(/\r\n?|\n|;/)
    .map((line) => plainText(line.replace(/^\s*(?:[-*•]|\d{1,2}[.)])\s+/, '')))
    .filter((line) => /[\p{L}\p{N}]/u.test(line.replaceAll('[withheld]', '')));
}

function isUsable(path: string, text: string): boolean {
  if (NO_ANSWER.test(text)) return false;
  if (path === 'sender.email') return z.email().safeParse(text).success;
  if (path === 'sender.postalAddress') return isPostalAddress(text);
  if (path === 'keyMessages') return text.split('\n').some(tellsSomething);
  return text.length >= 2;
}

const CONTACT =
  /(?:https?:\/\/|www\.)\S+|[^\s@]+@[^\s@]+\.[^\s@]+|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:\/\S*)?|\+?\d[\d\s()/.-]{5,}\d|\[withheld\]/giu;
const CONTACT_WORD =
  /(?<![\p{L}])(?:tel|telephone|phone|fon|telefon|fax|mobile|mobil|handy|e-?mail|mail|web|website|www|url|link|internet|téléphone|courriel|site|teléfono|correo|telefono|sito|telefoon|telefone|at|to|or|and|via|me|us|my|our|on|here|call|ring|write|reach|contact|see|visit|und|oder|bei|unter|mich|uns|mir|anrufen|schreiben|kontakt|sur|ou|et|nous|moi|me|mi|nos|o|y|ci|su|bel|mij|ons|op|em|ou)(?![\p{L}])[.:]?/giu;

/** Tells whether `text` states something, and is more than an address, a link, or a telephone number. */
export function tellsSomething(text: string): boolean {
  return /\p{L}{2}/u.test(text.replaceAll(CONTACT, ' ').replaceAll(CONTACT_WORD, ' '));
}

/** Tells whether `text` can be a postal address: long enough, with a number in it. */
export function isPostalAddress(text: string): boolean {
  return text.length >= 10 && /\d/.test(text) && /\p{L}{2}/u.test(text) && !/@|https?:/i.test(text);
}

/** Makes the one fact of a field of an answer. */
export function answeredFact(id: string, path: string, answers: readonly Answer[]): Fact | null {
  const text = answerTo(path, answers)?.replaceAll(
    '\n',
    path === 'sender.postalAddress' ? ', ' : ' ',
  );
  return text === undefined ? null : { id, text, sources: [{ kind: 'answer', question: path }] };
}

/** Makes a list of facts of an answer, one of each line. */
export function answeredFacts(name: string, path: string, answers: readonly Answer[]): Fact[] {
  const lines = (answerTo(path, answers)?.split('\n') ?? []).filter(
    (line) => path !== 'keyMessages' || tellsSomething(line),
  );
  return lines.map((text, index) => ({
    id: `${name}-${index + 1}`,
    text,
    sources: [{ kind: 'answer' as const, question: path }],
  }));
}

/** Makes segments of an answer, one of each line. */
export function answeredSegments(answers: readonly Answer[], path = 'audience'): AudienceSegment[] {
  return answeredFacts('segment', path, answers).map(({ id, text, sources }) => ({
    id,
    ...segmentOf(text),
    sources,
  }));
}

/** Asks for a field that the brief does not tell. The question's id is the field's path. */
export function questionFor(path: RequiredPath, language: Language): OpenQuestion {
  return { id: path, text: MISSING[path][language], path, options: [] };
}
