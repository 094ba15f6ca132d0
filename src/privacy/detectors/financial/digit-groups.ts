import { candidatesOf, type Source } from '../../text/index.ts';

/** Digits in one piece, within a run of them. */
export interface DigitGroup {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** On the stripe of a card a letter stands before its number (ISO/IEC 7813). */
const RUN = /(?:(?<!\w|\d\.)|(?<=%B))\d+(?:(?: ?[ .\-_/\t\n] ?|-?\r?\n)\d+)*(?![A-Za-z0-9])/g;
const GROUP = /\d+/g;

/**
 * Gives runs of digits, in groups that are parted by single spaces, dots, dashes and the like, or by the end of a line.
 *
 * @yields Each of them.
 */
export function* digitRuns(source: Source): Iterable<readonly DigitGroup[]> {
  for (const { text, start } of candidatesOf(source, RUN)) {
    yield [...text.matchAll(GROUP)].map(({ 0: digits, index }) => ({
      digits,
      start: start + index,
      end: start + index + digits.length,
    }));
  }
}
