import { secureAddress, webAddressesIn } from '../reading/links.ts';
import { oneLine, plainText } from '../reading/plain-text.ts';

const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,62})`;
/** With or without a scheme, with names or numbers, with what follows the host; a full stop of any script parts labels. */
const ADDRESS = new RegExp(
  String.raw`(?<![\p{L}\p{N}_-])(?:[a-z][a-z+-]{1,20}:\/\/[^\s<>"]{1,2000}|(?:${LABEL}[.。｡]){1,10}(?:\p{L}{2,63}|xn--[a-z\d-]{1,59})(?![\p{L}\p{N}])(?:[:/?#][^\s<>"]{0,2000})?)`,
  'giu',
);
const TRAILING = /[.,;:!?)\]'”“»/]+$/u;

/**
 * Gives what finds the web addresses in a text, with or without `https://`, that are neither in `texts` nor of the sender.
 *
 * @param texts - What the requirements hold.
 * @param email - The sender's address.
 */
export function foreignAddressFinder(
  texts: readonly string[],
  email: string,
): (text: string) => readonly string[] {
  const normal = texts
    .flatMap(webAddressesIn)
    .map(secureAddress)
    .filter((address) => address !== undefined);
  const own = [...texts, ...normal, email.split('@').at(-1) ?? ''].flatMap(addressesIn);
  const held = new Set(own.flatMap((address) => [address, hostOf(address)]));
  const sender = oneLine(email).toLowerCase();
  return (text) => {
    const plain = plainText(text).toLowerCase();
    const rest = sender === '' ? plain : plain.replaceAll(sender, ' ');
    return addressesIn(rest).filter((address) => !held.has(address));
  };
}

/** Addresses in one form: small letters, no scheme for the web, no punctuation behind. */
function addressesIn(text: string): readonly string[] {
  return (plainText(text).toLowerCase().match(ADDRESS) ?? []).map((address) =>
    address.replace(/^https?:\/\//u, '').replace(TRAILING, ''),
  );
}

function hostOf(address: string): string {
  return address.replace(/[:/?#].*$/u, '');
}
