const DAY_MS = 86_400_000;

/** Milliseconds from one instant to another; below 0 when `to` is earlier. */
export function msBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}

/** Days from one instant to another, with fractions. */
export function daysBetween(from: string, to: string): number {
  return msBetween(from, to) / DAY_MS;
}

/** The instant so many calendar months before another. */
export function monthsBefore(instant: string, months: number): string {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.toISOString();
}
