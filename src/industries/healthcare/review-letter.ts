import { inlineText } from '../../workflow/index.ts';
import { personDecides } from '../person-decides.ts';
import { Deidentified, Draft, LetterTexts, Referral } from './facts.ts';

/** Lets a clinician decide about the texts; they may be edited. */
export const reviewAgent = personDecides({
  id: 'letter-review',
  input: Referral,
  reads: { draft: Draft, deidentification: Deidentified },
  subject: LetterTexts,
  action: 'approve-letter',
  shown: ({ input, artifacts: { draft, deidentification } }) => ({
    subject: draft.texts,
    description: [
      `# Referral ${inlineText(input.reference)} to ${inlineText(input.about.specialty)}`,
      `${deidentification.resourcesOut} resources of the record were used, without what says who the patient is; the letter's head names them.`,
      ...Object.entries(draft.texts).map(([part, text]) => `## ${part}\n\n${inlineText(text)}`),
      'Approve or edit the texts. Write no name, address or number of the patient into them.',
    ].join('\n\n'),
  }),
});
