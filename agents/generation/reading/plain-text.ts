// Format characters, fillers and variation selectors: there, and not seen.
const ZERO_WIDTH = /\p{Cf}|\u034F|[\u115F\u1160]|[\u17B4\u17B5]|\u3164|[\uFE00-\uFE0F]/gu;
const SPACES = /[\p{Zs}\t]+/gu;
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu;
const APOSTROPHES = /[\u2018\u2019\u02BC\uFF07]/gu;

/**
 * Gives `text` the way checks read it: compatibility forms folded (NFKC), invisible characters gone, every decimal digit of
 * any script written 0 to 9, one kind of dash, apostrophe and space. Lines stay lines.
 */
export function plainText(text: string): string {
  return text
    .replace(ZERO_WIDTH, '')
    .normalize('NFKC')
    .replace(ZERO_WIDTH, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(DASHES, '-')
    .replace(APOSTROPHES, "'")
    .replace(SPACES, ' ');
}

/** Gives {@link plainText} on one line, trimmed: for comparing wordings. */
export function oneLine(text: string): string {
  return plainText(text).replace(/\s+/gu, ' ').trim();
}

// Decimal digits stand in blocks of ten that begin at a code point ending in 0 or 6.
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const nibble = code % 16;
  const beginsAtZero = /\p{Nd}/u.test(String.fromCodePoint(code - nibble));
  return String(beginsAtZero ? nibble : nibble - 6);
}
