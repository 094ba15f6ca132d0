import type { Fact, Requirements } from '../../requirements/artifact.ts';

/** Every fact of the requirements, in the order in which the requirements list them. */
export function factsOf(requirements: Requirements): readonly Fact[] {
  const { constraints, sender } = requirements;
  const facts = [
    requirements.title,
    requirements.objective,
    requirements.offer,
    ...requirements.keyMessages,
    requirements.tone,
    ...constraints.mustSay,
    ...constraints.mustNotSay,
    ...requirements.complianceNotes,
    ...requirements.channels,
    ...requirements.metrics,
    requirements.callToAction,
    sender.name,
    sender.email,
    sender.postalAddress,
  ];
  return facts.filter((fact) => fact !== null);
}

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
