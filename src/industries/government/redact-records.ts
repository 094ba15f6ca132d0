import { redact, type Detector, type Finding } from '../../privacy/index.ts';
import { defineAgent, type AgentTask } from '../../workflow/index.ts';
import {
  LABELS,
  RecordsRequest,
  Redaction,
  Scoping,
  type Exemption,
  type LogEntry,
  type ReleasedRecord,
  type Scoping as Scoped,
} from './facts.ts';

type Task = AgentTask<RecordsRequest, { readonly scoping: Scoped }, Redaction>;
type Given = RecordsRequest['records'][number];
type Paragraph = ReleasedRecord['paragraphs'][number];

/** What of a person is taken out of texts that are released: personal privacy. */
const PERSONAL = [
  'EMAIL_ADDRESS',
  'PHONE_NUMBER',
  'US_SSN',
  'US_ITIN',
  'US_PASSPORT',
  'US_DRIVER_LICENSE',
  'US_BANK_NUMBER',
  'CREDIT_CARD',
  'IBAN_CODE',
  'IP_ADDRESS',
  'MAC_ADDRESS',
  'US_MBI',
] as const;
const PRIVACY: Exemption = 'b6';
const TERM = /^TERM_(\d+)$/;

/** Types that a release holds none of. */
export const WITHHELD_TYPES: readonly string[] = PERSONAL;

/**
 * Redacts the records: paragraphs above `internal` are withheld whole, identifiers and the request's terms are taken out of
 * the others, and each thing that was withheld stands in the log with its ground. No model has a part in it.
 */
export const redactionAgent = defineAgent({
  id: 'records-redaction',
  input: RecordsRequest,
  artifact: Redaction,
  reads: { scoping: Scoping },
  simulated: (task) => redacted(task),
});

function redacted({ input, artifacts: { scoping } }: Task): Redaction {
  const log: LogEntry[] = [];
  const records = input.records
    .filter(({ id }) => scoping.responsive.includes(id))
    .map((record) => releasedRecord(record, input, log));
  const paragraphs = records.flatMap((record) => record.paragraphs);
  const count = (status: Paragraph['status']): number =>
    paragraphs.filter((one) => one.status === status).length;
  const shown = paragraphs.filter(({ status }) => status !== 'withheld');
  const withheld = count('withheld');
  return {
    records,
    log,
    paragraphs: paragraphs.length,
    released: count('released'),
    redacted: count('redacted'),
    withheld,
    groundless: paragraphs.filter(
      ({ status, exemptions }) => status === 'withheld' && exemptions.length === 0,
    ).length,
    withheldShare:
      paragraphs.length === 0 ? 0 : Math.round((withheld / paragraphs.length) * 1000) / 10,
    lowered: shown.filter(({ label }) => label !== 'public').length,
    highest: LABELS.findLast((label) => shown.some((one) => one.label === label)) ?? 'public',
  };
}

function releasedRecord(record: Given, request: RecordsRequest, log: LogEntry[]): ReleasedRecord {
  const { id, title, date, paragraphs } = record;
  return {
    id,
    title: withoutFindings(title, request, (entry) =>
      log.push({ record: id, paragraph: 0, ...entry }),
    ),
    date,
    paragraphs: paragraphs
      .map((paragraph, index) =>
        releasedParagraph(paragraph, request, (entry) =>
          log.push({ record: id, paragraph: index + 1, ...entry }),
        ),
      )
      .map((paragraph, index) => ({ number: index + 1, ...paragraph })),
  };
}

type Note = (entry: Omit<LogEntry, 'record' | 'paragraph'>) => void;

function releasedParagraph(
  { label, text, exemption }: Given['paragraphs'][number],
  request: RecordsRequest,
  note: Note,
): Omit<Paragraph, 'number'> {
  // What nobody has labelled is held to be closed.
  const held = label === '' ? 'restricted' : label;
  if (held === 'confidential' || held === 'restricted' || exemption !== undefined) {
    const exemptions = exemption === undefined ? [] : [exemption];
    for (const ground of exemptions)
      note({ exemption: ground, what: 'paragraph', characters: text.length });
    return { label: held, status: 'withheld', text: '', exemptions };
  }
  const grounds = new Set<Exemption>();
  const left = withoutFindings(text, request, (entry) => {
    grounds.add(entry.exemption);
    note(entry);
  });
  const status = grounds.size === 0 ? 'released' : 'redacted';
  return { label: held, status, text: left, exemptions: [...grounds] };
}

function withoutFindings(text: string, { terms }: RecordsRequest, note: Note): string {
  const groundOf = ({ type }: Finding): Exemption => {
    const index = TERM.exec(type)?.[1];
    return index === undefined ? PRIVACY : (terms[Number(index)]?.exemption ?? PRIVACY);
  };
  const types = [...PERSONAL, ...terms.map((_term, index) => `TERM_${index}`)];
  const maskOf = (finding: Finding, value: string): string => {
    const exemption = groundOf(finding);
    const what = TERM.test(finding.type) ? 'named term' : finding.type.toLowerCase();
    note({ exemption, what, characters: value.length });
    return `[withheld: ${exemption}]`;
  };
  return redact(text, { types, detectors: [termDetector(terms)], maskOf }).text;
}

/** Finds the request's terms, whatever their case, as words of their own. */
function termDetector(terms: RecordsRequest['terms']): Detector {
  return {
    name: 'terms-of-the-request',
    detect: (text) =>
      terms.flatMap((term, index) =>
        placesOf(term.text, text).map(({ start, end }) => ({
          type: `TERM_${index}`,
          start,
          end,
          confidence: 1,
        })),
      ),
  };
}

/** Where a term stands in a text as words of its own, in any case. */
export function placesOf(
  term: string,
  text: string,
): readonly { readonly start: number; readonly end: number }[] {
  const escaped = term.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'giu');
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}
