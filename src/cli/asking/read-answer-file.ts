import { InvalidAnswerFileError } from '../errors.ts';

/**
 * Reads a file that holds answers, or an edited version: at most 1 MiB.
 *
 * @throws {@link InvalidAnswerFileError} for what is no such file.
 */
export async function readAnswerFile(path: string): Promise<string> {
  const { MAX_INPUT_BYTES, readBounded } = await import('../../app/index.ts');
  let read: Awaited<ReturnType<typeof readBounded>>;
  try {
    read = await readBounded(path, MAX_INPUT_BYTES);
  } catch (error) {
    throw new InvalidAnswerFileError(path, 'cannot be read', error);
  }
  if (typeof read === 'string') throw new InvalidAnswerFileError(path, `is ${read}`);
  if (read.byteLength > MAX_INPUT_BYTES)
    throw new InvalidAnswerFileError(path, 'is larger than 1 MiB');
  return new TextDecoder().decode(read);
}
