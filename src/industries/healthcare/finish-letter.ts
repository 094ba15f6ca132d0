import { z } from 'zod';

import { defineAgent } from '../../workflow/index.ts';
import { Deidentified, Letter, Referral, Review, type Bundle } from './facts.ts';
import { resourcesOf } from './select-record.ts';

/** Puts the head on the reviewed texts: of the patient the name and the date of birth, and nothing besides. */
export const letterAgent = defineAgent({
  id: 'letter',
  input: Referral,
  artifact: Letter,
  reads: { review: Review, deidentification: Deidentified },
  simulated: ({ input, artifacts: { review, deidentification } }): Letter => {
    const { conditions, medicines, allergies, findings } = deidentification.extract;
    const { name, practice } = input.referrer;
    return {
      reference: input.reference,
      date: input.about.requestedOn,
      referrer: { name, practice },
      recipient: input.recipient,
      patient: { key: input.patient, ...patientOf(input.bundle) },
      specialty: input.about.specialty,
      urgency: input.about.urgency,
      answerWithin: input.about.answerWithin,
      texts: review.subject,
      conditions,
      medicines,
      allergies,
      findings,
      reviewedBy: review.by.id,
    };
  },
});

const Named = z.object({
  name: z
    .array(z.object({ family: z.string().default(''), given: z.array(z.string()).default([]) }))
    .min(1),
  birthDate: z.string().default(''),
});

function patientOf(bundle: Bundle): Omit<Letter['patient'], 'key'> {
  const { name, birthDate } = Named.parse(resourcesOf(bundle, 'Patient')[0]);
  const [first] = name;
  return { name: [...(first?.given ?? []), first?.family ?? ''].join(' ').trim(), birthDate };
}
