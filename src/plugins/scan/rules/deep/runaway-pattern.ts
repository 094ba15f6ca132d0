import { factsOf, type ScanRule } from '../../scan-rule.ts';
import { readPattern, type Letters, type Piece } from './read-pattern.ts';

/** A bounded repetition from this number on is as bad as an unbounded one. */
const MANY = 20;

/** A regular expression that takes exponential time on some texts. */
export const runawayPattern: ScanRule = {
  id: 'threat.runaway-pattern',
  part: 'threats',
  severity: 'medium',
  confidence: 0.8,
  message: 'Holds a regular expression that takes exponential time on some texts.',
  pass: 2,
  *find(subject) {
    for (const { file, line, pattern, flags } of factsOf(subject, 'pattern'))
      if (isRunaway(pattern, flags)) yield { file, line };
  },
};

/**
 * Tells whether a regular expression repeats something that itself repeats, in a way that lets one text be taken apart in
 * many ways: `(a+)+`, `(\w+\s?)*`, `(a|a)*`, and not `(a+b)+`. One that is not understood is taken for harmless.
 */
export function isRunaway(pattern: string, flags = ''): boolean {
  const alternatives = readPattern(pattern, flags);
  return alternatives?.some((pieces) => pieces.some(isRunawayPiece)) === true;
}

function isRunawayPiece({ group, max }: Piece): boolean {
  if (group.length === 0) return false;
  if (group.some((pieces) => pieces.some(isRunawayPiece))) return true;
  return max >= MANY && (repeatsItself(group) || overlaps(group));
}

/** A piece repeats inside the repetition, and all that stands between two rounds of it may be taken for more of it. */
function repeatsItself(group: readonly (readonly Piece[])[]): boolean {
  return group.some((pieces) =>
    pieces.some((piece, index) => {
      const isRepeated = piece.max >= MANY;
      const letters = lettersIn(piece);
      const rest = pieces.toSpliced(index, 1);
      if (isRepeated) return rest.every((other) => isLike(other, letters));
      // A group in between that is not repeated itself: `((a+))+`.
      const inner = piece.group.length > 0 && repeatsItself(piece.group);
      return inner && rest.every((other) => isLike(other, letters));
    }),
  );
}

function isLike(piece: Piece, letters: Letters): boolean {
  return piece.min === 0 || isNullable(piece) || (lettersIn(piece) & letters) !== 0n;
}

/** Two alternatives of one letter each that share a letter. */
function overlaps(group: readonly (readonly Piece[])[]): boolean {
  let seen = 0n;
  for (const [only, ...more] of group) {
    if (only?.letters === undefined || more.length > 0 || only.max !== 1) continue;
    if ((seen & only.letters) !== 0n) return true;
    seen |= only.letters;
  }
  return false;
}

function isNullable({ min, group, letters }: Piece): boolean {
  if (min === 0) return true;
  return letters === undefined && group.some((pieces) => pieces.every(isNullable));
}

function lettersIn({ letters, group }: Piece): Letters {
  if (letters !== undefined) return letters;
  return group.flat().reduce((all, piece) => all | lettersIn(piece), 0n);
}
