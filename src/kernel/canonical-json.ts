import { NotJsonError } from './errors.ts';

/** Deeper than anything that is kept; a cycle ends here instead of at the end of the stack. */
const MAX_DEPTH = 128;
/** So many texts take longer one by one than all together. */
const WORTH_IT = 8;

/**
 * Gives the canonical text of a JSON value: equal values give equal text on every platform.
 *
 * @param value - A JSON value; `undefined` members of objects are left out.
 * @throws {@link NotJsonError} for anything else: lone surrogates, and nesting over 128 levels, included.
 * @see RFC 8785 (JSON Canonicalization Scheme)
 */
export function canonicalJson(value: unknown): string {
  return canonical(value, 0);
}

function canonical(value: unknown, depth: number): string {
  if (typeof value === 'string') return canonicalString(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotJsonError('$', String(value));
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new NotJsonError('$', typeof value);
  if (depth >= MAX_DEPTH) throw new NotJsonError('$', `nesting over ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) {
    const texts = textOfTexts(value);
    if (texts !== undefined) return texts;
    let items = '';
    // By index, so that a hole counts as what it is read as.
    for (let index = 0; index < value.length; index += 1) {
      if (index > 0) items += ',';
      items += canonical(value[index], depth + 1);
    }
    return `[${items}]`;
  }
  return canonicalObject(value as Record<string, unknown>, depth);
}

/** Gives the text of a list of texts, which is what JSON.stringify gives unless a text is not well-formed. */
function textOfTexts(values: readonly unknown[]): string | undefined {
  if (values.length < WORTH_IT) return undefined;
  for (let index = 0; index < values.length; index += 1) {
    if (typeof values[index] !== 'string') return undefined;
  }
  const text = JSON.stringify(values);
  // It writes half a character as an escape.
  return text.includes(String.raw`\ud`) ? undefined : text;
}

/** Text that stands in JSON as it is. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function canonicalString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new NotJsonError('$', 'a lone surrogate');
  return JSON.stringify(text);
}

function canonicalObject(value: Record<string, unknown>, depth: number): string {
  let members = '';
  // The default sort compares UTF-16 code units, which is the order that RFC 8785 asks for.
  for (const key of Object.keys(value).toSorted()) {
    const member = value[key];
    if (member === undefined) continue;
    if (members !== '') members += ',';
    members += canonicalString(key);
    members += ':';
    members += typeof member === 'string' ? canonicalString(member) : canonical(member, depth + 1);
  }
  return `{${members}}`;
}
