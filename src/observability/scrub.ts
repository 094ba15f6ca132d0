import { isPhasegateError } from '../kernel/index.ts';
import { PERSONAL_TYPES, redact, SECRET_TYPES } from '../privacy/index.ts';

const MAX_CHARACTERS = 200;
const REMOVED = '[removed]';

/** What the types of the scanner do not tell apart from ordinary words, in forms that cannot be mistaken for one of ours. */
const SENSITIVE: readonly RegExp[] = [
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g,
  /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g,
  /(?<![\w-])(?:sk|pk|rk|lsv2|ghp|gho|xox[abp])[-_](?=[\w-]*\d)[\w-]{16,}/gi,
  /\bBearer\s+\S+/gi,
  /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]+)?/g,
  /\/\/[^\s/@:]{1,256}:[^\s/@]{1,256}@/g,
];

/** What a text says: anything, or a name that programs gave, such as an instant, a host or a file and its line. */
export type ScrubbedKind = 'text' | 'name';

const ALL_TYPES: readonly string[] = [...PERSONAL_TYPES, ...SECRET_TYPES];
/** In names that programs give, a day, a host and an address of a file belong to nobody. */
const OF_PROGRAMS = new Set(['DATE_TIME', 'URL', 'IP_ADDRESS']);
const TYPES: Readonly<Record<ScrubbedKind, readonly string[]>> = {
  text: ALL_TYPES,
  name: ALL_TYPES.filter((type) => !OF_PROGRAMS.has(type)),
};
/** Words of programs, in which nothing can be found: most of what is logged. */
const PLAIN = /^[A-Za-z_-]{0,48}$/;

/**
 * Makes a text fit for one log line: at most 200 characters, no control characters, and `[removed]` where data of a person
 * or a secret stood. What cannot be looked through is removed as a whole.
 */
export function scrub(text: string, kind: ScrubbedKind = 'text'): string {
  if (PLAIN.test(text)) return text;
  // Cut first, so that no text is long enough to make the patterns slow; a half-cut secret at the end goes too.
  const cut = text.length > MAX_CHARACTERS;
  let result = cut ? text.slice(0, MAX_CHARACTERS).replace(/\S{1,64}$/, '') : text;
  // oxlint-disable-next-line no-control-regex -- these are the characters to take out
  result = result.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ').toWellFormed();
  result = withoutFindings(result, kind);
  for (const pattern of SENSITIVE) result = result.replaceAll(pattern, REMOVED);
  return cut ? `${result}...` : result;
}

function withoutFindings(text: string, kind: ScrubbedKind): string {
  try {
    return redact(text, { types: TYPES[kind], maskOf: () => REMOVED }).text;
  } catch (error) {
    // Whatever it is that cannot be looked through may hold anything.
    if (isPhasegateError(error)) return REMOVED;
    throw error;
  }
}
