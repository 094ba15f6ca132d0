import { createColors } from 'picocolors';
import type { Formatter } from 'picocolors/types.js';

/** The few ways in which text stands out. Without colours each gives its text as it is. */
export interface Paint {
  readonly bold: Formatter;
  readonly dim: Formatter;
  readonly good: Formatter;
  readonly bad: Formatter;
  readonly attention: Formatter;
  readonly accent: Formatter;
  readonly underline: Formatter;
  readonly italic: Formatter;
}

/** Makes the styles of an output that takes colours, or of one that does not. */
export function createPaint(colours: boolean): Paint {
  const { bold, dim, green, red, yellow, cyan, underline, italic } = createColors(colours);
  return { bold, dim, good: green, bad: red, attention: yellow, accent: cyan, underline, italic };
}
