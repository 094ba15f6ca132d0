import { isPhasegateError } from '../../kernel/index.ts';
import { readJsonWithPlaces } from '../../validation/rules/index.ts';
import { InvalidRulePackError } from '../../validation/index.ts';
import { InvalidStandardError } from '../errors.ts';
import { readStandard } from './define-standard.ts';
import type { Standard } from './standard.ts';

/**
 * Loads a standard from JSON (RFC 8259, no comments).
 *
 * @param text - A pack, such as {@link packText} gives.
 * @throws {@link InvalidStandardError} with every mistake at its file, line and column.
 */
export function loadStandard(text: string, { file }: { readonly file: string }): Standard {
  const { value, place } = readPack(text, file);
  return readStandard(value, { file, place });
}

/** Gives a standard's data as JSON, to be copied and changed. */
export function packText({ pack }: Standard): string {
  return `${JSON.stringify(pack, null, 2)}\n`;
}

function readPack(text: string, file: string): ReturnType<typeof readJsonWithPlaces> {
  try {
    return readJsonWithPlaces(text, file);
  } catch (error) {
    if (isPhasegateError(error) && error instanceof InvalidRulePackError)
      throw new InvalidStandardError(file, error.problems);
    throw error;
  }
}
