import { ThreadFileError } from '../../errors/index.ts';

/** Longer than any line that is written; a file without line ends must not fill the memory. */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

/**
 * Cuts bytes into the texts of lines. A last line need not end in a line feed.
 *
 * @yields lines without their ends.
 * @throws {@link ThreadFileError} for a line that is too long or no UTF-8.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let waiting: Uint8Array[] = [];
  let length = 0;
  let number = 1;
  const take = (): string => {
    try {
      return decoder.decode(Buffer.concat(waiting));
    } catch (error) {
      throw new ThreadFileError(number, 'it is no UTF-8 text', error);
    } finally {
      waiting = [];
      length = 0;
      number += 1;
    }
  };
  for await (const chunk of chunks) {
    let rest = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      waiting.push(rest.subarray(0, end));
      yield take();
      rest = rest.subarray(end + 1);
    }
    waiting.push(rest);
    length += rest.length;
    if (length > MAX_LINE_BYTES) throw new ThreadFileError(number, 'it is too long');
  }
  if (length > 0) yield take();
}
