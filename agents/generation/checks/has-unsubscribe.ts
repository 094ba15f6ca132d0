import { defineCheck } from '../../../src/validation/index.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { judged, problemsOf } from '../judging/problem.ts';
import { parseEmailHtml } from '../reading/parse-html.ts';

const MESSAGE = 'An email has no way to unsubscribe that a reader sees:';
const FIELD = '{{unsubscribe_url}}';

/**
 * Every email has an unsubscribe link in its text, and one in its HTML that is seen.
 *
 * @see 16 CFR 316.5 (CAN-SPAM), Directive 2002/58/EC article 13(4), CASL section 11
 */
export const hasUnsubscribe = defineCheck({
  id: 'email.has-unsubscribe',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy: 'Put a link to {{unsubscribe_url}} at the foot, in the text and visibly in the HTML.',
  evaluate: ({ artifacts: { generation } }) =>
    judged(
      MESSAGE,
      problemsOf(generation.emails, (email) => {
        const { links } = parseEmailHtml(email.html);
        const seen = links.some(
          ({ href, visible, label }) => visible && href === FIELD && /\p{L}{3}/u.test(label),
        );
        return [
          ...(email.text.includes(FIELD) ? [] : [['none in the text', 'text'] as const]),
          ...(seen ? [] : [['none visible in the html', 'html'] as const]),
        ];
      }),
    ),
});
