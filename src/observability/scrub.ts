const MAX_CHARACTERS = 200;
const REMOVED = '[removed]';

/** What identifies a person or opens a door, in forms that cannot be mistaken for one of our identifiers. */
const SENSITIVE: readonly RegExp[] = [
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g,
  /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g,
  /(?<![\w-])(?:sk|pk|rk|lsv2|ghp|gho|xox[abp])[-_](?=[\w-]*\d)[\w-]{16,}/gi,
  /\bBearer\s+\S+/gi,
  /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]+)?/g,
  /\/\/[^\s/@:]{1,256}:[^\s/@]{1,256}@/g,
];
const CARD = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/g;

/**
 * Makes a text fit for one log line: at most 200 characters, no control characters, and `[removed]` where a mail
 * address, a card or social security number, a key or a token stood.
 */
export function scrub(text: string): string {
  // Cut first, so that no text is long enough to make the patterns slow; a half-cut secret at the end goes too.
  const cut = text.length > MAX_CHARACTERS;
  let result = cut ? text.slice(0, MAX_CHARACTERS).replace(/\S{1,64}$/, '') : text;
  // oxlint-disable-next-line no-control-regex -- these are the characters to take out
  result = result.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ').toWellFormed();
  result = result.replaceAll(CARD, (digits) => (passesLuhn(digits) ? REMOVED : digits));
  for (const pattern of SENSITIVE) result = result.replaceAll(pattern, REMOVED);
  return cut ? `${result}...` : result;
}

/** The check digit of card numbers, which tells them from other long numbers nine times in ten (ISO/IEC 7812-1). */
function passesLuhn(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '').split('').toReversed().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
