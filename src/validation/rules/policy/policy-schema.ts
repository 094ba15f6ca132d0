import { z } from 'zod';

import { CheckMode } from '../../../state/index.ts';

const Name = z.string().min(1).max(200);

/** Where rules of a pack hold, and what their failure does. */
export const PolicyBinding = z
  .strictObject({
    /** Ids of rules in the pack, or `*` alone for all. */
    rules: z.array(Name).min(1),
    mode: CheckMode,
    /** A phase that a failure leads back to, in place of blocking; in mode `deny` only. */
    revise: Name.optional(),
    /** Workflows by id; all unless told. */
    workflows: z.array(Name).min(1).optional(),
    /** Transitions by their phases; all unless told. */
    transitions: z
      .array(z.strictObject({ from: Name, to: Name }).readonly())
      .min(1)
      .optional(),
    /** Profiles of the configuration; all unless told. */
    profiles: z
      .array(z.enum(['development', 'production']))
      .min(1)
      .optional(),
  })
  .readonly();
export type PolicyBinding = z.infer<typeof PolicyBinding>;
