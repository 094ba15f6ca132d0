import { isAbbreviated } from '../../requirements/artifact.ts';
import type { Language } from '../content.ts';

/** Words that make a line a sentence in each language: common finite verbs and the imperatives of offers. */
const VERBS: Readonly<Record<Language, string>> = {
  en: "is are was were be can may will shall must has have had do does get gets give gives offer offers start starts begin begins end ends close closes open opens save saves book join try meet come comes bring brings take takes need needs apply applies pay pays cost costs run runs work works stay stays includes include cover covers helps help lets let makes make keep keeps receive receives register sign order buy visit learn discover you'll we'll it's don't arrives arrive deliver delivers ship ships charge charges use uses expires expire remains lasts last",
  de: 'ist sind war waren wird werden kann können darf dürfen muss müssen soll sollen hat haben gibt geben bietet bieten beginnt beginnen endet enden gilt gelten läuft laufen kostet kosten bekommt bekommen erhalten erhält sparen sparst spart sichern buchen bucht bringt bringen kommt kommen nimmt nehmen macht machen hilft helfen liegt liegen bleibt bleiben steht stehen findet finden schließt öffnet startet starten spendet spenden verkauft verkaufen arbeitet liefert liefern enthält umfasst braucht brauchen entfällt',
  fr: 'est sont était sera seront peut peuvent doit doivent a ont avez offre offrent offrons propose proposons commence commencent finit finissent se coûte coûtent reste restent profitez réservez découvrez recevez venez inscrivez bénéficiez ouvre ferme comprend contient permet aide dure',
  es: 'es son está están será serán puede pueden debe deben tiene tienen ofrece ofrecemos empieza comienza termina cuesta cuestan reserve reserva aproveche descubra reciba venga abre cierra incluye permite ayuda dura hay',
  it: 'è sono sarà saranno può possono deve devono ha hanno offre offriamo inizia comincia termina finisce costa costano prenotate prenota scoprite scopri ricevete venite apre chiude include comprende permette aiuta dura',
  nl: 'is zijn was wordt worden kan kunnen mag moet moeten heeft hebben biedt bieden begint eindigt kost kosten geldt loopt krijgt krijgen bespaart boek ontdek kom komt opent sluit bevat helpt duurt',
  pt: 'é são está estão será serão pode podem deve devem tem têm oferece oferecemos começa termina custa custam reserve aproveite descubra receba venha abre fecha inclui permite ajuda dura há',
};

const END_MARKS = /[.!?…][)"'”“»]*$/u;
const patterns = new Map<Language, RegExp>();

/**
 * Gives a fact's text as prose that can stand inside a sentence: without Markdown, bullets and line breaks, with one closing
 * mark at most. Its words stay the brief's.
 */
export function tidyInside(text: string): string {
  const plain = text
    .replace(/\[([^\]]{1,300})\]\((https?:[^)\s]{1,500})\)/gu, '$1 ($2)')
    .replace(/(\*\*|__|`)(?=\S)([^*_`]{1,500}?)\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}])[*_](?=\S)([^*_]{1,500}?)(?<=\S)[*_](?![\p{L}\p{N}])/gu, '$1')
    .replace(/^[\s>#•*+–—-]+(?=\s)/u, '')
    .replace(/\s+/gu, ' ')
    .replace(/\s+([.,;!?])(?=\s|$)/gu, '$1')
    .replace(/([.,;:!?])\1+$/u, '$1')
    .replace(/[,;:]+$/u, '')
    .trim();
  return plain;
}

/** Gives {@link tidyInside} with a capital first, unless its first word has a spelling of its own. */
export function tidy(text: string): string {
  const plain = tidyInside(text);
  if (isWordWithCapitals(plain)) return plain;
  return plain.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('und'));
}

// "iPhone" and "https://" keep their small letter.
function isWordWithCapitals(text: string): boolean {
  const word = /^\S+/u.exec(text)?.[0] ?? '';
  return /\p{Ll}\p{Lu}/u.test(word) || /^[a-z]+:\/\//u.test(word) || word.includes('@');
}

/** Tells whether `text` closes like a sentence or has a verb, unlike a line such as "20 % off all annual plans". */
export function isSentence(text: string, language: Language): boolean {
  return END_MARKS.test(text) || hasVerb(text, language);
}

/** Tells whether `text` has one of the common verbs of its language, whatever mark it ends with. */
export function hasVerb(text: string, language: Language): boolean {
  let pattern = patterns.get(language);
  if (pattern === undefined) {
    pattern = new RegExp(
      `(?<![\\p{L}'])(?:${VERBS[language].replace(/ /gu, '|')})(?![\\p{L}'])`,
      'iu',
    );
    patterns.set(language, pattern);
  }
  return pattern.test(text.replace(MONTH_OF_MAY, ' '));
}

/** A month, and no verb. */
const MONTH_OF_MAY = /(?<=\d(?:st|nd|rd|th)?\s(?:of\s)?)May(?!\p{L})|May(?=\s\d)/gu;

/** Gives `text` with a closing mark: its own, or a full stop. */
export function closed(text: string): string {
  return END_MARKS.test(text) ? text : `${text}.`;
}

/** Gives `text` without its full stop, as headlines, subject lines and list items have it. */
export function unclosed(text: string): string {
  return /[^.]\.$/u.test(text) &&
    !isAbbreviated(text, '') &&
    !/(?:\b\p{L}\.|\b(?:etc|Inc|Ltd|Co|bzw|usw|ca|Nr|St|a\.m|p\.m)\.|\b\d{1,2}\.)$/iu.test(text)
    ? text.slice(0, -1)
    : text;
}
