import { isSupportedAction } from '../../strategy/artifact.ts';
import type { DeliverableFacts } from './facts.ts';
import type { Email } from '../artifact.ts';
import { boilerplate } from '../language/phrases.ts';
import { webAddressesIn } from '../reading/links.ts';
import { oneLine } from '../reading/plain-text.ts';

const FILLING = /^[\s\p{P}\p{S}]$/u;
const MIN_KNOWN = 2;

/**
 * Gives every sentence that may stand in `email`: its claims, the phrases of its language, and the approved action if the
 * requirements hold it.
 */
export function knownSentences(email: Email, { artifacts }: DeliverableFacts): readonly string[] {
  const { confirmation, generation } = artifacts;
  const { name, email: address, postalAddress } = generation.sender;
  const action = supportedAction({ artifacts });
  const phrases = boilerplate(confirmation.strategy.language, {
    sender: name,
    email: address,
    address: postalAddress,
  });
  const links = ['{{unsubscribe_url}}', '{{cta_url}}', ...webAddressesIn(email.text)];
  const known = [...email.claims.map(({ text }) => text), ...phrases, name, action, ...links];
  return [...new Set(known.map(comparable))]
    .filter((text) => text.length >= MIN_KNOWN)
    .toSorted((one, other) => other.length - one.length);
}

/** Gives the approved call to action; empty when it promises something that the requirements do not hold. */
export function supportedAction({
  artifacts: { confirmation, requirements },
}: DeliverableFacts): string {
  const { text } = confirmation.strategy.callToAction;
  return isSupportedAction(text, requirements) ? text : '';
}

/**
 * Tells whether `line` is made of known sentences and nothing else but punctuation between them. A known sentence counts
 * where it stands whole: never inside a word.
 *
 * @param known - As {@link knownSentences} gives it: longest first.
 */
export function isMadeOf(line: string, known: readonly string[]): boolean {
  let rest = comparable(line);
  while (rest !== '') {
    const sentence = known.find((text) => startsWithWhole(rest, text));
    if (sentence !== undefined) rest = rest.slice(sentence.length);
    else if (FILLING.test(rest[0] ?? '')) rest = rest.slice(1);
    else return false;
  }
  return true;
}

function startsWithWhole(text: string, sentence: string): boolean {
  return text.startsWith(sentence) && !/^[\p{L}\p{N}]/u.test(text.slice(sentence.length));
}

function comparable(text: string): string {
  return oneLine(text)
    .replace(/[.!:]+$/u, '')
    .toLowerCase();
}
