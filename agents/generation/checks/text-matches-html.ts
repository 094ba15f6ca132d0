import { defineCheck } from '../../../src/validation/index.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { judged, problemsOf } from '../judging/problem.ts';
import { oneLine } from '../reading/plain-text.ts';
import { parseEmailHtml } from '../reading/parse-html.ts';

const MESSAGE = 'Text and HTML of an email do not say the same:';

/** What is seen of the HTML is, word by word and in the same order, what the text says. */
export const textMatchesHtml = defineCheck({
  id: 'email.text-matches-html',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy: 'Render both from the same content.',
  evaluate: ({ artifacts: { generation } }) =>
    judged(
      MESSAGE,
      problemsOf(generation.emails, (email) =>
        statements(email.text) === statements(parseEmailHtml(email.html).visibleText)
          ? []
          : [['statements differ', 'html']],
      ),
    ),
});

function statements(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '--')
    .map((line) => oneLine(line.replace(/^\s*- /u, '')))
    .filter((line) => line !== '')
    .join('\n');
}
