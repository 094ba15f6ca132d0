import { defineCheck, fail, pass, type Check } from '../../../src/validation/index.ts';
import { RequirementsFacts } from './facts.ts';

/** Nothing that a campaign needs is missing. Meant for `askOn`: it fails with one question for each missing field. */
export const requirementsComplete: Check<RequirementsFacts> = defineCheck({
  id: 'requirements.complete',
  reads: RequirementsFacts,
  message: 'The brief leaves fields open that a campaign needs.',
  remedy: 'Answer the questions, or add the missing facts to the brief.',
  evaluate: ({ artifacts: { requirements } }) => {
    const {
      objective,
      audience,
      offer,
      keyMessages,
      callToAction,
      sender,
      missing,
      contradictions,
      questions,
    } = requirements;
    const open = new Set(missing);
    if (objective === null) open.add('objective');
    if (audience.length === 0) open.add('audience');
    if (offer === null && keyMessages.length === 0) open.add('keyMessages');
    if (callToAction === null) open.add('callToAction');
    if (sender.name === null) open.add('sender.name');
    if (sender.email === null) open.add('sender.email');
    if (sender.postalAddress === null) open.add('sender.postalAddress');
    if (open.size === 0) return pass();
    const contradictory = new Set(contradictions.map(({ id }) => id));
    return fail({
      paths: [...open].map((path) => `artifacts.requirements.${path}`),
      questions: questions.filter(({ id }) => !contradictory.has(id)),
    });
  },
});
