import { defineCheck } from '../../../src/validation/index.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { judged } from '../judging/problem.ts';
import { subjectKey } from '../reading/subject-key.ts';

const MESSAGE = 'Emails to one segment share a subject:';

/** No two emails of the sequence that one segment gets have the same subject line, whatever its case and punctuation. */
export const distinctSubjects = defineCheck({
  id: 'email.distinct-subjects',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy: 'Give each email of a segment a subject line of its own, about what that email tells.',
  evaluate: ({ artifacts: { generation } }) => {
    const had = new Set<string>();
    return judged(
      MESSAGE,
      generation.emails.flatMap(({ id, segment, subject }, index) => {
        const key = JSON.stringify([segment, subjectKey(subject)]);
        const again = had.has(key);
        had.add(key);
        return again
          ? [{ email: id, kind: 'subject of an earlier email', path: `emails.${index}.subject` }]
          : [];
      }),
    );
  },
});
