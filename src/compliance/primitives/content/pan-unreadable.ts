import { z } from 'zod';

import { notSatisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeContent } from '../judge-content.ts';

/** No card number lies about. */
export const panUnreadable = definePrimitive(
  {
    id: 'pan.unreadable',
    parameters: z.strictObject({}),
    evidence: ['state', 'audit'],
    predicate:
      'No card number that the Luhn check takes is in clear in state, checkpoints, trail or logs',
    says: 'No card number was found in clear',
    cannotSay: 'Numbers that are split or encoded',
  },
  {
    gate: {
      needs: ['content', 'recordScan'],
      judge: ({ content, recordScan }) => {
        const recorded = recordScan.found.filter(({ type }) => type === 'CREDIT_CARD');
        if (recorded.length > 0)
          return notSatisfied('A card number is in clear in the records.', {
            remedy: 'Erase it, and let what wrote it give a digest.',
            paths: recorded.map(({ path }) => path),
          });
        if (recordScan.unscannable > 0)
          return undecided('Records could not be looked through.', {
            remedy: 'Scan the trail and the logs as a whole.',
            paths: ['compliance.recordScan.unscannable'],
          });
        return judgeContent(content, {
          part: 'state',
          isWanted: (type) => type !== 'CREDIT_CARD',
          no: 'A card number is in clear in state.',
          remedy: 'Tokenise it, or seal the field.',
        });
      },
    },
  },
);
