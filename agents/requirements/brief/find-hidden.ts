import type { Span } from './span.ts';

const MARKS = [
  { open: '<!--', close: '-->', inLine: false },
  { open: '<script', close: '</script>', inLine: false },
  { open: '<style', close: '</style>', inLine: false },
  // Bidirectional overrides: what they enclose is shown backwards, so nobody reads it as it is written.
  { open: '\u202d', close: '\u202c', inLine: true },
  { open: '\u202e', close: '\u202c', inLine: true },
];

/**
 * Finds what a reader of the rendered brief would not see as it is written: HTML comments, scripts, style sheets, and
 * text whose direction is overridden.
 *
 * @returns Sorted spans that do not overlap; markup that is never closed reaches to the end of the brief, an override
 * to the end of its line.
 */
export function findHidden(text: string): readonly Span[] {
  const lower = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const starts = MARKS.map((mark) => ({ mark, at: lower.indexOf(mark.open) }));
  const hidden: Span[] = [];
  let read = 0;
  for (;;) {
    for (const start of starts) {
      if (start.at >= 0 && start.at < read) start.at = lower.indexOf(start.mark.open, read);
    }
    const next = starts.filter(({ at }) => at >= 0).toSorted((one, other) => one.at - other.at)[0];
    if (next === undefined) return hidden;
    read = endOf(lower, next.mark, next.at);
    hidden.push({ start: next.at, end: read });
  }
}

function endOf(lower: string, mark: (typeof MARKS)[number], start: number): number {
  const close = lower.indexOf(mark.close, start + mark.open.length);
  const end = close < 0 ? lower.length : close + mark.close.length;
  return mark.inLine ? Math.min(end, endOfLine(lower, start)) : end;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
