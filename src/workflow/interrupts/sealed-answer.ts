import { z } from 'zod';

import { digestOf, type JsonValue } from '../../kernel/index.ts';
import { Principal } from '../../state/index.ts';
import { NOBODY } from '../identify.ts';
import type { Sealer } from '../state/sealer.ts';

/**
 * An answer on its way through a checkpoint: who gave it, when, and to what. It may be read much later and on behalf of
 * somebody else, when the process died in between.
 */
export const SealedAnswer = z.strictObject({
  answer: z.custom<JsonValue>((value) => value !== undefined),
  /** What was shown when it was given, as {@link shownDigest} gives it. */
  shown: z.string(),
  thread: z.string(),
  /** LangGraph's id of the task that waits. */
  task: z.string(),
  /** The how-manieth question of the visit it was given to, from 0: a visit may ask the same twice. */
  nth: z.number(),
  by: Principal,
  at: z.string(),
  seal: z.string(),
});
export type SealedAnswer = z.infer<typeof SealedAnswer>;

/** What came back to a question, and who stands behind it. */
export interface GivenAnswer {
  /** Undefined when it cannot be relied on. */
  readonly value: JsonValue | undefined;
  readonly by: Principal;
  readonly at: string;
  /** Why it cannot be relied on. */
  readonly problem: string | undefined;
}

/** Where answers are read. */
export interface AnswerPlace {
  readonly sealer: Sealer;
  readonly thread: string;
  readonly visit: string;
  readonly now: () => string;
  /** Numbers the questions of a visit in the order in which they are put. */
  readonly nextQuestion: () => number;
}

/** A question of a visit: which one, and what was shown with it. */
export interface AskedQuestion {
  readonly nth: number;
  readonly shown: string;
}

/** Names exactly what is put to a person. */
export function shownDigest(shown: { readonly action: string; readonly args: JsonValue }): string {
  return digestOf({ action: shown.action, args: shown.args });
}

/**
 * Reads an answer. One without a seal, from elsewhere, or to what has changed since, is nobody's.
 *
 * @returns Undefined for an answer to another question of this visit, which LangGraph gives again when a run is gone on
 * with: this question still waits.
 */
export function openAnswer(
  given: unknown,
  { nth, shown }: AskedQuestion,
  place: AnswerPlace,
): GivenAnswer | undefined {
  const { sealer, thread, visit, now } = place;
  const data = sealedAnswer(given, sealer);
  if (data === undefined) {
    return nobodys(now(), 'The answer did not come in by the door of this workflow.');
  }
  if (data.thread !== thread || !visit.endsWith(`:${data.task}`)) {
    return nobodys(now(), 'The answer was given to another question.');
  }
  if (data.nth !== nth) return undefined;
  if (data.shown !== shown) {
    return nobodys(now(), 'What was shown has changed since the answer was given.');
  }
  return { value: data.answer, by: data.by, at: data.at, problem: undefined };
}

function sealedAnswer(given: unknown, sealer: Sealer): SealedAnswer | undefined {
  // What was sealed here just now has the shape that the door gives it.
  if (sealer.knows('answer', given)) return given as SealedAnswer;
  const { data } = SealedAnswer.safeParse(given);
  return data !== undefined && sealer.verify('answer', data) ? data : undefined;
}

function nobodys(at: string, problem: string): GivenAnswer {
  return { value: undefined, by: NOBODY, at, problem };
}
