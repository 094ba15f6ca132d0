import type { Confirmation } from '../../confirmation/artifact.ts';
import type { Requirements } from '../../requirements/artifact.ts';
import type { Deliverable } from '../artifact.ts';
import { assembleEmail } from '../assemble-email.ts';
import { planEmails } from '../plan-emails.ts';
import { composeContent } from './compose-content.ts';

/**
 * Writes the campaign that the approved strategy asks for, without a model. Same artifacts, same bytes.
 *
 * @throws {@link SenderUnknownError} or {@link NothingToTellError} if the requirements do not suffice.
 */
export function writeCampaign(requirements: Requirements, confirmation: Confirmation): Deliverable {
  const { title, sender, emails } = planEmails(requirements, confirmation);
  return {
    title,
    sender,
    emails: emails.map(({ step, frame }) =>
      assembleEmail(composeContent(requirements, confirmation.strategy, { step, frame }), frame),
    ),
  };
}
