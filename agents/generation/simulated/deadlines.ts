import { writeDate } from '../../requirements/artifact.ts';
import type { Language } from '../content.ts';
import { figuresIn } from '../figures/figures.ts';
import { fill, phrasesOf } from '../language/phrases.ts';
import { asTold, isSpoken, type Listener } from './spoken/as-told.ts';
import type { Told } from './told.ts';

/** What a deadline says when it is about the campaign's own making and sending: no reader's concern. */
const INNER =
  /\b(?:(?:e-?)?mails?|newsletters?|reminders?|erinnerung\p{L}*|rappels?|recordatorios?|promemoria|herinnering\p{L}*|lembretes?|mailings?|campaigns?|kampagnen?\p{L}*|campagnes?|campañas?|campagn[ae]|campanhas?|versand|aussand|approval|sign-?off|freigabe|review|draft|entwurf|kick-?off|briefing|envoi|envío|invio|verzending|envio|go(?:es)? out|sent out|send-?out|go-?live)\b/iu;
const DATE_FIRST = /^(?<date>[^–—:]{6,60}?\d{4}|\d{4}-\d{2}-\d{2})\s+[–—-]\s+(?<what>.{3,120})$/u;

const DATE_LAST = /^(?<what>[^–—:]{3,120}?)\s+[–—-]\s+(?<date>[^–—:]{4,60}\d{4})[.]?$/u;

/** Tells whether a deadline binds the makers of the campaign rather than its readers. */
export function isInnerDeadline(text: string): boolean {
  return INNER.test(text);
}

const CLOSES =
  /^(?:(?:the )?(?:offer )?ends?|closing|deadline|last day|ende|endet|schluss|frist|letzter tag|fin|dernier jour|termina|cierre|último dia|último día|fine|scadenza|chiusura|ultimo giorno|einde|sluiting|laatste dag|fim|encerra)(?!\p{L})/iu;

/** Tells whether a text says in its first words that something ends. */
export function saysWhatEnds(text: string): boolean {
  return CLOSES.test(text.trim());
}

/** Tells whether a text holds a date. */
export function hasDate(text: string, language: Language): boolean {
  return figuresIn(text, language).some(({ kind }) => kind === 'date');
}

const BARE =
  /^(?:[\s:.,–—()/-]|\d|(?:st|nd|rd|th|er|from|to|until|till|start|starts|begin|beginn|beginnt|anfang|ab|von|vom|bis|end|ends|ende|endet|schluss|deadline|frist|am|on|at|den|dem|le|el|il|de|del|du|au|al|a|op|em|início|inicio|inizio|début|fin|fine|fim|fino|hasta|jusqu|jusqu’au|jusqu'au|desde|dal|tot|vanaf|einde|até|when|wann|quand|cuándo|quando|wanneer|date|datum|data|fecha)(?!\p{L})|\p{L}+(?=\s\d{4}|,?\s\d{1,2}\.?\s|\s(?:de|of)\s\d{4}))+$/iu;

/** Tells whether a deadline is a date with "until" or "start" and nothing that it is about. */
export function isBareDeadline(text: string): boolean {
  return BARE.test(text.trim());
}

/** Asks when something is; whatever stands behind it, the label is no part of what readers are told. */
const WHEN =
  /^(?:when|dates?|wann|datum|termin|quand|date|cuándo|fecha|quando|data|wanneer)\s?[:：]\s+(?=\S)/iu;
/** Longer ones are sentences about other things with a date in them. */
const MAX_SAID = 160;

/** Says that something ends on `date`, in words of ours around the day; without a full stop. */
export function closingSentence(date: string, language: Language): string {
  const day = writeDate(date, language).replace(/^\D+/u, '');
  return fill(phrasesOf(language, 'formal').closing, { text: day });
}

/**
 * Gives a deadline as readers are told it. A label in front of a date, or words that are not meant for readers, say when something
 * ends by the date that was read from them; undefined where that is told in the last email only, and where nothing can be told.
 */
export function deadlineTold(
  { text, date }: { readonly text: string; readonly date: string | undefined },
  listener: Listener,
  isLast: boolean,
): string | undefined {
  const when = text.replace(WHEN, '');
  if (when !== text) return when;
  const { language } = listener;
  const closing = date === undefined ? undefined : closingSentence(date, language);
  if (isBareDeadline(text)) return isLast ? (closing ?? readably(text)) : undefined;
  const told =
    text.length > MAX_SAID || isSpoken(text, language)
      ? undefined
      : asTold(readably(text), listener);
  return told ?? asTold(text, listener) ?? closing;
}

/** Tells whether one of `texts` holds the day `date`, in whatever notation. */
export function saysDate(texts: readonly string[], date: string, language: Language): boolean {
  const keys = new Set(figuresIn(date, language).flatMap((figure) => figure.keys));
  return texts.some((text) =>
    figuresIn(text, language).some((figure) => figure.keys.some((key) => keys.has(key))),
  );
}

/** Puts what happens before its date, with a colon between, whatever the table had: "Offer ends: Sunday, 11 April 2027". */
export function readably(text: string): string {
  const { date, what } = DATE_FIRST.exec(text)?.groups ?? {};
  return date === undefined || what === undefined
    ? text.replace(DATE_LAST, '$<what>: $<date>')
    : `${what.replace(/[.:]+$/u, '')}: ${date}`;
}

/** Leaves out deadlines whose date another told fact says already; the first fact always stays. */
export function withoutToldDates(told: readonly Told[], language: Language): readonly Told[] {
  const dates = ({ text }: Told): readonly string[] =>
    figuresIn(text, language)
      .filter(({ kind }) => kind === 'date')
      .flatMap(({ keys }) => keys);
  return told.filter((fact, index) => {
    if (index === 0 || fact.kind !== 'deadline') return true;
    const elsewhere = new Set(
      told.filter((other) => other !== fact && other.kind !== 'deadline').flatMap(dates),
    );
    const own = dates(fact);
    return own.length === 0 || !own.every((date) => elsewhere.has(date));
  });
}
