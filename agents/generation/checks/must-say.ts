import { defineCheck } from '../../../src/validation/index.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { judged, problemsOf } from '../judging/problem.ts';
import { oneLine } from '../reading/plain-text.ts';
import { parseEmailHtml } from '../reading/parse-html.ts';
import { requiredWordings } from '../reading/wordings.ts';
import { inert } from '../render/inert.ts';

const MESSAGE = 'An email lacks what must be said:';

/** What must be said stands in every email, in the text and where the HTML is seen. */
export const mustSay = defineCheck({
  id: 'email.must-say',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy: 'Put the wording into the email as it stands in the requirements.',
  evaluate: ({ artifacts: { requirements, generation } }) => {
    const wanted = requirements.constraints.mustSay.flatMap(({ id, text }) =>
      requiredWordings(text).map((wording) => ({ id, wording: comparable(inert(wording)) })),
    );
    return judged(
      MESSAGE,
      problemsOf(generation.emails, (email) => {
        const text = comparable(email.text);
        const html = comparable(parseEmailHtml(email.html).visibleText);
        return wanted.flatMap(({ id, wording }) => [
          ...(text.includes(wording) ? [] : [[`${id} missing in the text`, 'text'] as const]),
          ...(html.includes(wording) ? [] : [[`${id} missing in the html`, 'html'] as const]),
        ]);
      }),
    );
  },
});

// A capital first letter and a full stop are the writer's; the wording is the brief's.
function comparable(text: string): string {
  return oneLine(text).toLowerCase().replace(/[.]$/u, '');
}
