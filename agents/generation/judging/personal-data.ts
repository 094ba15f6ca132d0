import { plainText } from '../reading/plain-text.ts';

/** A kind of personal data that an email must not hold. */
export type PersonalDataKind =
  | 'social security number'
  | 'payment card number'
  | 'bank account number'
  | 'record number'
  | 'date of birth'
  | 'email address'
  | 'telephone number';

interface Detector {
  readonly kind: PersonalDataKind;
  readonly pattern: RegExp;
  readonly holds: (match: string) => boolean;
}

const always = (): boolean => true;

/** Every pattern is bounded, so that time stays linear in the text's length. */
const DETECTORS: readonly Detector[] = [
  {
    kind: 'social security number',
    pattern: /(?<![\d-])\d{3}([-. ,:/|·_])\d{2}\1\d{4}(?![\d-])/gu,
    holds: isSocialSecurityNumber,
  },
  {
    kind: 'social security number',
    pattern:
      /(?<!\p{L})(?:ssn|s\.s\.n\.|social security)[\s:#.-]{0,4}(?:no|number)?[\s:#.-]{0,4}\(?\d(?:[^\p{L}\p{N}]{0,3}\d){8}(?!\d)/giu,
    holds: always,
  },
  {
    kind: 'bank account number',
    pattern: /(?<![\p{L}\d])[a-z]{2}\d{2}(?: ?[a-z\d]{4}){2,7}(?: ?[a-z\d]{1,4})?(?![\p{L}\d])/giu,
    holds: isIban,
  },
  {
    kind: 'bank account number',
    pattern:
      /(?<![\p{L}\d])[a-z]{2}\d{2}(?:[^\p{L}\p{N}]{0,3}[a-z\d]{4}){2,7}(?:[^\p{L}\p{N}]{0,3}[a-z\d]{1,3})?(?![\p{L}\d])/giu,
    holds: isIban,
  },
  {
    kind: 'payment card number',
    pattern: /(?<!\d)\d{4}(?:[^\p{L}\p{N}]{1,3}\d{4}){3}(?!\d)/gu,
    holds: passesLuhn,
  },
  {
    kind: 'payment card number',
    pattern: /(?<!\d)\d(?:[ .-]?\d){12,18}(?!\d)/gu,
    holds: passesLuhn,
  },
  {
    kind: 'record number',
    pattern:
      /(?<!\p{L})(?:MRN|medical record|patient(?:en)?(?:nummer|-?(?:nr|id|no|number))?|versicherten(?:nummer|-?nr)|chart|case|record)[\s:#.-]{0,4}(?:no|number|nr|id)?[\s:#.-]{0,4}[a-z]{0,3}\d{5,12}(?!\d)/giu,
    holds: always,
  },
  {
    kind: 'record number',
    pattern:
      /(?<!\p{L})(?:m\.r\.n\.?|hospital (?:number|no|id)|insurance (?:policy|number|id|no)|policy (?:number|no))[\s:#.-]{0,4}(?:no|number|nr|id)?[\s:#.-]{0,4}[a-z]{0,3}\d{5,12}(?!\d)/giu,
    holds: always,
  },
  {
    kind: 'date of birth',
    pattern:
      /(?<!\p{L})(?:born(?: on| in)?|date of birth|dob|geboren(?: am)?|geb\.|geburtsdatum)[\s:]{1,3}(?:\p{L}{3,12}\.?,? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th|\.)? (?:of )?\p{L}{3,12},? \d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})/giu,
    holds: always,
  },
  {
    kind: 'email address',
    pattern:
      /[\p{L}\d._%+-]{1,64} ?[([{] ?(?:at|@) ?[)\]}] ?[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,5}/giu,
    holds: always,
  },
  {
    kind: 'email address',
    pattern: /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,5}/giu,
    holds: always,
  },
  {
    kind: 'telephone number',
    pattern: /(?<![\p{L}\d.,/-])(?:\+|00)\d(?:[ ()./-]{0,3}\d){6,14}(?!\d)/gu,
    holds: always,
  },
  {
    kind: 'telephone number',
    pattern:
      /(?<![\p{L}\d.,/-])(?!\d{1,2}[- /]\d{1,2}[- /]\d{2,4}(?!\d))\(?0\d{1,5}\)?[ /-]{1,3}\d(?:[ -]?\d){3,10}(?!\d)/gu,
    holds: always,
  },
  {
    kind: 'telephone number',
    pattern: /(?<![\d-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\d-])/gu,
    holds: always,
  },
];

/**
 * Finds personal data in `text`.
 *
 * @param allowed - Addresses and numbers that are the sender's own, in any notation.
 * @returns The kinds found, each once. Never the data.
 */
export function personalDataIn(
  text: string,
  allowed: readonly string[],
): readonly PersonalDataKind[] {
  const own = new Set(
    allowed.flatMap((value) => [...matchesIn(value)].map(({ match }) => bare(match))),
  );
  const kinds = [...matchesIn(text)]
    .filter(({ match }) => !own.has(bare(match)))
    .map(({ kind }) => kind);
  return [...new Set(kinds)];
}

function matchesIn(
  text: string,
): readonly { readonly kind: PersonalDataKind; readonly match: string }[] {
  const plain = plainText(withoutCircles(text)).replace(/\{\{[a-z_]{1,40}\}\}/gu, ' ');
  return DETECTORS.flatMap(({ kind, pattern, holds }) =>
    [...plain.matchAll(pattern)]
      .map(([match]) => ({ kind, match }))
      .filter(({ match }) => holds(match)),
  );
}

// Digits in circles that NFKC leaves alone.
function withoutCircles(text: string): string {
  return text.replace(/[\u24F5-\u24FD\u24FF\u2776-\u277E\u2780-\u2788\u278A-\u2792]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    if (code === 0x24ff) return '0';
    const first = [0x278a, 0x2780, 0x2776, 0x24f5].find((start) => code >= start) ?? code;
    return String(code - first + 1);
  });
}

function bare(match: string): string {
  return match.toLowerCase().replace(/[^\p{L}\d@]/gu, '');
}

function isSocialSecurityNumber(text: string): boolean {
  const [area = '', group = '', serial = ''] = text.split(/\D/u);
  return (
    area !== '000' && area !== '666' && !area.startsWith('9') && group !== '00' && serial !== '0000'
  );
}

/** @see ISO/IEC 7812-1 annex B (Luhn) */
function passesLuhn(text: string): boolean {
  const digits = [...text.replace(/\D/gu, '')].toReversed().map(Number);
  if (new Set(digits).size === 1) return false;
  const sum = digits.reduce(
    (total, digit, index) => total + (index % 2 === 0 ? digit : doubled(digit)),
    0,
  );
  return sum % 10 === 0;
}

function doubled(digit: number): number {
  return digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
}

/** @see ISO 13616-1 (IBAN), ISO/IEC 7064 (MOD 97-10) */
function isIban(text: string): boolean {
  const compact = text.replace(/[^a-z\d]/giu, '').toUpperCase();
  if (compact.length < 15 || compact.length > 34) return false;
  const rearranged = `${compact.slice(4)}${compact.slice(0, 4)}`;
  const remainder = [...rearranged].reduce((rest, character) => {
    const value = Number.parseInt(character, 36);
    return (rest * (value > 9 ? 100 : 10) + value) % 97;
  }, 0);
  return remainder === 1;
}
