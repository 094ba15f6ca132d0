import { z } from 'zod';

import { Strategy } from '../strategy/artifact.ts';

/** What a person decided about the strategy, and the strategy that the decision is about. */
export const Confirmation = z.strictObject({
  decision: z.enum(['approved', 'edited', 'responded', 'rejected', 'undecided']),
  /** As shown, or as the person edited it. */
  strategy: Strategy,
  comment: z.string(),
  decidedBy: z.string().min(1),
  /** ISO-8601 UTC. */
  decidedAt: z.iso.datetime(),
});
export type Confirmation = z.infer<typeof Confirmation>;
