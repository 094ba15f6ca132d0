/** So much text is kept at most, in UTF-16 code units; the latest of a few hundred threads that wait for a person. */
const MAX_LENGTH = 4_194_304;
const MAX_LENGTH_OF_ONE = 65_536;
/** A stored record ends in its seal, so that few texts end alike; those that do are told apart by the whole text. */
const ENDING = 64;

interface Known {
  readonly text: string;
  readonly value: object;
}

/** What was stored, or opened, last, by its ending; oldest first. */
const recent = new Map<string, Known>();
let length = 0;

/**
 * Keeps the frozen value that `text` was made of, or opened into. What a store gives back is most often what this process
 * has written, letter for letter: then it is the same value, and all that was found out about it holds.
 */
export function keepText(text: string, value: object): void {
  // A list without records is read in no time.
  if (text.length < ENDING || text.length > MAX_LENGTH_OF_ONE) return;
  const ending = text.slice(-ENDING);
  drop(ending);
  recent.set(ending, { text, value });
  length += text.length;
  for (const oldest of recent.keys()) {
    if (length <= MAX_LENGTH) return;
    drop(oldest);
  }
}

/** Gives the value of a text that was kept lately; undefined for any other text, though it differ in one letter only. */
export function valueOfText(text: string): object | undefined {
  const known = recent.get(text.slice(-ENDING));
  return known?.text === text ? known.value : undefined;
}

function drop(ending: string): void {
  const known = recent.get(ending);
  if (known === undefined) return;
  recent.delete(ending);
  length -= known.text.length;
}
