import { z } from 'zod';

import { definePrimitive } from '../../primitive.ts';
import { judgeContent } from '../judge-content.ts';
import { judgeEach } from '../judge-each.ts';

/** Card numbers are shown in part. */
export const panMasked = definePrimitive(
  {
    id: 'pan.masked',
    parameters: z.strictObject({
      /** Digits in front that may be shown: the issuer's number. */
      bin: z.int().min(0).max(8).default(8),
      /** Digits at the end that may be shown. */
      last: z.int().min(0).max(4).default(4),
      /** Roles that may see all of it. */
      fullRoles: z.array(z.string().min(1)).default([]),
    }),
    evidence: ['output'],
    predicate:
      'Card numbers are shown with at most the digits of the issuer and the last four, save to roles that may see more',
    says: 'Masking in what is shown here',
    cannotSay: 'Screens outside the framework',
    on: ['output', 'effect'],
  },
  {
    gate: {
      needs: ['content', 'cardsShown'],
      judge: ({ content, cardsShown }, { bin, last, fullRoles }) => {
        const mayBeFull = new Set(
          cardsShown.filter(({ roles }) => mayAll(roles, fullRoles)).map(({ path }) => path),
        );
        const clear = content.output.filter(
          ({ type, path }) => type === 'CREDIT_CARD' && !mayBeFull.has(path),
        );
        const scanned = judgeContent(
          { ...content, output: clear },
          {
            part: 'output',
            isWanted: () => false,
            no: 'A card number is shown in full.',
            remedy: 'Mask it before it is shown.',
          },
        );
        if (scanned.outcome !== 'satisfied') return scanned;
        return judgeEach(cardsShown, {
          path: 'compliance.cardsShown',
          holds: ({ first, last: shown, digits, roles }) =>
            mayAll(roles, fullRoles) || (first <= bin && shown <= last && first + shown < digits),
          yes: 'Card numbers are shown in part only.',
          no: 'More of a card number is shown than may be.',
          remedy: `Show at most the first ${bin} and the last ${last} digits.`,
        });
      },
    },
  },
);

function mayAll(roles: readonly string[], fullRoles: readonly string[]): boolean {
  return roles.length > 0 && roles.every((role) => fullRoles.includes(role));
}
