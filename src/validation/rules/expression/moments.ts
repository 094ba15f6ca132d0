/** RFC 3339, to the millisecond at most. */
const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const SPAN = /^-?(?:\d{1,9}(?:h|ms|m|s))+$/;
const MILLISECONDS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Milliseconds since 1970 of an RFC 3339 text; undefined for anything else, such as 30 February. */
export function momentOf(text: string): number | undefined {
  const [, year, month, day] = MOMENT.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(8, 10) !== day) return undefined;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
}

/** Milliseconds of a span such as `72h` or `1h30m`; undefined for anything else. */
export function spanOf(text: string): number | undefined {
  if (!SPAN.test(text)) return undefined;
  let total = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+)(h|ms|m|s)/g))
    total += Number(amount) * (MILLISECONDS[unit] ?? Number.NaN);
  return text.startsWith('-') ? -total : total;
}
