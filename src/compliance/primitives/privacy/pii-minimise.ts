import { z } from 'zod';

import { notApplicable } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';

/** Each agent and tool gets the fields that it declared, and no more. */
export const piiMinimise = definePrimitive(
  {
    id: 'pii.minimise',
    parameters: z.strictObject({}),
    evidence: ['state', 'config'],
    predicate: 'The fields that are handed to an agent or a tool are among those it declares',
    says: 'Minimisation by field',
    cannotSay: 'Whether the declared list is really necessary',
  },
  {
    gate: {
      needs: ['handovers'],
      judge: ({ handovers }) =>
        handovers.length === 0
          ? notApplicable('No field is handed on in this phase.')
          : judgeEach(handovers, {
              path: 'compliance.handovers',
              holds: ({ fields, declared }) => fields.every((field) => declared.includes(field)),
              yes: 'Everybody gets the fields that he declares.',
              no: 'Somebody gets a field that he does not declare.',
              remedy: 'Hand over less, or let the declaration be changed and approved.',
            }),
    },
  },
);
