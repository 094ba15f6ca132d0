import { z } from 'zod';

const Text = z.string().min(1).max(500);

/** What a check of a plugin answers. Texts name facts by path, never by value: they are shown to people and kept. */
export const CheckAnswer = z.strictObject({
  outcome: z.enum(['pass', 'fail', 'undetermined']),
  message: Text.optional(),
  remedy: Text.optional(),
  /** Paths of the facts concerned, such as `artifacts.generation.body`. */
  paths: z.array(z.string().max(200)).max(50).optional(),
});
export type CheckAnswer = z.infer<typeof CheckAnswer>;
