import { defineCheck } from '../../../src/validation/index.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { placesOf } from '../judging/places.ts';
import { judged, problemsOf } from '../judging/problem.ts';
import { forbiddenWordings } from '../reading/forbidden.ts';
import { skeleton } from '../reading/skeleton.ts';

const MESSAGE = 'An email says what must not be said:';

/** Nothing that must not be said stands in an email, however it is written or hidden. */
export const mustNotSay = defineCheck({
  id: 'email.must-not-say',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy: 'Say it in other words, or leave it out.',
  evaluate: ({ artifacts: { requirements, generation } }) => {
    const forbidden = forbiddenWordings(requirements);
    return judged(
      MESSAGE,
      problemsOf(generation.emails, (email) =>
        placesOf(email).flatMap(({ field, words }) => {
          const seen = skeleton(words);
          return forbidden
            .filter(({ pattern }) => pattern.test(seen))
            .map(({ id }) => [`${id} in the ${field}`, field] as const);
        }),
      ),
    );
  },
});
