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
  const next = MARKS.map(({ open }) => lower.indexOf(open));
  const hidden: Span[] = [];
  let at = 0;
  for (;;) {
    let which = -1;
    for (const [index, mark] of MARKS.entries()) {
      if ((next[index] ?? -1) >= 0 && (next[index] ?? 0) < at)
        next[index] = lower.indexOf(mark.open, at);
      const found = next[index] ?? -1;
      if (found >= 0 && (which < 0 || found < (next[which] ?? 0))) which = index;
    }
    const mark = MARKS[which];
    const start = next[which];
    if (mark === undefined || start === undefined) return hidden;
    const close = lower.indexOf(mark.close, start + mark.open.length);
    at = close < 0 ? text.length : close + mark.close.length;
    if (mark.inLine) at = Math.min(at, endOfLine(text, start));
    hidden.push({ start, end: at });
  }
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
