import { defineCheck, fail, pass, type Check } from '../../../src/validation/index.ts';
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
    // Two senders that contradict each other both stand in the question about them.
    const disputed = requirements.contradictions.filter(({ field }) => field.startsWith('sender'));
    const allowed = new Set([
      ...disputed.flatMap(({ text }) => text.toLowerCase().match(ADDRESS) ?? []),
      ...(sender.email === null ? [] : [sender.email.text.toLowerCase()]),
      ...[...own, ...constraints.mustSay].flatMap((fact) => telephonesIn(fact?.text ?? '')),
    ]);
    const paths = stringsOf(requirements, 'artifacts.requirements')
      .filter(({ text }) => findIdentifiers(text, allowed).length > 0)
      .map(({ path }) => path);
    return paths.length === 0 ? pass() : fail({ paths });
  },
});

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
