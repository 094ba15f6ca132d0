/** Gives back what it is asked to make, so that a class that extends it adds its private fields to that. */
// A function would do, but only a class can be extended.
// oxlint-disable-next-line typescript/no-extraneous-class
class Itself {
  constructor(value: object) {
    return value;
  }
}

/**
 * What is noted on an object when it is frozen with everything in it; `Object.isFrozen` tells of the surface only. It is
 * noted in private fields, which nobody else can read, write or forge: a weak set costs ten times as much to write, and
 * again at each garbage collection.
 */
class Noted extends Itself {
  #digest: string | undefined = undefined;
  #isJson = false;

  static on(value: object): object {
    return #digest in value ? value : new Noted(value);
  }

  static has(value: object): boolean {
    return #digest in value;
  }

  static digestOf(value: object): string | undefined {
    return #digest in value ? value.#digest : undefined;
  }

  static keepDigest(value: object, digest: string): void {
    if (#digest in value) value.#digest = digest;
  }

  static isJson(value: object): boolean {
    return #isJson in value && value.#isJson;
  }

  static keepJson(value: object): void {
    if (#isJson in value) value.#isJson = true;
  }
}

/** Objects that came frozen from elsewhere: not every engine adds private fields to what takes no members any more. */
const foreign = new WeakSet();

/**
 * As deep as somebody asks again: a channel's value, its records, and what they hold. Deeper down, what holds no object is
 * frozen without a note.
 */
const NOTED_DEPTH = 2;

/** Freezes `value` and everything in it, and gives it back. */
export function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) freeze(value, 0);
  return value;
}

function freeze(value: object, depth: number): void {
  if (isDeepFrozen(value)) return;
  let isNoted = depth <= NOTED_DEPTH;
  if (isNoted) note(value);
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const member of members) {
    if (typeof member !== 'object' || member === null) continue;
    // Noted before its members are looked at, so that a cycle ends.
    if (!isNoted) note(value);
    isNoted = true;
    freeze(member, depth + 1);
  }
  Object.freeze(value);
}

function note(value: object): void {
  if (Object.isExtensible(value)) Noted.on(value);
  else foreign.add(value);
}

/** Tells whether {@link deepFrozen} or `frozenJson` has frozen `value` and everything in it, and has noted it. */
export function isDeepFrozen(value: object): boolean {
  return Noted.has(value) || (Object.isFrozen(value) && foreign.has(value));
}

/** Freezes an object whose members are deeply frozen already; `depth` is how deep it lies in what is frozen. */
export function frozenShell<Value extends object>(value: Value, depth = 0): Value {
  if (depth <= NOTED_DEPTH) note(value);
  return Object.freeze(value);
}

/** Gives the digest kept for a deeply frozen object, if there is one. */
export function keptDigest(value: object): string | undefined {
  return Noted.digestOf(value);
}

/** Keeps the digest of a deeply frozen object with it. */
export function keepDigest(value: object, digest: string): void {
  Noted.keepDigest(value, digest);
}

/** Whether an object is known to be frozen JSON. */
export function isFrozenJson(value: object): boolean {
  return Noted.isJson(value);
}

/** Keeps with an object that it is frozen JSON. */
export function keepFrozenJson(value: object): void {
  Noted.keepJson(value);
}
