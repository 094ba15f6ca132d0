import { factsOf, type Requirements } from '../../requirements/artifact.ts';

/** Every id that a choice may be traced to: facts, segments and deadlines. */
export function knownIds(requirements: Requirements): ReadonlySet<string> {
  return new Set([
    ...factsOf(requirements).map(({ id }) => id),
    ...requirements.audience.map(({ id }) => id),
    ...requirements.deadlines.map(({ id }) => id),
  ]);
}

/** Every text that the requirements hold: what a plan may repeat without inventing anything. */
export function textsOf(requirements: Requirements): readonly string[] {
  return [
    ...factsOf(requirements).map(({ text }) => text),
    ...requirements.audience.flatMap(({ name, description }) => [name, description]),
    ...requirements.deadlines.flatMap(({ text, date }) => (date === null ? [text] : [text, date])),
  ];
}
