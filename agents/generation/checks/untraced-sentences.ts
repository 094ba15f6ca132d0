import { defineCheck } from '../../../src/validation/index.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { isMadeOf, knownSentences } from '../judging/known-sentences.ts';
import { judged, problemsOf } from '../judging/problem.ts';

const MESSAGE = 'A sentence is neither a traced claim nor a phrase of the language table:';

/** Nothing is said in an email but its claims and the phrases that state nothing. */
export const untracedSentences = defineCheck({
  id: 'email.untraced-sentences',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy:
    'List the sentence as a claim with the requirement that it rests on, or leave it out; a call to action has to be that of the brief.',
  evaluate: (facts) =>
    judged(
      MESSAGE,
      problemsOf(facts.artifacts.generation.emails, (email) => {
        const known = knownSentences(email, facts);
        return (['subject', 'preheader', 'text'] as const).flatMap((field) =>
          email[field]
            .split('\n')
            .filter((line) => !isMadeOf(line, known))
            .map(() => [field, field] as const),
        );
      }),
    ),
});
