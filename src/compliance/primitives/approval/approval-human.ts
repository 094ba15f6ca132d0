import { z } from 'zod';

import { Amount, Risk } from '../../facts/vocabulary.ts';
import { notApplicable, notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { isAbove } from './thresholds.ts';

const RANK: Readonly<Record<Risk, number>> = { low: 0, medium: 1, high: 2 };

/** Judgement stays with people. */
export const approvalHuman = definePrimitive(
  {
    id: 'approval.human',
    parameters: z.strictObject({
      /** The lowest risk that asks for a human. */
      fromRisk: Risk.default('low'),
      /** The amount above which a human is asked for whatever the risk; none unless told. */
      above: Amount.optional(),
    }),
    evidence: ['state', 'identity'],
    predicate:
      'At least one approval in date, for what is there now, has the identity type human, for transitions above the risk or amount threshold',
    says: 'A human-typed identity approved before the effect',
    cannotSay: 'That the review was meaningful',
    on: ['approval', 'effect'],
  },
  {
    gate: {
      needs: ['transition', 'approvals'],
      judge: ({ now, transition, approvals }, { fromRisk, above }) => {
        const { risk, subject } = transition;
        const large = above === undefined ? false : isAbove(transition.amount, above);
        const risky = fromRisk === 'low' || (risk && RANK[risk] >= RANK[fromRisk]);
        if (risky !== true && large !== true) {
          if (risky === undefined || large === undefined)
            return undecided('Whether the transition is above a threshold cannot be told.', {
              remedy: 'Give the risk of the transition, and its amount where there is a threshold.',
              paths: ['compliance.transition.risk', 'compliance.transition.amount'],
            });
          return notApplicable('The transition is below the thresholds of risk and amount.');
        }
        if (subject === undefined)
          return undecided('What is to be approved has no digest.', {
            remedy: 'Give the digest of what is approved as the subject of the transition.',
            paths: ['compliance.transition.subject'],
          });
        const found = approvals.some(
          (approval) =>
            approval.kind === 'human' &&
            approval.subject === subject &&
            Date.parse(approval.givenAt) <= Date.parse(now) &&
            Date.parse(approval.expiresAt) > Date.parse(now),
        );
        if (found) return satisfied('A human has approved what is there now.');
        return notSatisfied('No human has approved what is there now.', {
          remedy: 'Let a person decide.',
          paths: ['compliance.approvals'],
        });
      },
    },
  },
);
