import type { JsonValue } from '../../kernel/index.ts';
import { htmlPage, markdownPage, type PageSection } from '../pages.ts';
import type { TradeFile } from '../trade.ts';
import { jsonFile } from '../write-texts.ts';
import { Deidentified, Letter, Selection, type Term } from './facts.ts';

/** Gives the letter to read and to print, and an account of what of the record it discloses. */
export function referralFiles(
  artifacts: Readonly<Record<string, JsonValue>>,
): readonly TradeFile[] {
  const letter = Letter.parse(artifacts['letter']);
  const { kept, left } = Selection.parse(artifacts['selection']);
  const { removed, resourcesOut } = Deidentified.parse(artifacts['deidentification']);
  const title = `Referral ${letter.reference}`;
  const sections = sectionsOf(letter);
  const disclosure = {
    reference: letter.reference,
    purpose: 'treatment',
    recipient: letter.recipient.organisation,
    resources: { used: kept, leftOut: left, deidentified: resourcesOut },
    removedBeforeWriting: removed,
    identifyingInLetter: ['name', 'birthDate'],
    reviewedBy: letter.reviewedBy,
  };
  return [
    { path: 'letter.md', content: markdownPage(title, sections) },
    { path: 'letter.html', content: htmlPage(title, sections) },
    { path: 'disclosure.json', content: jsonFile(disclosure) },
  ];
}

function sectionsOf(letter: Letter): readonly PageSection[] {
  const { recipient, referrer, patient, texts } = letter;
  return [
    {
      heading: 'To',
      paragraphs: [`${recipient.name}, ${recipient.organisation}, ${recipient.address}`],
    },
    { heading: 'From', paragraphs: [`${referrer.name}, ${referrer.practice}, ${letter.date}`] },
    { heading: 'Patient', paragraphs: [`${patient.name}, born ${patient.birthDate}`] },
    {
      heading: `Reason (${letter.urgency}, answer within ${letter.answerWithin} days)`,
      paragraphs: [texts.reason],
    },
    { heading: 'History', paragraphs: [texts.history] },
    { heading: 'Findings', paragraphs: [texts.findings] },
    { heading: 'Question', paragraphs: [texts.question] },
    { heading: 'Record', rows: recordOf(letter) },
    { heading: 'Reviewed', paragraphs: [`Approved by ${letter.reviewedBy}.`] },
  ];
}

function recordOf(letter: Letter): readonly (readonly string[])[] {
  const rows = (kind: string, terms: readonly Term[]): readonly (readonly string[])[] =>
    terms.map(({ term, code, detail }) => [kind, term, code, detail]);
  return [
    ['kind', 'what', 'code', 'detail'],
    ...rows('condition', letter.conditions),
    ...rows('medicine', letter.medicines),
    ...rows('allergy', letter.allergies),
    ...rows('finding', letter.findings),
  ];
}
