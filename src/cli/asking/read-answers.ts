import type { Question } from '../../state/index.ts';
import { InvalidAnswerFileError, UnknownQuestionError, UsageError } from '../errors.ts';

/** Answers by question id. */
export type Answers = Readonly<Record<string, string>>;

/**
 * Reads answers given as `id=text`. A question's id may hold `=` itself: the longest id that fits counts.
 *
 * @throws {@link UsageError} for a pair without `=` or text; {@link UnknownQuestionError} for an id that is not asked.
 */
export function answersFromPairs(
  pairs: readonly string[],
  questions: readonly Pick<Question, 'id'>[],
): Answers {
  const ids = questions.map(({ id }) => id).toSorted((one, other) => other.length - one.length);
  const entries = pairs.map((pair) => {
    const id = ids.find((known) => pair.startsWith(`${known}=`)) ?? unknownId(pair, ids);
    const text = pair.slice(id.length + 1).trim();
    if (text === '') {
      throw new UsageError(
        `The answer to "${id}" is empty.`,
        `Write --answer "${id}=YOUR ANSWER".`,
      );
    }
    return [id, text] as const;
  });
  return Object.fromEntries(entries);
}

function unknownId(pair: string, ids: readonly string[]): never {
  const at = pair.indexOf('=');
  if (at > 0) throw new UnknownQuestionError(pair.slice(0, at), ids);
  throw new UsageError(
    `Expected --answer ID=TEXT, found "${pair}".`,
    `Write --answer "${ids[0] ?? 'ID'}=YOUR ANSWER".`,
  );
}

/**
 * Reads answers from the text of a JSON file: `{ "id": "text" }`.
 *
 * @throws {@link InvalidAnswerFileError} for anything else; {@link UnknownQuestionError} for an id that is not asked.
 */
export function answersFromJson(
  path: string,
  text: string,
  questions: readonly Pick<Question, 'id'>[],
): Answers {
  const value = parsedJson(path, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidAnswerFileError(path, 'does not hold one JSON object of texts by question id');
  }
  const ids = questions.map(({ id }) => id);
  for (const [id, answer] of Object.entries(value)) {
    if (!ids.includes(id)) throw new UnknownQuestionError(id, ids);
    if (typeof answer !== 'string' || answer.trim() === '') {
      throw new InvalidAnswerFileError(path, `gives no text for the question "${id}"`);
    }
  }
  return Object.fromEntries(Object.entries(value).map(([id, answer]) => [id, String(answer)]));
}

/** @throws {@link InvalidAnswerFileError} if the text is not JSON. */
export function parsedJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'unreadable';
    throw new InvalidAnswerFileError(path, `is not JSON (${reason})`, error);
  }
}
