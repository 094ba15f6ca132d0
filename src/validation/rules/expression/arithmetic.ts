import { undecided } from './term.ts';

/** Whole numbers are exact or undecided: beyond 2^53 - 1, and so long before int64 ends, there is no answer. */
export function exact(value: number): number {
  return Number.isSafeInteger(value) ? value : undecided('a whole number is out of range');
}

/** Doubles are finite or undecided. */
export function finite(value: number): number {
  return Number.isFinite(value) ? value : undecided('a number is not finite');
}

type Operation = (one: number, other: number) => number;

/** CEL's arithmetic on whole numbers: division goes towards zero, the remainder has the dividend's sign. */
export const WHOLE: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['+', (one, other) => exact(one + other)],
  ['-', (one, other) => exact(one - other)],
  ['*', (one, other) => exact(one * other)],
  ['/', (one, other) => (one - (one % divisor(other))) / other],
  ['%', (one, other) => one % divisor(other)],
]);

/** CEL's arithmetic on doubles, without its infinities. */
export const FRACTIONAL: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['+', (one, other) => finite(one + other)],
  ['-', (one, other) => finite(one - other)],
  ['*', (one, other) => finite(one * other)],
  ['/', (one, other) => finite(one / divisor(other))],
]);

function divisor(value: number): number {
  return value === 0 ? undecided('a division by zero') : value;
}

/** Orders texts by code points, as CEL does; JavaScript orders by UTF-16 units. */
export function compareTexts(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    const a = one.charCodeAt(index);
    const b = other.charCodeAt(index);
    if (a === b) continue;
    if (isSurrogate(a) !== isSurrogate(b)) return isSurrogate(a) ? 1 : -1;
    return a - b;
  }
  return one.length - other.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdf_ff;
}
