import { z } from 'zod';

import { SECRET_TYPES } from '../../../privacy/index.ts';
import { notSatisfied } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeContent } from '../judge-content.ts';

const TYPES: ReadonlySet<string> = new Set(SECRET_TYPES);

/** No key lies in state, output or records. */
export const secretsNone = definePrimitive(
  {
    id: 'secrets.none',
    parameters: z.strictObject({}),
    evidence: ['state', 'output', 'logs'],
    predicate: 'A scan for secrets over state, output and records finds none',
    says: 'No known pattern of a secret was found',
    cannotSay: 'Formats that are not known',
  },
  {
    gate: {
      needs: ['content', 'recordScan'],
      judge: ({ content, recordScan }) => {
        const recorded = recordScan.found.filter(({ type }) => TYPES.has(type));
        if (recorded.length > 0)
          return notSatisfied('A secret is in the records.', {
            remedy: 'Rotate it, and let nothing that reads it write records.',
            paths: recorded.map(({ path }) => path),
          });
        return judgeContent(content, {
          part: 'both',
          isWanted: (type) => !TYPES.has(type),
          no: 'A secret is in state or output.',
          remedy: 'Rotate it, and refer to it by name.',
        });
      },
    },
  },
);
