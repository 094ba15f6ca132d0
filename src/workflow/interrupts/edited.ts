/**
 * Gives the edited values in the types of the original: forms send nested values as JSON text, and Agent Inbox wraps
 * them in `{ action, args }`.
 */
export function editedArgs(edited: unknown, original: unknown): unknown {
  const unwrapped =
    isRecord(edited) && 'args' in edited && 'action' in edited ? edited['args'] : edited;
  if (!isRecord(unwrapped) || !isRecord(original)) return unwrapped;
  return Object.fromEntries(
    Object.entries(unwrapped).map(([key, value]) => [key, inTypeOf(original[key], value)]),
  );
}

function inTypeOf(original: unknown, value: unknown): unknown {
  if (typeof value !== 'string' || typeof original === 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    // It is a text where none belongs; the schema says so better than a parser would.
    return value;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
