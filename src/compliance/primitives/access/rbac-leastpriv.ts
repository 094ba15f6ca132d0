import { z } from 'zod';

import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { spellingOf } from '../actors.ts';
import { daysBetween } from '../spans.ts';

/** Nobody holds more than he uses, and no agent more than its manifest says. */
export const rbacLeastpriv = definePrimitive(
  {
    id: 'rbac.leastpriv',
    parameters: z.strictObject({
      /** Days without use after which a grant is one too many. */
      unusedDays: z.int().min(1).default(90),
    }),
    evidence: ['config', 'audit'],
    predicate:
      'No grant is a wildcard, none went unused for N days, and the permissions of each agent are among those of the workflow manifest',
    says: 'The grants that are set, beside the use that was observed',
    cannotSay: 'That the business need is right',
  },
  {
    report: {
      needs: ['grants', 'manifest'],
      assess: ({ grants, manifest, assessedAt }, { unusedDays }) => {
        if (grants.length === 0)
          return undecided('No grant is in the evidence.', {
            remedy: 'Supply the grants that are in force.',
            paths: ['grants'],
          });
        const allowed = new Map(
          manifest.map(({ agent, permissions }) => [spellingOf(agent), new Set(permissions)]),
        );
        const wide: string[] = [];
        const unlisted: string[] = [];
        const unused: string[] = [];
        for (const [index, grant] of grants.entries()) {
          const { holder, kind, permissions, grantedAt, lastUsedAt } = grant;
          const path = `grants.${index}`;
          if (permissions.some((permission) => permission.includes('*'))) wide.push(path);
          const listed = allowed.get(spellingOf(holder));
          if (kind === 'agent' && !permissions.every((permission) => listed?.has(permission)))
            unlisted.push(path);
          if (daysBetween(lastUsedAt ?? grantedAt, assessedAt) > unusedDays) unused.push(path);
        }
        if (wide.length + unlisted.length + unused.length === 0)
          return satisfied(`${grants.length} grants are narrow, used and within the manifest.`);
        return notSatisfied(
          `Of ${grants.length} grants ${wide.length} are wildcards, ${unlisted.length} beyond the manifest, ${unused.length} unused for ${unusedDays} days.`,
          {
            remedy: 'Take back what is not needed; name permissions one by one.',
            paths: [...new Set([...wide, ...unlisted, ...unused])],
          },
        );
      },
    },
  },
);
