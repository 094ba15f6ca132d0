import { z } from 'zod';

import { Amount } from '../../facts/vocabulary.ts';
import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { nameOf } from '../actors.ts';
import { isAbove } from './thresholds.ts';

/** Enough people have approved exactly this. */
export const approvalQuorum = definePrimitive(
  {
    id: 'approval.quorum',
    parameters: z.strictObject({
      /** How many approvals there have to be. */
      n: z.int().min(1).max(20).default(2),
      /** The amount above which so many are asked for; below it, one is. For every transition unless told. */
      above: Amount.optional(),
      /** Roles that may approve; anyone's unless told. */
      roles: z.array(z.string().min(1)).default([]),
    }),
    evidence: ['state'],
    predicate:
      'There are at least N unexpired approvals by different ids with an allowed role, each bound to the digest of exactly what was approved',
    says: 'Those approvals exist, are in date and match the digest of the artefact as it is now',
    cannotSay: 'That the approver read or understood it',
    on: ['approval', 'effect'],
  },
  {
    gate: {
      needs: ['transition', 'approvals'],
      judge: ({ now, transition, approvals }, { n, above, roles }) => {
        const { subject, amount } = transition;
        if (subject === undefined)
          return undecided('What is to be approved has no digest.', {
            remedy: 'Give the digest of what is approved as the subject of the transition.',
            paths: ['compliance.transition.subject'],
          });
        const large = isAbove(amount, above);
        if (large === undefined)
          return undecided('Whether the amount is above the threshold cannot be told.', {
            remedy: 'Give the amount of the transition, in the currency of the threshold.',
            paths: ['compliance.transition.amount'],
          });
        const wanted = large ? n : 1;
        const valid = approvals.filter(
          (approval) =>
            approval.subject === subject &&
            Date.parse(approval.expiresAt) > Date.parse(now) &&
            Date.parse(approval.givenAt) <= Date.parse(now) &&
            (roles.length === 0 || roles.some((role) => approval.roles.includes(role))),
        );
        const approvers = new Set(valid.map(({ by }) => nameOf(by)));
        if (approvers.size >= wanted)
          return satisfied(`${wanted} approvals are in date and match what is approved.`);
        return notSatisfied(
          `${approvers.size} of ${wanted} approvals are in date, by an allowed role, and for what is there now.`,
          {
            remedy: 'Let the people who may approve decide on what is there now.',
            paths: ['compliance.approvals'],
          },
        );
      },
    },
  },
);
