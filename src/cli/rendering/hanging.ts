import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

const NARROWEST = 20;

/** Puts a mark before text, and begins the text's further lines under its first word. */
export function hanging(mark: string, text: string, width: number): string {
  const columns = stringWidth(mark);
  const lines = wrapAnsi(text, Math.max(width - columns, NARROWEST), { hard: true }).split('\n');
  return lines.map((line, at) => (at === 0 ? mark : ' '.repeat(columns)) + line).join('\n');
}
