import { wishedCount } from '../../../requirements/artifact.ts';

const MOST = 8;

/** How many emails `text` speaks of, 1 to 8, in digits or words of seven languages; undefined when it does not say. */
export function emailCount(text: string): number | undefined {
  // A lone number answers no question here.
  if (/^\s*\S+\s*$/u.test(text)) return undefined;
  const count = wishedCount(text)?.count;
  return count !== undefined && count >= 1 && count <= MOST ? count : undefined;
}
