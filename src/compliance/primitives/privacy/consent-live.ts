import { z } from 'zod';

import { notApplicable, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';
import { msBetween } from '../spans.ts';

/** Who consented has not taken it back. */
export const consentLive = definePrimitive(
  {
    id: 'consent.live',
    parameters: z.strictObject({}),
    evidence: ['state'],
    predicate:
      'If the basis is consent, there is a record for each subject and the purpose that is not withdrawn at decision time',
    says: 'What the record said at that instant',
    cannotSay: 'That consent was freely given',
  },
  {
    gate: {
      needs: ['purpose', 'subjects', 'consents'],
      judge: ({ purpose, subjects, consents, now }) => {
        if (!purpose.bases.includes('consent'))
          return notApplicable('The basis of the purpose is not consent.');
        if (subjects.length === 0)
          return undecided('Nobody is named whose consent could be looked up.', {
            remedy: 'Name the subjects whose data is in the run, by their keys.',
            paths: ['compliance.subjects'],
          });
        return judgeEach(subjects, {
          path: 'compliance.subjects',
          holds: (subject) =>
            consents.some(
              (consent) =>
                consent.subject === subject &&
                consent.purpose === purpose.id &&
                msBetween(consent.givenAt, now) >= 0 &&
                (consent.withdrawnAt === null || msBetween(now, consent.withdrawnAt) > 0),
            ),
          yes: 'Consent is recorded for every subject and stands.',
          no: 'A subject has not consented to this purpose, or has withdrawn it.',
          remedy: 'Leave the subject out, or ask for consent.',
        });
      },
    },
  },
);
