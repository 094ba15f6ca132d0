import { defineCheck, fail, pass, type Check } from '../../../src/validation/index.ts';
import { RequirementsFacts } from './facts.ts';

/**
 * The brief does not contradict itself. Meant for `askOn`: it fails with one question for each contradiction, until
 * each is decided; no approval stands in for that.
 */
export const requirementsConsistent: Check<RequirementsFacts> = defineCheck({
  id: 'requirements.consistent',
  reads: RequirementsFacts,
  message: 'The brief contradicts itself.',
  remedy: 'Say which of the contradicting statements holds, or mend the brief.',
  evaluate: ({ artifacts: { requirements } }) => {
    const { contradictions, questions } = requirements;
    if (contradictions.length === 0) return pass();
    const ids = new Set(contradictions.map(({ id }) => id));
    return fail({
      paths: contradictions.map(({ field }) => `artifacts.requirements.${field}`),
      questions: questions.filter(({ id }) => ids.has(id)),
    });
  },
});
