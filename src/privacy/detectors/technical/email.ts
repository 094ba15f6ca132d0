import { RANK, type Match } from '../../finding.ts';
import { candidatesOf, matchOf, type Source } from '../../text/index.ts';

const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 253;
/** What stands in a local part. A bar may too, and parts columns much more often. */
const LOCAL = /[\p{L}\p{N}\p{M}._%+'~&!#$*^{}?-]/u;
/** What may stand in a local part, but rather belongs to the text around it where it begins one. */
const LEADING = /^(?:e-?mail#)?[.'*!#$^{}?&~-]*/i;
/** ...unless it is one such sign where a word begins: !def!xyz%abc (RFC 3696). */
const LEADING_SIGN = /(?<![^\s:;,"'<([|])[!$]$/;
/** What stands before an equals sign of a local part that has a slash as well: customer/department=shipping (RFC 3696). */
const DEPARTMENT = /(?<![^\s"'<([*|])[\w-]{1,32}\/[\w-]{1,32}=$/;
/** The size of a picture, not a host. */
const PICTURE = /^\d(?:\.\d)?x\.(?:png|jpe?g|webp|gif|svg|avif)$/i;
const DOMAIN =
  /^(?:\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-f:.]{2,45})\]|(?:[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}_-]{0,61}[\p{L}\p{N}\p{M}])?\.){1,10}(?:xn--[a-z0-9-]{1,59}|[\p{L}\p{M}]{2,24}))/iu;
const QUOTED = /"(?:[^"\\\n]|\\.){1,62}"$/;
const SPELLED =
  /(?<![\w.])[\w.+-]{1,64}\s{0,2}[[({]\s?at\s?[\])}]\s{0,2}[\w-]{1,63}(?:\s{0,2}(?:[[({]\s?dot\s?[\])}]|\.)\s{0,2}[\w-]{1,63}){1,4}/gi;

/**
 * Mail addresses: with tags, quotes, in other scripts, at an address literal, and with the signs spelled out in brackets.
 *
 * @yields Each of them.
 */
export function* findEmails(source: Source): Iterable<Match> {
  const { text } = source;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    source.spend();
    const span = around(text, at, at + 1);
    if (span !== undefined) yield matchOf('EMAIL_ADDRESS', span, WEIGHT);
  }
  for (let at = text.indexOf('%40'); at !== -1; at = text.indexOf('%40', at + 1)) {
    source.spend();
    const span = around(text, at, at + 3);
    if (span !== undefined) yield matchOf('EMAIL_ADDRESS', span, WEIGHT);
  }
  if (!/[[({]\s?at/i.test(text)) return;
  for (const candidate of candidatesOf(source, SPELLED)) {
    yield matchOf('EMAIL_ADDRESS', candidate, { rank: RANK.email, confidence: 0.7 });
  }
}

const WEIGHT = { rank: RANK.email, confidence: 0.95 };

function around(text: string, at: number, after: number) {
  const domain = DOMAIN.exec(text.slice(after, after + LONGEST_DOMAIN))?.[0];
  if (domain === undefined || PICTURE.test(domain)) return undefined;
  const start = localStart(text, at);
  if (start === undefined) return undefined;
  // What stands before a host in an address of the web is a user there, and no mailbox.
  if (text.slice(start - 2, start) === '//' && start >= 2) return undefined;
  // The address of a repository, git@host:path, names nobody.
  if (text.slice(start, at) === 'git' && text[after + domain.length] === ':') return undefined;
  const end = after + domain.length;
  // Between two underscores it is emphasised.
  const isEmphasised = text[start] === '_' && text[end] === '_' && text[start + 1] !== '_';
  return { start: isEmphasised ? start + 1 : start, end };
}

function localStart(text: string, at: number): number | undefined {
  if (text[at - 1] === '"') {
    const quoted = QUOTED.exec(text.slice(Math.max(0, at - LONGEST_LOCAL), at));
    return quoted === null ? undefined : at - quoted[0].length;
  }
  let start = at;
  while (start > 0 && at - start < LONGEST_LOCAL && LOCAL.test(letterBefore(text, start))) {
    start -= letterBefore(text, start).length;
  }
  const local = text.slice(start, at);
  const trimmed = local.replace(LEADING, '');
  if (trimmed === '' || trimmed.endsWith('.')) return undefined;
  const begin = at - trimmed.length;
  const before = text.slice(Math.max(0, begin - LONGEST_LOCAL - 2), begin);
  const more = LEADING_SIGN.test(before) ? 1 : (DEPARTMENT.exec(before)?.[0].length ?? 0);
  return begin - more;
}

/** The whole letter before a place, also where it has two units. */
function letterBefore(text: string, place: number): string {
  const low = text.charCodeAt(place - 1);
  return low >= 0xdc00 && low <= 0xdfff
    ? text.slice(place - 2, place)
    : text.slice(place - 1, place);
}
