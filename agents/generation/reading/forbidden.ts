import type { Requirements } from '../../requirements/artifact.ts';
import { phrasePattern, skeleton } from './skeleton.ts';
import { wordingsOf } from './wordings.ts';

/** A wording that must not be said, found by `pattern` in a skeleton of text. `id` names the constraint. */
export interface ForbiddenWording {
  readonly id: string;
  readonly pattern: RegExp;
}

/** Gives every wording that must not be said. */
export function forbiddenWordings({ constraints }: Requirements): readonly ForbiddenWording[] {
  return constraints.mustNotSay.flatMap(({ id, text }) =>
    wordingsOf(text)
      .map(phrasePattern)
      .filter((pattern) => pattern !== undefined)
      .map((pattern) => ({ id, pattern })),
  );
}

/** Gives what tells whether a text says nothing that must not be said. */
export function sayable(requirements: Requirements): (text: string) => boolean {
  const forbidden = forbiddenWordings(requirements);
  return (text) => {
    const seen = skeleton(text);
    return !forbidden.some(({ pattern }) => pattern.test(seen));
  };
}
