import type { Finding } from '../../privacy/index.ts';

/** Finds what is to be hidden in a text, in the order of its places. @throws PRIVACY_*. */
export type Scan = (text: string) => readonly Finding[];

/** What stands in for the data of one request, and leads back to it. Kept in memory, and gone with the request. */
export interface StandIns {
  /** Puts stand-ins in the places of what is found; an equal value has the same one. @throws PRIVACY_*. */
  hide(text: string): string;
  /** Puts what they stand for back into every text and key of an answer. */
  reveal(value: unknown): unknown;
  /** What was hidden so far, by type. */
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * Makes stand-ins for one request.
 *
 * @param mark - Tells them from what a prompt may say by itself; letters and digits.
 */
export function createStandIns(scan: Scan, mark: string): StandIns {
  const byValue = new Map<string, string>();
  const values = new Map<string, string>();
  const counts = new Map<string, number>();
  const standInFor = (type: string, value: string): string => {
    const key = `${type} ${value}`;
    const known = byValue.get(key);
    if (known !== undefined) return known;
    const number = (counts.get(type) ?? 0) + 1;
    counts.set(type, number);
    const made = formOf(type, `${number}-${mark}`);
    byValue.set(key, made);
    values.set(made, value);
    return made;
  };
  const revealText = (text: string): string => {
    // What carries no mark holds none; most texts of an answer do not.
    if (!text.includes(mark)) return text;
    return text.replaceAll(STAND_IN, (made) => values.get(made) ?? made);
  };
  return {
    counts,
    hide: (text) => {
      let result = '';
      let at = 0;
      for (const { type, start, end } of scan(text)) {
        result += text.slice(at, start) + standInFor(type, text.slice(start, end));
        at = end;
      }
      return result + text.slice(at);
    },
    reveal: (value) => revealed(value, revealText),
  };
}

/** Mail addresses and links stay such, so that an answer which needs one can have one (RFC 2606: nobody has `.invalid`). */
function formOf(type: string, name: string): string {
  if (type === 'EMAIL_ADDRESS') return `person-${name}@hidden.invalid`;
  if (type === 'URL') return `https://hidden.invalid/${name}`;
  return `<${type}-${name}>`;
}

const STAND_IN =
  /person-\d{1,6}-\w{1,32}@hidden\.invalid|https:\/\/hidden\.invalid\/\d{1,6}-\w{1,32}|<[A-Z][A-Z0-9_]{0,63}-\d{1,6}-\w{1,32}>/g;

function revealed(value: unknown, text: (value: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((item: unknown) => revealed(item, text));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [text(key), revealed(member, text)]);
  return Object.fromEntries(members);
}
