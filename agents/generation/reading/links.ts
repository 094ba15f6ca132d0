const ADDRESS = /https?:\/\/[^\s<>"'`|\\^{}„“”»]{1,2000}/giu;
const TRAILING = /[.,;:!?)\]]+$/u;

/** Finds the web addresses in `text`, as written, without the punctuation of the sentence around them. */
export function webAddressesIn(text: string): readonly string[] {
  return [...text.matchAll(ADDRESS)].map(([address]) => address.replace(TRAILING, ''));
}

/** Gives the address in its normal form when it is a well-formed https one. */
export function secureAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' && url.password === ''
    ? url.href
    : undefined;
}
