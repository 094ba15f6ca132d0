import type { Requirements } from '../../requirements/artifact.ts';
import { readingsOf } from './readings.ts';
import { phrasePattern } from './skeleton.ts';
import { wordingsOf } from './wordings.ts';

/** A wording that must not be said, found by `pattern` in one of the readings of a text. `id` names the constraint. */
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
    const readings = readingsOf(text);
    return !forbidden.some(({ pattern }) => readings.some((reading) => pattern.test(reading)));
  };
}
