/** RFC 3339, to the millisecond at most. */
const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const SPAN = /^-?(?:\d{1,9}(?:h|ms|m|s))+$/;
const MILLISECONDS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

const FIRST_MOMENT = Date.parse('0001-01-01T00:00:00Z');
const LAST_MOMENT = Date.parse('9999-12-31T23:59:59.999Z');
/** CEL counts spans in nanoseconds of an int64. */
const LONGEST_SPAN = 9_223_372_036_854;

/** Whether CEL has such a moment, in milliseconds since 1970. */
export function isMoment(value: number): boolean {
  return Number.isInteger(value) && value >= FIRST_MOMENT && value <= LAST_MOMENT;
}

/** Whether CEL has such a span, in milliseconds. */
export function isSpan(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= LONGEST_SPAN;
}

/** Milliseconds since 1970 of an RFC 3339 text; undefined for anything else, such as 30 February. */
export function momentOf(text: string): number | undefined {
  const [, year, month, day] = MOMENT.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(8, 10) !== day) return undefined;
  const moment = Date.parse(text);
  return isMoment(moment) ? moment : undefined;
}

/** Milliseconds of a span such as `72h` or `1h30m`; undefined for anything else. */
export function spanOf(text: string): number | undefined {
  if (!SPAN.test(text)) return undefined;
  let total = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+)(h|ms|m|s)/g))
    total += Number(amount) * (MILLISECONDS[unit] ?? Number.NaN);
  if (!isSpan(total)) return undefined;
  return text.startsWith('-') ? -total : total;
}
