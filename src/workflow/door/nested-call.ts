import type { RunnableConfig } from '@langchain/core/runnables';
import type { BaseCheckpointSaver, CheckpointTuple } from '@langchain/langgraph';
import { z } from 'zod';

import {
  answersToForeign,
  asksNothing,
  NO_TASK,
  sealResume,
  spentAnswer,
  type Answering,
} from '../interrupts/seal-resume.ts';
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
    const { kept, byIds, nullResume } = shareOut(answer, tuple, answering);
    if (kept !== undefined) await keepSealed(kept, configurable, saver);
    if (byIds !== undefined) configurable['__pregel_resume_map'] = { ...byId, ...byIds };
    configurable['__pregel_scratchpad'] = { ...scratchpad, nullResume };
  }
  const ours = Object.entries(byId).filter(([id]) => !asksNothing(tuple, id));
  if (ours.length > 0) {
    const sealed: unknown = sealResume(Object.fromEntries(ours), tuple, answering).resume;
    configurable['__pregel_resume_map'] = { ...byId, ...(sealed as object) };
  }
  return { ...config, configurable };
}

/** Who gets an answer that names no question, and what the graphs around are to say again instead of it. */
interface Shares {
  readonly nullResume?: unknown;
  readonly byIds?: Readonly<Record<string, unknown>>;
  readonly kept?: unknown;
}

/** Gives it, sealed once, to the question of ours that waits, or to those that agents put; to none where nothing waits for it. */
function shareOut(answer: unknown, tuple: CheckpointTuple, answering: Answering): Shares {
  const { data } = SealedAnswer.safeParse(answer);
  if (data !== undefined && answering.sealer.verify('answer', data))
    return tuple.pendingWrites?.some(([task]) => task === data.task) === true
      ? { nullResume: answer }
      : {};
  const byIds = answersToForeign(answer, tuple);
  if (byIds !== undefined) return { byIds, kept: spentAnswer(answering) };
  if (asksNothing(tuple)) return {};
  const sealed = sealResume(answer, tuple, answering).resume;
  return { nullResume: sealed, kept: sealed };
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
