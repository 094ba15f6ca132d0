import type { Confirmation } from '../../confirmation/artifact.ts';
import type { Requirements } from '../../requirements/artifact.ts';
import type { Deliverable } from '../artifact.ts';
import type { Content } from '../content.ts';
import { laidOut, type WrittenCampaign, type WrittenEmail } from '../law/lawful-campaign.ts';
import { planEmails } from '../plan-emails.ts';
import { composeContent } from './compose-content.ts';

/**
 * Composes the campaign that the approved strategy asks for, without a model and before it is laid out.
 *
 * @throws {@link SenderUnknownError} or {@link NothingToTellError} if the requirements do not suffice.
 */
export function composeCampaign(
  requirements: Requirements,
  confirmation: Confirmation,
): WrittenCampaign {
  const { title, sender, emails } = planEmails(requirements, confirmation);
  const earlier = new Map<string, readonly Content[]>();
  const written = emails.map(({ step, frame }): WrittenEmail => {
    const before = earlier.get(frame.segment) ?? [];
    const content = composeContent(requirements, confirmation.strategy, { step, frame, before });
    earlier.set(frame.segment, [...before, content]);
    return { content, frame };
  });
  return { title, sender, emails: written };
}

/**
 * Writes that campaign. Same artifacts, same bytes.
 *
 * @throws {@link SenderUnknownError} or {@link NothingToTellError} if the requirements do not suffice.
 */
export function writeCampaign(requirements: Requirements, confirmation: Confirmation): Deliverable {
  return laidOut(composeCampaign(requirements, confirmation));
}
