import type { RunnableConfig } from '@langchain/core/runnables';
import type { LangGraphRunnableConfig } from '@langchain/langgraph';
import { z } from 'zod';

import { Verdict } from '../../state/index.ts';

/** What a phase says on LangGraph's custom stream when it has been let in, before its agent or a person is asked. */
export const Entered = z.object({
  type: z.literal('phase-entered'),
  phase: z.string(),
  attempt: z.int(),
  variant: z.enum(['llm', 'simulated']),
  verdict: Verdict.nullable(),
});
export type Entered = z.infer<typeof Entered>;

/** What a phase says on LangGraph's custom stream when its simulated variant takes over from a model that failed. */
export const FellBack = z.object({
  type: z.literal('phase-fell-back'),
  phase: z.string(),
  attempt: z.int(),
  /** The error's code. */
  because: z.string(),
});
export type FellBack = z.infer<typeof FellBack>;

/** Tells whoever streams custom chunks that a phase falls back; its record in state tells it later. */
export function announceFallback(config: RunnableConfig, fellBack: Omit<FellBack, 'type'>): void {
  (config as LangGraphRunnableConfig).writer?.({ type: 'phase-fell-back', ...fellBack });
}

/** Tells whoever streams custom chunks that a phase begins, and by which verdict. Kept nowhere: state tells it later. */
export function announce(config: RunnableConfig, entered: Omit<Entered, 'type'>): void {
  (config as LangGraphRunnableConfig).writer?.({ type: 'phase-entered', ...entered });
}
