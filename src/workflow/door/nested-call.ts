import type { RunnableConfig } from '@langchain/core/runnables';
import type { BaseCheckpointSaver, CheckpointTuple } from '@langchain/langgraph';
import { z } from 'zod';

import { asksNothing, NO_TASK, sealResume, type Answering } from '../interrupts/seal-resume.ts';
import { SealedAnswer } from '../interrupts/sealed-answer.ts';

/** What LangGraph hands down to a graph that is called inside a node of another one. */
const HandedDown = z.looseObject({
  __pregel_resuming: z.boolean().optional(),
  __pregel_scratchpad: z.looseObject({ nullResume: z.unknown() }).optional(),
  __pregel_resume_map: z.record(z.string(), z.unknown()).optional(),
});

/** The checkpoints of the graphs around, by lane. */
const CheckpointMap = z.record(z.string(), z.string()).default({});

/** Where a graph inside stands, and what keeps it and the graphs around it. */
export interface Inner {
  readonly tuple: CheckpointTuple;
  readonly saver: BaseCheckpointSaver;
}

/** Whether an outer graph is being resumed, so that the input is only said again and the answer comes in the config. */
export function isResumedInside(config: RunnableConfig): boolean {
  const { data } = HandedDown.safeParse(config.configurable ?? {});
  return data?.__pregel_resuming === true && data.__pregel_scratchpad !== undefined;
}

/**
 * Seals the answers that an outer graph hands down to the questions that wait here.
 *
 * An outer graph says the last answer again whenever it is gone on with, whatever is asked by then. So what is kept there
 * is replaced by the sealed answer, which holds for its question only.
 */
export async function sealHandedDown(
  config: RunnableConfig,
  { tuple, saver }: Inner,
  answering: Answering,
): Promise<RunnableConfig> {
  const handed = HandedDown.parse(config.configurable);
  const { __pregel_scratchpad: scratchpad, __pregel_resume_map: byId = {} } = handed;
  const configurable: Record<string, unknown> = { ...config.configurable };
  const answer = scratchpad?.nullResume;
  if (answer !== undefined && answer !== null) {
    const nullResume = sealedOnce(answer, tuple, answering);
    if (nullResume !== undefined && nullResume !== answer)
      await keepSealed(nullResume, configurable, saver);
    configurable['__pregel_scratchpad'] = { ...scratchpad, nullResume };
  }
  const ours = Object.entries(byId).filter(([id]) => !asksNothing(tuple, id));
  if (ours.length > 0) {
    const sealed: unknown = sealResume(Object.fromEntries(ours), tuple, answering).resume;
    configurable['__pregel_resume_map'] = { ...byId, ...(sealed as object) };
  }
  return { ...config, configurable };
}

/** The answer with its seal, whether it has it already or gets it now; undefined where nothing waits for it. */
function sealedOnce(answer: unknown, tuple: CheckpointTuple, answering: Answering): unknown {
  const { data } = SealedAnswer.safeParse(answer);
  if (data === undefined || !answering.sealer.verify('answer', data))
    return asksNothing(tuple) ? undefined : sealResume(answer, tuple, answering).resume;
  return tuple.pendingWrites?.some(([task]) => task === data.task) === true ? answer : undefined;
}

/** Puts the sealed answer in the place of the one that every graph around this one keeps. */
async function keepSealed(
  answer: unknown,
  { thread_id: thread, checkpoint_ns: own, checkpoint_map: map }: Record<string, unknown>,
  saver: BaseCheckpointSaver,
): Promise<void> {
  const around = Object.entries(CheckpointMap.parse(map)).filter(([lane]) => lane !== own);
  for (const [lane, checkpoint] of around) {
    const place = { thread_id: thread, checkpoint_ns: lane, checkpoint_id: checkpoint };
    await saver.putWrites({ configurable: place }, [['__resume__', answer]], NO_TASK);
  }
}
