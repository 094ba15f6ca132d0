import type { RunnableConfig } from '@langchain/core/runnables';
import type { CheckpointTuple } from '@langchain/langgraph';
import { z } from 'zod';

import { asksNothing, sealResume, type Answering } from '../interrupts/seal-resume.ts';

/** What LangGraph hands down to a graph that is called inside a node of another one. */
const HandedDown = z.looseObject({
  __pregel_resuming: z.boolean().optional(),
  __pregel_scratchpad: z.looseObject({ nullResume: z.unknown() }).optional(),
  __pregel_resume_map: z.record(z.string(), z.unknown()).optional(),
});

/** Whether an outer graph is being resumed, so that the input is only said again and the answer comes in the config. */
export function isResumedInside(config: RunnableConfig): boolean {
  const { data } = HandedDown.safeParse(config.configurable ?? {});
  return data?.__pregel_resuming === true && data.__pregel_scratchpad !== undefined;
}

/** Seals the answers that an outer graph hands down to the questions that wait here. */
export function sealHandedDown(
  config: RunnableConfig,
  tuple: CheckpointTuple,
  answering: Answering,
): RunnableConfig {
  if (asksNothing(tuple)) return config;
  const handed = HandedDown.parse(config.configurable);
  const { __pregel_scratchpad: scratchpad, __pregel_resume_map: byId = {} } = handed;
  const configurable: Record<string, unknown> = { ...config.configurable };
  const answer = scratchpad?.nullResume;
  if (answer !== undefined && answer !== null) {
    const nullResume = sealResume(answer, tuple, answering).resume;
    configurable['__pregel_scratchpad'] = { ...scratchpad, nullResume };
  }
  const ours = Object.entries(byId).filter(([id]) => !asksNothing(tuple, id));
  if (ours.length > 0) {
    const sealed: unknown = sealResume(Object.fromEntries(ours), tuple, answering).resume;
    configurable['__pregel_resume_map'] = { ...byId, ...(sealed as object) };
  }
  return { ...config, configurable };
}
