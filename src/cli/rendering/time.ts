/** Gives a duration as a person says it: `0.4 s`, `2 min 5 s`, `3 h`, `2 d`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d`;
}

/** Gives an instant (ISO-8601 UTC) to the second, as `2026-01-31 14:05:09 UTC`. */
export function instantText(instant: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(instant)
    ? `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`
    : instant;
}

/**
 * Gives an instant as its date in UTC and, for the reader, the time on the clock of this machine:
 * `2026-01-31 14:05:09 UTC (15:05 here)`.
 *
 * @param timeZone - An IANA name; this machine's own unless told.
 */
export function datedText(instant: string, timeZone?: string): string {
  const at = Date.parse(instant);
  if (!Number.isFinite(at)) return instant;
  const local = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
  const utc = instantText(new Date(at).toISOString());
  return utc.slice(11, 16) === local ? utc : `${utc} (${local} here)`;
}

/** Milliseconds from one instant to another; 0 when either is no instant. */
export function elapsedMs(from: string, to: string): number {
  const ms = Date.parse(to) - Date.parse(from);
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
