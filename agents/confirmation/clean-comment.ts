const MAX_CHARACTERS = 2000;
/** Line breaks of every kind become `\n`. */
const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029]/gu;
/** Control characters, invisible marks that turn the direction of text, and what has no width. */
const UNSEEN = /[\p{Cc}\p{Co}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Gives a person's comment without control characters and invisible marks, with line breaks kept.
 *
 * @returns At most 2,000 characters (UTF-16 code units), never cut inside a character.
 */
export function cleanComment(comment: string): string {
  const lines = comment.toWellFormed().replaceAll(LINE_BREAKS, '\n').split('\n');
  const text = lines
    .map((line) => line.replaceAll('\t', ' ').replaceAll(UNSEEN, '').trimEnd())
    .join('\n')
    .trim();
  if (text.length <= MAX_CHARACTERS) return text;
  const cut = text.slice(0, MAX_CHARACTERS - 1);
  const whole = /[\ud800-\udbff]$/u.test(cut) ? cut.slice(0, -1) : cut;
  return `${whole.trimEnd()}…`;
}
