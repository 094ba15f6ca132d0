import { factsOf, type Requirements, type Source } from '../../requirements/artifact.ts';

/** What a choice may be traced to. */
interface Citable {
  /** What it says, a segment with its description. */
  readonly text: string;
  readonly sources: readonly Source[];
}

/** Everything that a choice may be traced to, by id: facts, segments and deadlines. */
export function citables(requirements: Requirements): ReadonlyMap<string, Citable> {
  const { audience, deadlines } = requirements;
  return new Map<string, Citable>([
    ...factsOf(requirements).map((fact) => [fact.id, fact] as const),
    ...audience.map(({ id, name, description, sources }) => {
      const text = description === '' ? name : `${name}: ${description}`;
      return [id, { text, sources }] as const;
    }),
    ...deadlines.map((deadline) => [deadline.id, deadline] as const),
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
