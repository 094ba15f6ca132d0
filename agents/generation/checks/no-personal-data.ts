import { defineCheck } from '../../../src/validation/index.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { personalDataIn } from '../judging/personal-data.ts';
import { judged, problemsOf } from '../judging/problem.ts';
import { parseEmailHtml } from '../reading/parse-html.ts';

const MESSAGE = 'An email holds personal data:';

/** No identifier, account, address or number of a person stands in an email; the sender's own contact data may. */
export const noPersonalData = defineCheck({
  id: 'email.no-personal-data',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy: 'Leave the data out; address readers by merge fields only.',
  evaluate: ({ artifacts: { requirements, generation } }) => {
    const { sender, callToAction, constraints } = requirements;
    const own = [
      sender.name,
      sender.email,
      sender.postalAddress,
      callToAction,
      ...constraints.mustSay,
    ];
    const allowed = own.flatMap((fact) => (fact === null ? [] : [fact.text]));
    return judged(
      MESSAGE,
      problemsOf(generation.emails, (email) => {
        const html = parseEmailHtml(email.html);
        const attributes = html.elements.flatMap((element) => [...element.attributes.values()]);
        const places = [
          ['subject', email.subject],
          ['preheader', email.preheader],
          ['text', email.text],
          ['html', [html.allText, ...attributes, ...html.comments].join('\n')],
          ['claims', email.claims.map(({ text }) => text).join('\n')],
        ] as const;
        return places.flatMap(([field, words]) =>
          kindsIn(words, allowed).map((kind) => [`${kind} in the ${field}`, field] as const),
        );
      }),
    );
  },
});

/** The mark of what was left out of a brief betrays that somebody in particular was meant. */
function kindsIn(words: string, allowed: readonly string[]): readonly string[] {
  const kinds = personalDataIn(words, allowed);
  return words.includes('[withheld]') ? [...kinds, 'mark of a withheld identifier'] : kinds;
}
