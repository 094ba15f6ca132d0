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
  /** The freezing that has begun on it; 0 once it is frozen with everything in it. */
  #pending = 0;

  static begin(value: object, freezing: number): void {
    const noted = #pending in value ? value : new Noted(value);
    noted.#pending = freezing;
  }

  static end(value: object): void {
    if (#pending in value) value.#pending = 0;
  }

  static isBegun(value: object, freezing: number): boolean {
    return #pending in value && value.#pending === freezing;
  }

  static has(value: object): boolean {
    return #pending in value && value.#pending === 0;
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

/**
 * Objects that came frozen from elsewhere, with the freezing that has begun on them or 0: not every engine adds private
 * fields to what takes no members any more.
 */
const foreign = new WeakMap<object, number>();

/**
 * As deep as somebody asks again: a channel's value, its records, and what they hold. Deeper down, what holds no object is
 * frozen without a note.
 */
const NOTED_DEPTH = 2;

let freezings = 0;

/**
 * Freezes `value` and everything in it, and gives it back. Meant for values of our own: an accessor is left as it is, so what
 * comes from outside is copied by `frozenJson` first.
 */
export function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) freeze(value, 0, ++freezings);
  return value;
}

function freeze(value: object, depth: number, freezing: number): void {
  if (isDeepFrozen(value) || isBegun(value, freezing)) return;
  let isNoted = depth <= NOTED_DEPTH;
  if (isNoted) begin(value, freezing);
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const member of members) {
    if (typeof member !== 'object' || member === null) continue;
    // Noted before its members are looked at, so that a cycle ends.
    if (!isNoted) begin(value, freezing);
    isNoted = true;
    freeze(member, depth + 1, freezing);
  }
  Object.freeze(value);
  // Only now: had a member refused to be frozen, this would be neither frozen nor noted as such.
  if (isNoted) end(value);
}

function begin(value: object, freezing: number): void {
  if (Object.isExtensible(value)) Noted.begin(value, freezing);
  else foreign.set(value, freezing);
}

function end(value: object): void {
  if (foreign.has(value)) foreign.set(value, 0);
  Noted.end(value);
}

function isBegun(value: object, freezing: number): boolean {
  return Noted.isBegun(value, freezing) || foreign.get(value) === freezing;
}

/** Tells whether {@link deepFrozen} or `frozenJson` has frozen `value` and everything in it, and has noted it. */
export function isDeepFrozen(value: object): boolean {
  return Noted.has(value) || (Object.isFrozen(value) && foreign.get(value) === 0);
}

/** Freezes an object whose members are deeply frozen already; `depth` is how deep it lies in what is frozen. */
export function frozenShell<Value extends object>(value: Value, depth = 0): Value {
  if (depth > NOTED_DEPTH) return Object.freeze(value);
  begin(value, ++freezings);
  Object.freeze(value);
  end(value);
  return value;
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
