import { z } from 'zod';

import { defineCheck, fail, pass } from '../../src/validation/index.ts';
import { reviewMessage } from '../strategy/artifact.ts';
import { Confirmation } from './artifact.ts';
import { cleanComment } from './clean-comment.ts';

const reads = z.object({ artifacts: z.object({ confirmation: Confirmation }) });

/** A person decided. Lead its failure back to `confirmation`, where the question is asked again. */
export const decisionMade = defineCheck({
  id: 'confirmation.decision-made',
  reads,
  message: 'Nobody has decided about the strategy.',
  remedy: 'Approve, edit, respond or reject.',
  evaluate: ({ artifacts }) => artifacts.confirmation.decision !== 'undecided',
});

/**
 * The person approved the strategy, as shown or as edited. Lead its failure back to `strategy`: the message carries the
 * person's comment there. An open decision is not this check's question: bind it together with {@link decisionMade}.
 */
export const strategyApproved = defineCheck({
  id: 'confirmation.strategy-approved',
  // The words in which a comment travels are written elsewhere; a change of them changes this check.
  version: String(reviewMessage),
  reads,
  message: 'The strategy was not approved.',
  remedy: 'Change the strategy as the comment asks, and show it again.',
  evaluate: ({ artifacts }) => {
    const { decision, comment } = artifacts.confirmation;
    if (decision !== 'rejected' && decision !== 'responded') return pass();
    return fail({
      message: reviewMessage(decision, cleanComment(comment)),
      paths: ['artifacts.confirmation.decision'],
    });
  },
});
