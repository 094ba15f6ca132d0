import { z } from 'zod';

import type { JsonValue } from '../../kernel/index.ts';
import { Question } from '../../state/index.ts';
import type { RunReport } from '../../workflow/index.ts';

/** A decision that a run waits for. */
export interface AwaitedDecision {
  readonly kind: 'decision';
  /** Id of the interrupt. */
  readonly id: string;
  /** Markdown: what there is to decide about. */
  readonly description: string;
  /** What is decided about, which can be edited. */
  readonly subject: JsonValue;
  /** JSON Schema of `subject`. */
  readonly schema: JsonValue;
}

/** Questions that a run waits for answers to. */
export interface AwaitedQuestions {
  readonly kind: 'questions';
  /** Id of the interrupt. */
  readonly id: string;
  readonly questions: readonly Question[];
  /** What was wrong with the last answer. */
  readonly problem: string | undefined;
}

/** What a run waits for. */
export type Awaited = AwaitedDecision | AwaitedQuestions;

const Payload = z.union([
  z.object({
    description: z.string(),
    action_request: z.object({ args: z.custom<JsonValue>((value) => value !== undefined) }),
    review_configs: z.array(z.object({ args_schema: z.custom<JsonValue>() })).min(1),
    phasegate: z.object({ kind: z.literal('decision') }),
  }),
  z.object({
    phasegate: z.object({
      kind: z.literal('questions'),
      questions: z.array(Question),
      problem: z.string().optional(),
    }),
  }),
]);

/** Reads what a waiting run waits for; undefined when it does not wait, or for something that is not ours. */
export function awaitedIn({ interrupt }: Pick<RunReport, 'interrupt'>): Awaited | undefined {
  const parsed = Payload.safeParse(interrupt?.value);
  if (!parsed.success || interrupt === undefined) return undefined;
  const { id } = interrupt;
  if ('description' in parsed.data) {
    const { description, action_request: request, review_configs: reviews } = parsed.data;
    const schema = reviews[0]?.args_schema ?? true;
    return { kind: 'decision', id, description, subject: request.args, schema };
  }
  const { questions, problem } = parsed.data.phasegate;
  return { kind: 'questions', id, questions, problem };
}
