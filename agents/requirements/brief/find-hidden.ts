import type { Span } from './span.ts';

const MARKS = [
  { open: '<!--', close: '-->' },
  { open: '<script', close: '</script>' },
  { open: '<style', close: '</style>' },
];

/**
 * Finds what a reader of the rendered brief would not see: HTML comments, scripts and style sheets.
 *
 * @returns Sorted spans that do not overlap; one that is never closed reaches to the end of the brief.
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
    hidden.push({ start, end: at });
  }
}
