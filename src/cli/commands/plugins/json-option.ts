import { frozenJson, isPhasegateError, type JsonValue } from '../../../kernel/index.ts';
import { UsageError } from '../../errors.ts';

/** Reads JSON that was written after an option. @throws CLI_USAGE. */
export function jsonFrom(option: string, text: string): JsonValue {
  try {
    return frozenJson(JSON.parse(text), option);
  } catch (error) {
    if (isPhasegateError(error)) throw new UsageError(error.message, error.hint);
    const reason = error instanceof Error ? error.message : 'not JSON';
    throw new UsageError(`What ${option} holds is not JSON: ${reason}.`, `Give ${option} JSON.`);
  }
}

/** Reads JSON, or the file of at most 1 MiB that is named instead. @throws CLI_USAGE; APP_INVALID_INPUT_FILE. */
export async function jsonOrFile(option: string, text: string): Promise<JsonValue> {
  if (/^\s*([[{"\d-]|true\s*$|false\s*$|null\s*$)/.test(text)) return jsonFrom(option, text);
  const { readInputFile } = await import('../../../app/index.ts');
  return jsonFrom(option, await readInputFile(text, option));
}

/** Reads a JSON object, or the file that is named instead. @throws CLI_USAGE; APP_INVALID_INPUT_FILE. */
export async function objectOrFile(
  option: string,
  text: string,
): Promise<Readonly<Record<string, JsonValue>>> {
  const value = await jsonOrFile(option, text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, JsonValue>>;
  throw new UsageError(`${option} is no JSON object.`, 'Give {"name": value, ...}.');
}
