import { z } from 'zod';

import { Confirmation } from '../../confirmation/artifact.ts';
import { Requirements } from '../../requirements/artifact.ts';
import { Deliverable } from '../artifact.ts';

/** What the checks of a deliverable read. */
export const DeliverableFacts = z.object({
  artifacts: z.object({
    requirements: Requirements,
    confirmation: Confirmation,
    generation: Deliverable,
  }),
});
export type DeliverableFacts = z.infer<typeof DeliverableFacts>;

/** A campaign of some hundred emails is judged in a second; a busy machine may take longer. */
export const JUDGING_TIMEOUT_MS = 10_000;
