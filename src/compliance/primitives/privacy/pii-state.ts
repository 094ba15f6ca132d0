import { z } from 'zod';

import { definePrimitive } from '../../primitive.ts';
import { judgeContent } from '../judge-content.ts';

/** State holds the data that this phase is for. */
export const piiState = definePrimitive(
  {
    id: 'pii.state',
    parameters: z.strictObject({}),
    evidence: ['state'],
    predicate: 'The data classes found in state are among those allowed for this phase and purpose',
    says: 'No known class that is not allowed was found',
    cannotSay: 'Names in free text, images, formats that are not known',
  },
  {
    gate: {
      needs: ['content', 'allowedClasses'],
      judge: ({ content, allowedClasses }) =>
        judgeContent(content, {
          part: 'state',
          isWanted: (type) => allowedClasses.state.includes(type),
          no: 'State holds a class of data that is not allowed in this phase.',
          remedy: 'Redact it, or allow the class for this phase and purpose.',
        }),
    },
  },
);
