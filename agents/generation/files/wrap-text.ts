/** How wide a line of plain text may be: RFC 3676 section 4.2 asks for 78 at most, with the space that marks a soft break. */
const COLUMNS = 76;

/** Breaks every longer line between words at 76 columns; a word that is longer, such as a link, has a line of its own. */
export function wrapText(text: string): string {
  return wrapped(text, '\n');
}

/**
 * Gives {@link wrapText} as `format=flowed`: a line that goes on ends with a space, so that readers that know it fill their
 * window, and others see 76 columns.
 *
 * @see RFC 3676 section 4
 */
export function flowedText(text: string): string {
  const stuffed = text
    .split('\n')
    .map((line) => (/^(?: |>|From )/u.test(line) ? ` ${line}` : line).replace(/ +$/u, ''));
  return wrapped(stuffed.join('\n'), ' \n');
}

function wrapped(text: string, end: string): string {
  return text
    .split('\n')
    .map((line) => linesOf(line, COLUMNS - end.length + 1).join(end))
    .join('\n');
}

function linesOf(line: string, room: number): readonly string[] {
  const lines: string[] = [];
  for (const word of line.split(/(?<=\S) (?=\S)/u)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
