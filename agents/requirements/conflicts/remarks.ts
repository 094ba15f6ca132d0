import { readSpan, type Edit } from '../brief/plain-text.ts';
import { sentencesOf } from '../brief/sentences.ts';
import { firstIndex, type Span } from '../brief/span.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { TO_SOFTWARE } from '../discovery/statements/to-software.ts';
import type { Passage } from '../discovery/outline-state.ts';
import type { Field } from '../lexicon/field.ts';
import type { Remark } from './draft.ts';

/** What a remark must have before it is read: a figure, a number in words with a unit, or a word for emails or how they sound. */
const TELLING =
  /\d|mail|newsletter|courriel|correo|sms|day|tag|woch|lundi|mardi|jeudi|vendredi|samedi|dimanche|lunes|viernes|domingo|venerd|zondag|vrijdag|feira|(?:hours?|days?|weeks?|months?|stunden|tage|wochen|monate|jours|semaines|mois|días|semanas|meses|giorni|settimane|mesi|dagen|weken|maanden|dias)(?![\p{L}])|tone|style|siez|duz|vouvo|tutoy|tute|voice|sound|writ|keep|cop(?:y|ies)|ton|stil|schreib|kling|text|sprach|anrede|écri|style|tono|estilo|escrib|scriv|stile|toon|schrijf|tom/iu;
/** Fields whose figures say nothing about what is offered. */
const OTHERS = new Set<Field | undefined>([
  'metrics',
  'wishedEmails',
  'mustNotSay',
  'excluded',
  'sender.name',
  'sender.email',
  'sender.postalAddress',
  'language',
]);
const MAX_REMARKS = 300;
const MAX_PASSAGES = 2000;

/** What remarks are found in. */
export interface RemarkSources {
  readonly brief: string;
  readonly passages: readonly Passage[];
  readonly notes: readonly Span[];
  readonly candidates: readonly Candidate[];
  readonly edits: readonly Edit[];
}

/** Finds the sentences of a brief that no fact is made of and that may contradict one: remarks, and notes to its makers. */
export function remarksOf({
  brief,
  passages,
  notes,
  candidates,
  edits,
}: RemarkSources): readonly Remark[] {
  const told = candidates
    .filter(({ field }) => field !== 'wishedEmails' && field !== 'excluded')
    .toSorted((one, other) => one.start - other.start);
  const isTold = endsOf(told);
  const remarks: Remark[] = [];
  const add = (span: Span, note: boolean): void => {
    if (!TELLING.test(brief.slice(span.start, span.end))) return;
    for (const sentence of sentencesOf(brief, span)) {
      if (remarks.length >= MAX_REMARKS) return;
      if (!note && isTold(sentence)) continue;
      const { text } = readSpan({ text: brief, edits }, sentence);
      if (text !== '' && TELLING.test(text) && !TO_SOFTWARE.test(text))
        remarks.push({ ...sentence, text, note });
    }
  };
  for (const note of notes) add(note, true);
  const read = passages.filter(({ field, kind }) => !OTHERS.has(field) && kind !== 'header');
  for (const passage of read.slice(0, MAX_PASSAGES)) add(passage, false);
  return remarks;
}

/** Tells whether a span touches one of the sorted candidates. */
function endsOf(sorted: readonly Candidate[]): (span: Span) => boolean {
  let reach = 0;
  const reaches = sorted.map(({ end }) => (reach = Math.max(reach, end)));
  return ({ start, end }) => {
    const next = firstIndex(sorted.length, (index) => (reaches[index] ?? 0) > start);
    return (sorted[next]?.start ?? Number.POSITIVE_INFINITY) < end;
  };
}
