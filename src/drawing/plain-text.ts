const WIDEST_LINE = 40;

/** Gives the lines of `text` without control characters, long ones wrapped between words. */
export function linesOf(text: string): readonly string[] {
  return text
    .toWellFormed()
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' ').trim())
    .filter((line) => line !== '')
    .flatMap(wrap);
}

function wrap(line: string): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/\s+/)) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (longer.length > WIDEST_LINE && current !== '') {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  lines.push(current);
  return lines;
}
