import type { Requirements } from '../../requirements/artifact.ts';
import { webAddressesIn } from '../reading/links.ts';
import { oneLine } from '../reading/plain-text.ts';

const MIN_LENGTH = 3;

/**
 * Gives what takes out of a text the sender's name and addresses, the web addresses that the requirements hold, and merge
 * fields: their digits are nobody's claim.
 */
export function senderRemover({
  sender,
  callToAction,
  offer,
  keyMessages,
}: Requirements): (text: string) => string {
  const facts = [callToAction, offer, ...keyMessages].filter((fact) => fact !== null);
  const own = [
    ...facts.flatMap(({ text }) => webAddressesIn(text)),
    ...[sender.postalAddress, sender.email, sender.name].flatMap((fact) =>
      fact === null ? [] : [fact.text, fact.text.replace(/\s*\n\s*/gu, ', ')],
    ),
  ]
    .map((text) => oneLine(text).replace(/[\s,.]+$/u, ''))
    .filter((text) => text.length >= MIN_LENGTH)
    .toSorted((one, other) => other.length - one.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${own.map(escaped).join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  );
  return (text) => {
    const plain = oneLine(text).replace(/\{\{(?:first_name|unsubscribe_url|cta_url)\}\}/gu, ' ');
    return own.length === 0 ? plain : plain.replace(pattern, ' ; ');
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
