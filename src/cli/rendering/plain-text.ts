/** Control characters, and format characters that reorder or hide text: a terminal would obey them. */
const UNSAFE = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** Gives text that came from outside (briefs, answers, models) without what a terminal would take as a command. */
export function plainText(text: string): string {
  return text
    .replaceAll('\t', '  ')
    .replaceAll(UNSAFE, (character) => (character === '\n' ? character : ''));
}

/** The same, in one line. */
export function plainLine(text: string): string {
  return plainText(text).replaceAll(/\s+/g, ' ').trim();
}

/**
 * Quotes text for a shell so that neither the shell nor the terminal obeys anything in it, and the shell reads it as it is:
 * `$'…'` with the numbers of the unsafe characters. Undefined when nothing in it is unsafe.
 *
 * @see POSIX.1-2024, Shell Command Language, 2.2.4 Dollar-Single-Quotes
 */
export function dollarQuoted(text: string): string | undefined {
  if (text.search(UNSAFE) === -1) return undefined;
  const bytes = (character: string): string =>
    [...Buffer.from(character)]
      .map((byte) => String.raw`\x${byte.toString(16).padStart(2, '0')}`)
      .join('');
  return `$'${text.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll(UNSAFE, bytes)}'`;
}
