import { figuresIn } from '../figures/figures.ts';
import type { Language } from '../content.ts';
import type { Told } from './told.ts';

/** What a deadline says when it is about the campaign's own making and sending: no reader's concern. */
const INNER =
  /\b(?:e-?mails?|newsletters?|reminders?|erinnerung\p{L}*|rappels?|recordatorios?|promemoria|herinnering\p{L}*|lembretes?|mailings?|campaigns?|kampagnen?\p{L}*|campagnes?|campañas?|campagn[ae]|campanhas?|versand|aussand|approval|sign-?off|freigabe|review|draft|entwurf|kick-?off|briefing|envoi|envío|invio|verzending|envio|go(?:es)? out|sent out|send-?out|go-?live)\b/iu;
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
