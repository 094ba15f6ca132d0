import { defineCheck } from '../../../src/validation/index.ts';
import type { Requirements } from '../../requirements/artifact.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { placesOf } from '../judging/places.ts';
import { judged, problemsOf } from '../judging/problem.ts';
import { disguisedWords } from '../reading/disguised-words.ts';
import { factIndex } from '../reading/fact-index.ts';
import { forbiddenWordings } from '../reading/forbidden.ts';
import { readingsOf } from '../reading/readings.ts';

const MESSAGE = 'An email says what must not be said:';

/**
 * Nothing that must not be said stands in an email, however it is written or hidden. Where something must not be said, words
 * in letters that are foreign to the language are refused unless the requirements hold them: nobody can tell what they say.
 */
export const mustNotSay = defineCheck({
  id: 'email.must-not-say',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy: 'Say it in other words and in ordinary letters, or leave it out.',
  evaluate: ({ artifacts: { requirements, generation } }) => {
    const forbidden = forbiddenWordings(requirements);
    const held = heldWords(requirements);
    return judged(
      MESSAGE,
      problemsOf(generation.emails, (email) =>
        placesOf(email).flatMap(({ field, words }) => {
          const readings = readingsOf(words);
          const said = forbidden.filter(({ saidIn }) => saidIn(readings));
          const disguised =
            forbidden.length > 0 && [...disguisedWords(words)].some((word) => !held.has(word));
          return [
            ...said.map(({ id }) => [`${id} in the ${field}`, field] as const),
            ...(disguised ? [[`foreign letters in the ${field}`, field] as const] : []),
          ];
        }),
      ),
    );
  },
});

function heldWords(requirements: Requirements): ReadonlySet<string> {
  const { name, postalAddress } = requirements.sender;
  const facts = [...factIndex(requirements).values()].flatMap(({ texts }) => texts);
  const sender = [name, postalAddress].map((fact) => fact?.text ?? '');
  return disguisedWords([...facts, ...sender].join('\n'));
}
