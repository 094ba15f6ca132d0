/** Objects that were frozen with everything in them; `Object.isFrozen` tells of the surface only. */
const known = new WeakSet();

/**
 * As deep as somebody asks again: a channel's value, its records, and what they hold. Deeper down, what holds no object is
 * frozen without a note: a weak set of everything costs more than the freezing, and again at each garbage collection.
 */
const NOTED_DEPTH = 2;

/** Freezes `value` and everything in it, and gives it back. */
export function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) freeze(value, 0);
  return value;
}

function freeze(value: object, depth: number): void {
  if (known.has(value)) return;
  if (depth <= NOTED_DEPTH) known.add(value);
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const member of members) {
    if (typeof member !== 'object' || member === null) continue;
    // Noted before its members are looked at, so that a cycle ends.
    known.add(value);
    freeze(member, depth + 1);
  }
  Object.freeze(value);
}

/** Tells whether {@link deepFrozen} or `frozenJson` has frozen `value` and everything in it, and has noted it. */
export function isDeepFrozen(value: object): boolean {
  return known.has(value);
}

/** Freezes an object whose members are deeply frozen already; `depth` is how deep it lies in what is frozen. */
export function frozenShell<Value extends object>(value: Value, depth = 0): Value {
  if (depth <= NOTED_DEPTH) known.add(value);
  return Object.freeze(value);
}
