import { defineCheck, fail, pass, type Check } from '../../../src/validation/index.ts';
import type { Requirements } from '../artifact.ts';
import { findIdentifiers, telephonesIn } from '../identifiers/index.ts';
import { RequirementsFacts } from './facts.ts';

/** No identifier of a person (social security number, card, record number, ...) stands in any text of the artifact. */
export const requirementsFreeOfIdentifiers: Check<RequirementsFacts> = defineCheck({
  id: 'requirements.free-of-identifiers',
  reads: RequirementsFacts,
  message: 'The requirements hold an identifier of a person.',
  remedy: 'Run the requirements phase again, or take the identifier out of the brief.',
  timeoutMs: 5000,
  evaluate: ({ artifacts: { requirements } }) => {
    const { sender, callToAction, constraints } = requirements;
    const own = [sender.name, sender.email, sender.postalAddress, callToAction];
    const allowed = new Set([
      ...(sender.email === null ? [] : [sender.email.text.toLowerCase()]),
      ...[...own, ...constraints.mustSay].flatMap((fact) => telephonesIn(fact?.text ?? '')),
    ]);
    const inDispute = disputedIn(requirements, allowed);
    const paths = stringsOf(requirements, PATH)
      .filter(({ path, text }) => findIdentifiers(text, inDispute(path)).length > 0)
      .map(({ path }) => path);
    return paths.length === 0 ? pass() : fail({ paths });
  },
});

const PATH = 'artifacts.requirements';

/** Two senders that contradict each other both stand in the question about them, and nowhere else. */
function disputedIn(
  { contradictions, questions }: Requirements,
  allowed: ReadonlySet<string>,
): (path: string) => ReadonlySet<string> {
  const disputed = contradictions
    .map((contradiction, index) => ({ ...contradiction, index }))
    .filter(({ field }) => field.startsWith('sender'));
  const places = disputed.flatMap(({ id, text, index }) => {
    const addresses = new Set([...allowed, ...(text.toLowerCase().match(ADDRESS) ?? [])]);
    const asked = questions.findIndex((question) => question.id === id);
    return [`contradictions.${index}`, `questions.${asked}`].map((place) => ({
      place: `${PATH}.${place}.`,
      addresses,
    }));
  });
  return (path) => places.find(({ place }) => path.startsWith(place))?.addresses ?? allowed;
}

const ADDRESS = /[^\s“”„"«»<>()]+@[^\s“”„"«»<>()]+/gu;

interface Place {
  readonly path: string;
  readonly text: string;
}

function stringsOf(value: unknown, path: string): readonly Place[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => stringsOf(member, `${path}.${key}`));
}
