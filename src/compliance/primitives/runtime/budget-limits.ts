import { z } from 'zod';

import { notSatisfied, satisfied } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';

/** A run ends where its budget does. */
export const budgetLimits = definePrimitive(
  {
    id: 'budget.limits',
    parameters: z.strictObject({}),
    evidence: ['state'],
    predicate: 'The counters of steps, tokens, cost and time of the run are below their limits',
    says: 'Counters that the runtime keeps',
    cannotSay: 'What is spent outside the runtime',
  },
  {
    gate: {
      needs: ['budget'],
      judge: ({ budget }) => {
        const spent = Object.entries(budget).filter(([, { used, limit }]) => !(used < limit));
        if (spent.length === 0) return satisfied('The run is within its budget.');
        return notSatisfied('The run has spent a budget.', {
          remedy: 'Find out what it was spent on before the limit is raised.',
          paths: spent.map(([name]) => `compliance.budget.${name}`),
        });
      },
    },
  },
);
