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
