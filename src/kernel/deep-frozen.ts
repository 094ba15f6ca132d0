/** Objects that were frozen with everything in them; `Object.isFrozen` tells of the surface only. */
const known = new WeakSet();

/** Freezes `value` and everything in it, and gives it back. */
export function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || known.has(value)) return value;
  // Noted before its members are looked at, so that a cycle ends.
  known.add(value);
  for (const member of Object.values(value)) deepFrozen(member);
  return Object.freeze(value);
}

/** Tells whether {@link deepFrozen} or `frozenJson` has frozen `value` and everything in it. */
export function isDeepFrozen(value: object): boolean {
  return known.has(value);
}

/** Freezes an object whose members are deeply frozen already. */
export function frozenShell<Value extends object>(value: Value): Value {
  known.add(value);
  return Object.freeze(value);
}
