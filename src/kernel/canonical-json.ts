import { NotJsonError } from './errors.ts';

/**
 * Gives the canonical text of a JSON value: equal values give equal text on every platform.
 *
 * @param value - A JSON value; `undefined` members of objects are left out.
 * @throws {@link NotJsonError} for anything else, lone surrogates included.
 * @see RFC 8785 (JSON Canonicalization Scheme)
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return canonicalString(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotJsonError('$', String(value));
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new NotJsonError('$', typeof value);
  return canonicalObject(value as Record<string, unknown>);
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new NotJsonError('$', 'a lone surrogate');
  return JSON.stringify(text);
}

function canonicalObject(value: Record<string, unknown>): string {
  const members: string[] = [];
  // The default sort compares UTF-16 code units, which is the order that RFC 8785 asks for.
  for (const key of Object.keys(value).toSorted()) {
    const member = value[key];
    if (member !== undefined) members.push(`${canonicalString(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}
