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

/** Tells whoever streams custom chunks that a phase begins, and by which verdict. Kept nowhere: state tells it later. */
export function announce(config: RunnableConfig, entered: Omit<Entered, 'type'>): void {
  (config as LangGraphRunnableConfig).writer?.({ type: 'phase-entered', ...entered });
}
