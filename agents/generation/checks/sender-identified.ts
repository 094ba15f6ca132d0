import { defineCheck } from '../../../src/validation/index.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { judged, problemsOf, type Problem } from '../judging/problem.ts';
import { oneLine } from '../reading/plain-text.ts';
import { parseEmailHtml } from '../reading/parse-html.ts';
import { inert } from '../render/inert.ts';

const MESSAGE = 'The sender is not identified as the requirements say:';
const FIELDS = ['name', 'email', 'postalAddress'] as const;

/**
 * The campaign is from the sender of the requirements, and every email shows the sender's name and postal address.
 *
 * @see 15 U.S.C. 7704(a)(5) (CAN-SPAM), Directive 2000/31/EC article 6, CASL section 6(2)
 */
export const senderIdentified = defineCheck({
  id: 'email.sender-identified',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy:
    "Send from the requirements' sender, and show name and postal address at the foot of every email.",
  evaluate: ({ artifacts: { requirements, generation } }) => {
    const { sender } = generation;
    const wrong = FIELDS.filter((field) => {
      const fact = requirements.sender[field];
      return fact === null || comparable(fact.text) !== comparable(sender[field]);
    });
    const campaign = wrong.map((field): Problem => ({
      email: 'campaign',
      kind: `${field} of the sender`,
      path: `sender.${field}`,
    }));
    const shown = ['name', 'postalAddress'] as const;
    const emails = problemsOf(generation.emails, (email) => {
      const text = comparable(email.text);
      const html = comparable(parseEmailHtml(email.html).visibleText);
      return shown.flatMap((field) => {
        const wanted = comparable(inert(sender[field]));
        return [
          ...(text.includes(wanted) ? [] : [[`${field} missing in the text`, 'text'] as const]),
          ...(html.includes(wanted) ? [] : [[`${field} not visible in the html`, 'html'] as const]),
        ];
      });
    });
    return judged(MESSAGE, [...campaign, ...emails]);
  },
});

function comparable(text: string): string {
  return oneLine(text.replace(/\s*\n\s*/gu, ', '))
    .toLowerCase()
    .replace(/[\s,.]+$/u, '')
    .replace(/[\s,]+/gu, ' ');
}
