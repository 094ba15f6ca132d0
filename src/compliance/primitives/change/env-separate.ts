import { z } from 'zod';

import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';

/** Classes that are live data wherever they stand. */
const LIVE = ['CREDIT_CARD', 'US_SSN', 'US_MBI', 'UK_NHS', 'IBAN_CODE'];

/** Production and what is not production do not mix. */
export const envSeparate = definePrimitive(
  {
    id: 'env.separate',
    parameters: z.strictObject({
      /** Data classes that must not be outside production. */
      live: z.array(z.string().min(1)).default(LIVE),
    }),
    evidence: ['config'],
    predicate:
      'The environment labels of run, credentials and data agree, and no live class of data is outside production',
    says: 'The labels agree; the scan is clean',
    cannotSay: 'Resources with a wrong label',
  },
  {
    gate: {
      needs: ['environment', 'content'],
      judge: ({ environment, content }, { live }) => {
        const { run, production, credentials, data } = environment;
        const labelled = Object.entries({ credentials, data });
        const wrong = labelled.flatMap(([name, list]) =>
          list.flatMap(({ label }, index) =>
            label === run ? [] : [`compliance.environment.${name}.${index}`],
          ),
        );
        if (wrong.length > 0)
          return notSatisfied('A credential or a source of data is of another environment.', {
            remedy: 'Use the credentials and data of the environment of the run.',
            paths: wrong,
          });
        if (run === production) return satisfied('Everything is labelled as production.');
        const found = content.state.filter(({ type }) => live.includes(type));
        if (found.length > 0)
          return notSatisfied('Live data is outside production.', {
            remedy: 'Use synthetic data outside production.',
            paths: found.map(({ path }) => path),
          });
        if (content.unscannable.length > 0)
          return undecided('Something could not be looked through.', {
            remedy: 'Hand over less at once, or raise the budget of the scan.',
            paths: content.unscannable,
          });
        return satisfied('The labels agree, and no live class of data was found.');
      },
    },
  },
);
