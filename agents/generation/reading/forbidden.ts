import { unmasked, withoutExempt, type Requirements } from '../../requirements/artifact.ts';
import { readingsOf } from './readings.ts';
import { phrasePattern, skeleton } from './skeleton.ts';
import { wordingsOf } from './wordings.ts';

/** A wording that must not be said. `id` names the constraint. */
export interface ForbiddenWording {
  readonly id: string;
  /** Tells whether one of the readings of a text says it, outside of what a person exempted. */
  readonly saidIn: (readings: readonly string[]) => boolean;
}

/** Gives every wording that must not be said. */
export function forbiddenWordings({ constraints }: Requirements): readonly ForbiddenWording[] {
  return constraints.mustNotSay.flatMap(({ id, text }) => {
    const exempt = constraints.exemptions
      .filter(({ mustNotSay }) => mustNotSay === id)
      .flatMap((exemption) => readingsOf(exemption.text));
    return wordingsOf(text)
      .map((wording) => ({ pattern: phrasePattern(wording), words: wordsOf(wording) }))
      .flatMap(({ pattern, words }) =>
        pattern === undefined
          ? []
          : [
              {
                id,
                saidIn: (readings: readonly string[]) =>
                  readings.some((reading) => says(unmasked(reading, words), pattern, exempt)),
              },
            ],
      );
  });
}

function wordsOf(wording: string): readonly string[] {
  return skeleton(wording).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function says(reading: string, pattern: RegExp, exempt: readonly string[]): boolean {
  if (!pattern.test(reading)) return false;
  const rest = exempt.reduce(
    (text, statement) => withoutExempt(text, { statement, forbidden: pattern }),
    reading,
  );
  return pattern.test(rest);
}

/** Gives what tells whether a text says nothing that must not be said. */
export function sayable(requirements: Requirements): (text: string) => boolean {
  const forbidden = forbiddenWordings(requirements);
  return (text) => {
    const readings = readingsOf(text);
    return !forbidden.some(({ saidIn }) => saidIn(readings));
  };
}
