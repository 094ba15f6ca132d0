import { z } from 'zod';

import { definePrimitive } from '../../primitive.ts';
import { CARD_DATA_TYPES } from '../../facts/card-data.ts';
import { notSatisfied } from '../../judgement.ts';
import { judgeContent } from '../judge-content.ts';

const TYPES: ReadonlySet<string> = new Set(CARD_DATA_TYPES);

/** What proves a card is never kept. */
export const sadAbsent = definePrimitive(
  {
    id: 'sad.absent',
    parameters: z.strictObject({}),
    evidence: ['state', 'audit'],
    predicate: 'There is no track data, card verification code or PIN block after authorisation',
    says: 'The known patterns are absent',
    cannotSay: 'A bare code of three digits without what announces it',
  },
  {
    gate: {
      needs: ['content', 'recordScan'],
      judge: ({ content, recordScan }) => {
        const recorded = recordScan.found.filter(({ type }) => TYPES.has(type));
        if (recorded.length > 0)
          return notSatisfied('Sensitive authentication data is in the records.', {
            remedy: 'Erase it, and let nothing that reads it write records.',
            paths: recorded.map(({ path }) => path),
          });
        return judgeContent(content, {
          part: 'both',
          isWanted: (type) => !TYPES.has(type),
          no: 'Sensitive authentication data is in state or output.',
          remedy: 'Drop it as soon as the payment is authorised; never keep it.',
        });
      },
    },
  },
);
