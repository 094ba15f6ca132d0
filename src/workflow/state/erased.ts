/** What stands in the place of a field whose person's key was destroyed. */
export const ERASED = '[erased]';

/** Artifacts of which fields were erased, and how they are stored. */
const erased = new WeakMap<object, unknown>();

/** Notes that fields of an artifact were erased; `stored` is what the store holds of it. */
export function noteErased(record: object, stored: unknown): void {
  erased.set(record, stored);
}

/** Tells whether fields of an artifact were erased, so that its value is no longer the one of its digest. */
export function isErased(record: unknown): boolean {
  return typeof record === 'object' && record !== null && erased.has(record);
}

/** Gives how an artifact with erased fields is stored; undefined for any other. */
export function storedErased(record: unknown): unknown {
  return typeof record === 'object' && record !== null ? erased.get(record) : undefined;
}
