import { z } from 'zod';

import { undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';

/** What comes in has the shape that was declared. */
export const inputValid = definePrimitive(
  {
    id: 'input.valid',
    parameters: z.strictObject({}),
    evidence: ['state'],
    predicate: 'State and results of tools are valid by the declared schema before the transition',
    says: 'Shape and ranges',
    cannotSay: 'The truth of the values',
  },
  {
    gate: {
      needs: ['validated'],
      judge: ({ validated }) =>
        validated.some(({ kind }) => kind === 'state')
          ? judgeEach(validated, {
              path: 'compliance.validated',
              holds: ({ valid }) => valid,
              yes: 'State and results of tools have their declared shape.',
              no: 'State or a result of a tool is not of its declared shape.',
              remedy: 'Mend what does not fit; do not go on with it.',
            })
          : undecided('State was not held against a schema.', {
              remedy: 'Declare the schema of each artefact and validate by it.',
              paths: ['compliance.validated'],
            }),
    },
  },
);
