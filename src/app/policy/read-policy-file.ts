import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';

import { readToml, spotKey, type TomlDocument } from '../../config/index.ts';
import { InvalidRulePackError } from '../../validation/index.ts';
import { readJsonWithPlaces, type Place } from '../../validation/rules/index.ts';
import { UnreadableFileError } from '../errors.ts';

/** A file of rules or cases that was read: what it says, where, and its bytes. */
export interface DataFile {
  /** As it is shown: relative to the working directory. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly value: unknown;
  readonly place: Place;
}

/**
 * Reads a file of TOML (`.toml`) or JSON (anything else), with the places of what it says.
 *
 * @throws {@link UnreadableFileError}; VALIDATION_INVALID_RULE_PACK for a mistake in the syntax, at its place.
 */
export async function readDataFile(path: string): Promise<DataFile> {
  const file = relative('.', path) || path;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new UnreadableFileError(path, error);
  }
  if (!path.endsWith('.toml')) {
    const text = new TextDecoder('utf-8').decode(bytes);
    return { file, bytes, ...readJsonWithPlaces(text, file) };
  }
  const document = readToml(file, bytes);
  if ('spots' in document) {
    return { file, bytes, value: document.value, place: placesOf(document, bytes) };
  }
  const { place, message } = document;
  const at = 'line' in place ? { line: place.line, column: place.column } : { line: 1, column: 1 };
  throw new InvalidRulePackError(file, [{ path: '', message, ...at }]);
}

function placesOf({ spots }: TomlDocument, bytes: Uint8Array): Place {
  const lines = new TextDecoder('utf-8').decode(bytes).split('\n');
  return (path, { key = false, character } = {}) => {
    for (let length = path.length; length > 0; length -= 1) {
      const spot = spots.get(spotKey(path.slice(0, length)));
      const at = spot?.[key ? 'key' : 'value'];
      if (at === undefined || !('line' in at)) continue;
      const { line, column } = at;
      if (character === undefined || length < path.length) return { line, column };
      return within(lines, { line, column }, character);
    }
    return { line: 1, column: 1 };
  };
}

/** Where a character of a string's text stands, given where the string begins. Escapes count as what they are written with. */
function within(
  lines: readonly string[],
  { line, column }: { readonly line: number; readonly column: number },
  character: number,
): ReturnType<Place> {
  const opening = (lines[line - 1] ?? '').slice(column - 1);
  if (!/^("""|''')/.test(opening)) return { line, column: column + 1 + character };
  // A line break right behind the opening quotes is not a part of the text.
  const isBroken = opening.trim().length === 3;
  let at = isBroken ? { line: line + 1, column: 1 } : { line, column: column + 3 };
  let left = character;
  for (;;) {
    const rest = (lines[at.line - 1] ?? '').length - (at.column - 1);
    if (left <= rest || at.line >= lines.length) return { ...at, column: at.column + left };
    left -= rest + 1;
    at = { line: at.line + 1, column: 1 };
  }
}
