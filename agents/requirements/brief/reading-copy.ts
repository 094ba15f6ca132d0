import type { Edit } from './plain-text.ts';

/** A brief with its edits written into it, and the way back. */
export interface ReadingCopy {
  readonly text: string;
  /** Index in the brief of each character of `text`, and at last the brief's length. */
  readonly origin: Uint32Array;
}

/** Writes the edits into a brief. Characters that an edit puts in come from the place that it replaces. */
export function readingCopy(brief: string, edits: readonly Edit[]): ReadingCopy {
  const added = edits.reduce((length, edit) => length + edit.text.length, 0);
  const origin = new Uint32Array(brief.length + added + 1);
  const pieces: string[] = [];
  let length = 0;
  let at = 0;
  const copyTo = (end: number): void => {
    for (let index = at; index < end; index += 1) origin[length + index - at] = index;
    pieces.push(brief.slice(at, end));
    length += Math.max(0, end - at);
  };
  for (const edit of edits) {
    copyTo(edit.start);
    origin.fill(edit.start, length, length + edit.text.length);
    pieces.push(edit.text);
    length += edit.text.length;
    at = edit.end;
  }
  copyTo(brief.length);
  origin[length] = brief.length;
  return { text: pieces.join(''), origin: origin.subarray(0, length + 1) };
}
