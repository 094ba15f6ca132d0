import { defineAgent, inlineText, markdownTable } from '../../workflow/index.ts';
import { personDecides } from '../person-decides.ts';
import {
  RecordsRequest,
  Redaction,
  Release,
  ReleaseDecision,
  ReleasePackage,
  Response,
  type Redaction as Redacted,
} from './facts.ts';

const EXCERPT = 400;
const reads = { redaction: Redaction, response: Response };

/** Lets a person decide about what leaves. */
export const reviewAgent = personDecides({
  id: 'release-review',
  input: RecordsRequest,
  reads,
  subject: ReleasePackage,
  action: 'approve-release',
  shown: ({ input, artifacts: { redaction, response } }) => ({
    subject: { records: redaction.records, log: redaction.log, texts: response.texts },
    description: [
      `# Release for request ${inlineText(input.reference)}`,
      ...Object.values(response.texts).map((text) => inlineText(text)),
      recordsOf(redaction),
    ].join('\n\n'),
  }),
});

/** Lets a second person decide where paragraphs would leave that are not labelled as public. */
export const loweringAgent = personDecides({
  id: 'label-lowering',
  input: RecordsRequest,
  reads: { ...reads, review: ReleaseDecision },
  subject: ReleasePackage,
  action: 'approve-lower-labels',
  shown: ({ input, artifacts: { redaction, review } }) => ({
    subject: review.subject,
    description: [
      `# Lower labels for request ${inlineText(input.reference)}`,
      `${redaction.lowered} paragraphs are labelled as ${redaction.highest} at most and would become public. ${inlineText(review.by.id)} has approved the release.`,
      recordsOf(redaction),
    ].join('\n\n'),
  }),
});

function recordsOf({ records }: Redacted): string {
  const rows = records.flatMap(({ id, paragraphs }) =>
    paragraphs.map(({ number, label, status, text, exemptions }) => [
      inlineText(id),
      String(number),
      label,
      status,
      exemptions.join(' '),
      inlineText(text, EXCERPT),
    ]),
  );
  return markdownTable(['record', '¶', 'label', 'status', 'grounds', 'as released'], rows);
}

/** Puts together what was approved. */
export const releaseAgent = defineAgent({
  id: 'records-release',
  input: RecordsRequest,
  artifact: Release,
  // Where everything is labelled as public nobody lowers a label.
  reads: { review: ReleaseDecision, lowering: ReleaseDecision.optional() },
  simulated: ({ input, artifacts: { review, lowering } }): Release => {
    const { records, log, texts } = review.subject;
    return {
      reference: input.reference,
      records,
      log,
      texts,
      paragraphs: records.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0),
      entries: log.length,
      approvals: Object.entries({ review, lowering }).flatMap(([phase, given]) =>
        given === undefined ? [] : [{ phase, by: given.by.id, at: given.at }],
      ),
    };
  },
});
