import { z } from 'zod';

const Sentence = z.strictObject({
  text: z.string().min(1).max(400).describe('One sentence, or one item of a list.'),
  traces: z.array(z.string().min(1)).min(1).describe('Ids of the facts that it rests on.'),
});

/** What a model gives for one email. Layout, greeting, button and footer are not its to write. */
export const Draft = z.strictObject({
  subject: Sentence,
  preheader: Sentence,
  headline: Sentence,
  paragraphs: z
    .array(
      z.strictObject({
        kind: z.enum(['text', 'list']),
        sentences: z.array(Sentence).min(1).max(8),
      }),
    )
    .min(1)
    .max(8),
});
export type Draft = z.infer<typeof Draft>;
