const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Gives other people's text as one line of Markdown that shows exactly that text: no emphasis, links, images, tables or
 * HTML of its own.
 *
 * @param maxCharacters - Longer text is cut between words and ends in `…`.
 */
export function inlineText(text: string, maxCharacters = Number.POSITIVE_INFINITY): string {
  const line = text.replaceAll(/\s+/gu, ' ').replaceAll(UNSEEN, '').trim();
  return cut(line, maxCharacters).replaceAll(/[\\`*_[\]<>|~]/gu, String.raw`\$&`);
}

/** Gives a table in Markdown; cells are Markdown already. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cut(line: string, maxCharacters: number): string {
  if (line.length <= maxCharacters) return line;
  const words = line.slice(0, maxCharacters).split(' ');
  const kept =
    words.length > 1 ? words.slice(0, -1).join(' ') : line.slice(0, maxCharacters).toWellFormed();
  return `${kept}…`;
}
