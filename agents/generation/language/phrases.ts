import type { Language, Register } from '../content.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { pt } from './pt.ts';
import type { PhraseTable, Phrases, Purpose } from './phrase-table.ts';

const TABLES: Readonly<Record<Language, PhraseTable>> = { en, de, fr, es, it, nl, pt };

/** Gives the phrases of a language in a register. */
export function phrasesOf(language: Language, register: Register): Phrases {
  return TABLES[language][register];
}

/** Gives the subject line of `purpose` in `language`, with `{topic}` still open. */
export function subjectOf(language: Language, purpose: Purpose): string {
  return TABLES[language].subjects[purpose];
}

/** Gives the subject line of `purpose` that names only the sender, with `{sender}` still open. */
export function senderSubjectOf(language: Language, purpose: Purpose): string {
  return TABLES[language].senderSubjects[purpose];
}

/** Fills the places `{name}` of a phrase. */
export function fill(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/(?<!\{)\{(\w+)\}(?!\})/gu, (place, name: string) => values[name] ?? place);
}

/** Gives every phrase of a language, in both registers, as it may stand in an email with these values. */
export function boilerplate(
  language: Language,
  values: Readonly<Record<string, string>>,
): readonly string[] {
  const { formal, friendly, senderSubjects } = TABLES[language];
  const subjects = Object.values(senderSubjects).map((phrase) => fill(phrase, values));
  const others = [formal, friendly].flatMap(
    ({
      openings,
      greeting,
      signOff,
      offer: _offer,
      note: _note,
      date: _date,
      closing: _closing,
      ...phrases
    }) =>
      [openings, greeting, signOff, phrases]
        .flatMap((record) => Object.values(record))
        .map((phrase) => fill(phrase, values)),
  );
  return [...subjects, ...others];
}

/**
 * Gives `text` without the phrases of the language around it ("Our offer for you: {text}", "Reminder: {topic}"), in either
 * register; `text` itself when none is around it.
 */
export function withoutPhrase(language: Language, text: string): string {
  const inside = insideOf(language, text);
  return inside === text ? text : withoutPhrase(language, inside);
}

function insideOf(language: Language, text: string): string {
  const { formal, friendly, subjects } = TABLES[language];
  const frames = [formal, friendly].flatMap(({ offer, note, date, closing }) => [
    offer,
    note,
    date,
    closing,
  ]);
  for (const frame of [...frames, ...Object.values(subjects)]) {
    const [before = '', after = ''] = frame.split(/\{(?:text|topic)\}/u);
    const inside = text.slice(before.length, text.length - after.length).trim();
    const isAround = text.startsWith(before) && text.endsWith(after) && before + after !== '';
    if (isAround && inside !== '') return inside;
  }
  return text;
}
