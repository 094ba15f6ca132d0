import { oneLine } from './plain-text.ts';

/** Gives what two subject lines have in common that a reader takes for the same: their words, in lower case. */
export function subjectKey(text: string): string {
  const line = oneLine(text).toLowerCase();
  const words = line.match(/[\p{L}\p{N}%€$£]+/gu) ?? [];
  return words.length === 0 ? line : words.join(' ');
}
