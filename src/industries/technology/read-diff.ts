/** A file of a diff. */
export interface DiffFile {
  readonly path: string;
  /** Lines that are added, without their sign. */
  readonly added: readonly string[];
  readonly removed: number;
}

/** A diff, as far as it can be judged. */
export interface Diff {
  readonly files: readonly DiffFile[];
  /** Whether all of it was read: each hunk has as many lines as it says, and nothing is left out as binary. */
  readonly whole: boolean;
}

interface Reading {
  readonly files: { path: string; added: string[]; removed: number }[];
  whole: boolean;
  /** Lines that the hunk still has to have. */
  before: number;
  after: number;
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;
const HEADER =
  /^(?:$|\\ |index |old mode |new mode |similarity |rename |new file |deleted file |--- )/;

/**
 * Reads a unified diff as `git diff` writes it. It is not applied to anything: whether it fits the files is for the repository
 * to say.
 */
export function readDiff(text: string): Diff {
  const reading: Reading = { files: [], whole: true, before: 0, after: 0 };
  for (const line of text.replace(/\n$/, '').split('\n')) readLine(line, reading);
  const isDone = reading.before === 0 && reading.after === 0;
  return { files: reading.files, whole: reading.whole && isDone && reading.files.length > 0 };
}

function readLine(line: string, reading: Reading): void {
  if (reading.before > 0 || reading.after > 0) return readHunkLine(line, reading);
  const [, before, after] = HUNK.exec(line) ?? [];
  if (HUNK.test(line)) return beginHunk(reading, Number(before ?? 1), Number(after ?? 1));
  const begun = /^diff --git a\/.+ b\/(.+)$/.exec(line)?.[1];
  const named = /^\+\+\+ (?:b\/)?(.+)$/.exec(line)?.[1];
  if (begun !== undefined) reading.files.push({ path: begun, added: [], removed: 0 });
  else if (named !== undefined) nameFile(named, reading);
  // What is no part of a text diff, such as "Binary files ... differ", cannot be judged.
  else if (!HEADER.test(line)) reading.whole = false;
}

function beginHunk(reading: Reading, before: number, after: number): void {
  reading.before = before;
  reading.after = after;
  // A hunk belongs to a file.
  if (reading.files.length === 0) reading.whole = false;
}

function nameFile(path: string, { files }: Reading): void {
  const last = files.at(-1);
  if (last === undefined) files.push({ path, added: [], removed: 0 });
  else if (path !== '/dev/null') last.path = path;
}

function readHunkLine(line: string, reading: Reading): void {
  const file = reading.files.at(-1);
  const sign = line[0] ?? ' ';
  if (sign === '\\') return;
  if (sign === '+') {
    reading.after -= 1;
    file?.added.push(line.slice(1));
  } else if (sign === '-') {
    reading.before -= 1;
    if (file !== undefined) file.removed += 1;
  } else if (sign === ' ') {
    reading.before -= 1;
    reading.after -= 1;
  } else {
    reading.whole = false;
  }
  if (reading.before < 0 || reading.after < 0) {
    reading.whole = false;
    reading.before = 0;
    reading.after = 0;
  }
}
