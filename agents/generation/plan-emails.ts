import type { Confirmation } from '../confirmation/artifact.ts';
import type { Requirements } from '../requirements/artifact.ts';
import type { Deliverable } from './artifact.ts';
import type { Frame, Sender } from './content.ts';
import { SenderUnknownError } from './errors.ts';
import { chooseRegister } from './language/choose-register.ts';
import { unclosed } from './simulated/say.ts';
import { mannerOf, sendPlan, type Strategy } from '../strategy/artifact.ts';

/** An email that has to be written. */
export interface PlannedEmail {
  readonly step: Strategy['sequence'][number];
  readonly frame: Frame;
}

/** Which email it is: of which step, to whom, why and when. */
export type EmailPlace = Pick<Frame, 'step' | 'segment' | 'purpose' | 'segmentName' | 'send'>;

/** The emails of a campaign before any is written: one for each step and each of its segments, in order of sending. */
export interface CampaignPlan {
  readonly title: string;
  readonly sender: Deliverable['sender'];
  readonly emails: readonly PlannedEmail[];
}

/**
 * Gives the emails that the approved strategy asks for.
 *
 * @throws {@link SenderUnknownError} if the requirements lack the sender's name, address or postal address.
 */
export function planEmails(requirements: Requirements, { strategy }: Confirmation): CampaignPlan {
  const sender = senderOf(requirements);
  const { language } = strategy;
  const tone = `${strategy.tone.text} ${requirements.tone?.text ?? ''}`;
  const manner = mannerOf(strategy.tone.text) ?? mannerOf(tone) ?? 'plain';
  const register = chooseRegister(tone, language);
  const voice = { language, register, manner, sender };
  const placeOf = placesIn(requirements, strategy);
  return {
    title: requirements.title?.text ?? strategy.title,
    sender,
    emails: strategy.sequence.flatMap((step) =>
      [...new Set(step.segments)].map((segment): PlannedEmail => ({
        step,
        frame: { ...placeOf(step, segment), ...voice },
      })),
    ),
  };
}

/** Gives what is known of the email of a step for a segment before it is written. */
export function placesIn(
  requirements: Requirements,
  strategy: Strategy,
): (step: Strategy['sequence'][number], segment: string) => EmailPlace {
  const sendOn = sendPlan(requirements, strategy);
  const names = new Map(strategy.segments.map(({ id, name }) => [id, name]));
  return (step, segment) => ({
    step: step.id,
    segment,
    purpose: step.purpose,
    segmentName: names.get(segment) ?? segment,
    send: sendOn(step),
  });
}

function senderOf({ sender }: Requirements): Sender {
  const { name, email, postalAddress } = sender;
  if (name === null) throw new SenderUnknownError('name');
  if (email === null) throw new SenderUnknownError('email');
  if (postalAddress === null) throw new SenderUnknownError('postalAddress');
  return {
    name: singleLine(name.text),
    email: singleLine(email.text).toLowerCase(),
    postalAddress: singleLine(postalAddress.text.replace(/\s*\n\s*/gu, ', ')),
  };
}

function singleLine(text: string): string {
  const line = text
    .replace(/\s+/gu, ' ')
    .replace(/[\s,]+$/u, '')
    .trim();
  return unclosed(line);
}
