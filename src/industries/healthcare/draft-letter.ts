import { z } from 'zod';

import { defineAgent, type AgentTask } from '../../workflow/index.ts';
import { writeTexts } from '../write-texts.ts';
import {
  Deidentified,
  Draft,
  LetterTexts,
  ReferralQuestion,
  type Deidentified as Deidentification,
  type Extract,
  type Term,
} from './facts.ts';

/** What the draft's agent is given of the input: neither the record nor the referrer's words as they were. */
const Asked = z.object({ about: ReferralQuestion });
type Task = AgentTask<
  z.infer<typeof Asked>,
  { readonly deidentification: Deidentification },
  Draft
>;

/** Writes the letter's texts from the extract. Neither variant is given anything that says who the patient is. */
export const draftAgent = defineAgent({
  id: 'letter-draft',
  input: Asked,
  artifact: Draft,
  reads: { deidentification: Deidentified },
  simulated: (task) => drafted(textsOf(task)),
  llm: async (task, context) =>
    drafted(
      await writeTexts(
        {
          name: 'referral-letter',
          schema: LetterTexts,
          task: 'Write the texts of a referral letter from one clinician to another. Speak of "the patient", and give no advice of your own.',
          facts: draftFacts(task),
          revision: task.revision,
        },
        context,
      ),
    ),
});

/** What a letter may be written from. */
export function draftFacts({ input: { about }, artifacts }: Pick<Task, 'input' | 'artifacts'>): {
  readonly about: z.infer<typeof ReferralQuestion>;
  readonly extract: Extract;
} {
  return { about, extract: artifacts.deidentification.extract };
}

function drafted(texts: LetterTexts): Draft {
  const words = Object.values(texts).flatMap((text) => text.trim().split(/\s+/));
  return { texts, words: words.length };
}

function textsOf(task: Task): LetterTexts {
  const { about, extract } = draftFacts(task);
  const who = [ageText(extract.age), extract.gender === 'unknown' ? '' : extract.gender]
    .filter((part) => part !== '')
    .join(', ');
  const { conditions, medicines, allergies, findings } = extract;
  return {
    reason: `Please see this patient (${who}) in ${about.specialty}. ${extract.reason}`.trim(),
    history: [
      sentence('Known conditions', conditions, 'No conditions are recorded.'),
      sentence('Medicines', medicines, 'No medicines are recorded.'),
      sentence('Allergies', allergies, 'No allergies are recorded.'),
    ].join(' '),
    findings: sentence('Findings', findings, 'There are no findings that this referral needs.'),
    question: `${extract.question} An answer within ${about.answerWithin} days would help.`.trim(),
  };
}

function ageText(age: number | null): string {
  return age === null ? 'age not given' : `about ${age} years`;
}

function sentence(head: string, terms: readonly Term[], none: string): string {
  if (terms.length === 0) return none;
  const parts = terms.map(({ term, detail }) => (detail === '' ? term : `${term} (${detail})`));
  return `${head}: ${parts.join('; ')}.`;
}
