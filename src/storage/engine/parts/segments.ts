/** Neighbouring segments are merged by so many, so that a list of n items has about 15 log16(n) of them at most. */
const FANOUT = 16;
const LARGEST = FANOUT ** 3;
/** A long text is cut like a list of so many bytes each. */
const TEXT_ITEM_BYTES = 4_096;

/**
 * Gives the lengths of the segments into which a list of `count` items is cut: the same start of a longer list is cut
 * the same way, so that appending rewrites little and leaves most segments as they were.
 */
export function segmentLengths(count: number): readonly number[] {
  const lengths: number[] = [];
  let left = count;
  for (let size = LARGEST; size >= 1; size /= FANOUT) {
    for (; left >= size; left -= size) lengths.push(size);
  }
  return lengths;
}

/**
 * Cuts a list of JSON texts into segments, each the text of a JSON array.
 *
 * @param items - The JSON text of each item.
 */
export function cutSegments(items: readonly string[]): readonly string[] {
  const texts: string[] = [];
  let start = 0;
  for (const length of segmentLengths(items.length)) {
    texts.push(`[${items.slice(start, start + length).join(',')}]`);
    start += length;
  }
  return texts;
}

/** Gives the JSON text of the whole list that was cut. */
export function joinSegments(texts: readonly string[]): string {
  return `[${texts.map((text) => text.slice(1, -1)).join(',')}]`;
}

/**
 * Cuts a long text, in UTF-8, between its characters: the same start of a longer text is cut the same way, so that a text
 * that grows at its end leaves most of its parts as they were.
 */
export function cutText(text: Uint8Array): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  let items = 0;
  for (const length of segmentLengths(Math.floor(text.length / TEXT_ITEM_BYTES))) {
    items += length;
    const end = startOfCharacter(text, items * TEXT_ITEM_BYTES);
    parts.push(text.subarray(start, end));
    start = end;
  }
  return start < text.length ? [...parts, text.subarray(start)] : parts;
}

function startOfCharacter(text: Uint8Array, index: number): number {
  let start = index;
  // The bytes of a character after its first begin with the bits 10 (RFC 3629, section 3).
  while (start < text.length && ((text[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
}
