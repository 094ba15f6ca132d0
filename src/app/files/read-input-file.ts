import { InvalidInputFileError } from '../errors.ts';
import { readBounded } from './read-bounded.ts';

/** The largest input file, in bytes. */
export const MAX_INPUT_BYTES = 1024 * 1024;

/**
 * Reads an input file as text.
 *
 * @param path - A file of 1 byte to 1 MiB of UTF-8, with or without a byte order mark.
 * @param option - What it was given by, for errors.
 * @throws {@link InvalidInputFileError} if there is no such file, or it is a folder, a pipe, a device, empty, larger, not UTF-8, or binary.
 */
export async function readInputFile(path: string, option = '--input'): Promise<string> {
  const bytes = await readBytes(path, option);
  if (bytes.byteLength === 0)
    throw new InvalidInputFileError(path, 'is empty', 'Write the brief into it.');
  if (bytes.byteLength > MAX_INPUT_BYTES) {
    throw new InvalidInputFileError(
      path,
      'is larger than 1 MiB',
      'Shorten it to what the work needs.',
    );
  }
  const text = decode(path, bytes);
  if (text.includes('\u0000')) {
    throw new InvalidInputFileError(path, 'is binary', 'Give a Markdown or plain-text file.');
  }
  if (text.trim() === '')
    throw new InvalidInputFileError(path, 'holds white space only', 'Write the brief into it.');
  return text;
}

async function readBytes(path: string, option: string): Promise<Uint8Array> {
  let read: Awaited<ReturnType<typeof readBounded>>;
  try {
    read = await readBounded(path, MAX_INPUT_BYTES);
  } catch (error) {
    throw unreadable(path, option, error);
  }
  if (typeof read !== 'string') return read;
  const hint =
    read === 'a folder'
      ? 'Name a file in it.'
      : 'Write what a pipe or a device gives into a file first, and name that.';
  throw new InvalidInputFileError(path, `is ${read}`, hint);
}

function unreadable(path: string, option: string, error: unknown): InvalidInputFileError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT')
    return new InvalidInputFileError(path, 'does not exist', `Check the path given by ${option}.`);
  if (code === 'EACCES')
    return new InvalidInputFileError(
      path,
      'may not be read',
      'Give this user the right to read it.',
    );
  return new InvalidInputFileError(
    path,
    `cannot be read (${code})`,
    'Check the file and its disk.',
  );
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const binary = bytes.includes(0);
    throw new InvalidInputFileError(
      path,
      binary ? 'is binary' : 'is not UTF-8',
      binary ? 'Give a Markdown or plain-text file.' : 'Save it as UTF-8.',
    );
  }
}
