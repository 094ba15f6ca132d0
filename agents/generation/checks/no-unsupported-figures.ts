import { defineCheck } from '../../../src/validation/index.ts';
import { figuresIn } from '../figures/figures.ts';
import { heldFigures } from '../figures/held-figures.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { placesOf } from '../judging/places.ts';
import { judged, problemsOf } from '../judging/problem.ts';
import { senderRemover } from '../judging/without-sender.ts';
import { factIndex } from '../reading/fact-index.ts';

const MESSAGE = 'A figure stands in an email and not in the requirements:';

/** Every price, percentage, date, time and number in an email is one that the requirements hold. */
export const noUnsupportedFigures = defineCheck({
  id: 'email.no-unsupported-figures',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy: 'Leave the figure out, or add it to the brief as a fact.',
  evaluate: ({ artifacts: { requirements, generation } }) => {
    const texts = [...factIndex(requirements).values()].flatMap((fact) => fact.texts);
    const held = heldFigures(texts, requirements.language);
    const bare = senderRemover(requirements);
    return judged(
      MESSAGE,
      problemsOf(generation.emails, (email) =>
        placesOf(email).flatMap(({ field, words }) =>
          words
            .split('\n')
            .flatMap((line) => figuresIn(bare(line), requirements.language))
            .filter((figure) => !held.holds(figure))
            .map(({ kind }) => [`${kind} in the ${field}`, field] as const),
        ),
      ),
    );
  },
});
