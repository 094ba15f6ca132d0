import { defineAgent, inlineText, type AgentTask } from '../../workflow/index.ts';
import { personDecides } from '../person-decides.ts';
import { writeTexts } from '../write-texts.ts';
import {
  Draft,
  DraftDecision,
  Publication,
  Reading,
  Submission,
  Summary,
  SummaryText,
  type Reading as Read,
} from './facts.ts';
import { measured, sectionsOf, sentencesOf, wordsOf } from './measure.ts';

type Task = AgentTask<Submission, { readonly reading: Read }, Summary>;

/** Says in a few lines what a document says: the first sentence of each section, or what a model makes of it. */
export const summaryAgent = defineAgent({
  id: 'document-summary',
  input: Submission,
  artifact: Summary,
  reads: { reading: Reading },
  simulated: (task) => withWords(summaryOf(task)),
  llm: async (task, context) => {
    const { text } = await writeTexts(
      {
        name: 'document-summary',
        schema: SummaryText,
        task: 'Summarise a document for the person who approves it, in at most 100 words.',
        facts: summaryFacts(task),
        revision: task.revision,
      },
      context,
    );
    return withWords(text);
  },
});

/** What a summary may be written from. */
export function summaryFacts({ input }: Pick<Task, 'input'>): Omit<Submission, 'author'> {
  const { author: _author, ...document } = input;
  return document;
}

function summaryOf({ input }: Task): string {
  const first = sectionsOf(input.body).flatMap(({ text }) => sentencesOf(text)[0] ?? []);
  const head = `${input.title}, in force from ${input.effectiveOn}, to be reviewed by ${input.reviewOn}.`;
  return [head, ...first].join(' ');
}

function withWords(text: string): Summary {
  return { text, words: wordsOf(text) };
}

/** Lets a person decide about the document; its text may be edited. */
export const documentApprovalAgent = personDecides({
  id: 'document-approval',
  input: Submission,
  reads: { reading: Reading, summary: Summary },
  subject: Draft,
  action: 'approve-document',
  shown: ({ input, artifacts: { reading, summary } }) => ({
    subject: { title: input.title, body: input.body, summary: summary.text },
    description: [
      `# ${inlineText(input.title)}`,
      `${input.kind} for ${input.audience} readers, ${reading.measures.words} words; sections: ${reading.measures.sections.map((section) => inlineText(section)).join(', ')}.`,
      inlineText(summary.text),
      ...input.body.split('\n').map((line) => `> ${inlineText(line)}`),
    ].join('\n\n'),
  }),
});

/** Lets a second person decide about exactly what the first one approved. */
export const documentCountersignAgent = personDecides({
  id: 'document-countersign',
  input: Submission,
  reads: { approval: DraftDecision },
  subject: Draft,
  action: 'countersign-document',
  shown: ({ input, artifacts: { approval } }) => ({
    subject: approval.subject,
    description: [
      `# Countersign: ${inlineText(approval.subject.title)}`,
      `${inlineText(approval.by.id)} approved this ${input.kind} for ${input.audience} readers. A second person has to agree, with exactly that.`,
      ...approval.subject.body.split('\n').map((line) => `> ${inlineText(line)}`),
    ].join('\n\n'),
  }),
});

/** Makes the document as it is published, and measures it again: an approver may have edited it. */
export const publicationAgent = defineAgent({
  id: 'document-publication',
  input: Submission,
  artifact: Publication,
  reads: { reading: Reading, approval: DraftDecision },
  simulated: ({ input, artifacts: { reading, approval } }): Publication => {
    const { document, kind, audience, effectiveOn, reviewOn } = input;
    return {
      document,
      kind,
      audience,
      effectiveOn,
      reviewOn,
      ...approval.subject,
      measures: measured(approval.subject.body, kind),
      author: reading.author,
      approvedBy: approval.by.id,
      approvedAt: approval.at,
    };
  },
});
