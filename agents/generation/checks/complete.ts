import { defineCheck } from '../../../src/validation/index.ts';
import type { Email } from '../artifact.ts';
import { emailId } from '../email-id.ts';
import { DeliverableFacts, JUDGING_TIMEOUT_MS } from '../judging/facts.ts';
import { judged, type Problem } from '../judging/problem.ts';
import { placesIn, type EmailPlace } from '../plan-emails.ts';

const MESSAGE = 'The emails are not those that the approved strategy asks for:';

/** There is one email for each step and each of its segments, in the approved language, on the planned day, and no other. */
export const complete = defineCheck({
  id: 'email.complete',
  reads: DeliverableFacts,
  timeoutMs: JUDGING_TIMEOUT_MS,
  message: MESSAGE,
  remedy:
    'Write one email for each step of the approved strategy and each of its segments, named after both.',
  evaluate: ({ artifacts: { requirements, confirmation, generation } }) => {
    const { sequence, language } = confirmation.strategy;
    const placeOf = placesIn(requirements, confirmation.strategy);
    const wanted = new Map(
      sequence.flatMap((step) =>
        step.segments.map(
          (segment) => [emailId(step.id, segment), placeOf(step, segment)] as const,
        ),
      ),
    );
    const problems: Problem[] = [];
    const add = (email: string, kind: string): void => {
      problems.push({ email, kind, path: 'emails' });
    };
    for (const id of wanted.keys())
      if (!generation.emails.some((email) => email.id === id)) add(id, 'missing');
    for (const [index, email] of generation.emails.entries()) {
      const place = wanted.get(email.id);
      if (place === undefined) add(email.id, 'not in the strategy');
      else if (place.step !== email.step || place.segment !== email.segment)
        add(email.id, 'another step or segment');
      else if (!isPlacedAs(email, place)) add(email.id, 'another purpose, segment name or day');
      if (email.language !== language) add(email.id, 'another language');
      if (generation.emails.findIndex(({ id }) => id === email.id) !== index)
        add(email.id, 'there twice');
      if (email.subject.length > confirmation.strategy.subjectLines.maxCharacters)
        add(email.id, 'subject too long');
    }
    return judged(MESSAGE, problems);
  },
});

function isPlacedAs({ purpose, segmentName, send }: Email, place: EmailPlace): boolean {
  return (
    purpose === place.purpose &&
    segmentName === place.segmentName &&
    send?.dayOffset === place.send.dayOffset &&
    send.on === place.send.on &&
    send.notAfter === place.send.notAfter
  );
}
