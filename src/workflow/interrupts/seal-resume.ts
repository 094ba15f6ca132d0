import { Command, type CheckpointTuple } from '@langchain/langgraph';
import { z } from 'zod';

import { frozenJson, isPhasegateError, type JsonValue } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import { AnswerOnItsWayError, NothingAskedError, SteeringRefusedError } from '../errors.ts';
import type { Sealer } from '../state/sealer.ts';
import { SealedAnswer, shownDigest, type AskedQuestion } from './sealed-answer.ts';

/** Who answers, where and when. */
export interface Answering {
  readonly sealer: Sealer;
  readonly thread: string;
  readonly by: Principal;
  readonly at: string;
}

interface Question {
  readonly id: string;
  readonly task: string;
  /** Which one of its visit, when the question is one of ours; agents may put their own by LangGraph's `interrupt`. */
  readonly asked: AskedQuestion | undefined;
}

const Pending = z.array(z.object({ id: z.string(), value: z.unknown() }));
const Ours = z.object({
  action_request: z.object({
    action: z.string(),
    args: z.custom<JsonValue>((value) => value !== undefined),
  }),
  // A question that an earlier build has put has no number; most visits put one.
  phasegate: z.object({ visit: z.string(), nth: z.number().default(0) }),
});
const INTERRUPT_ID = /^[0-9a-f]{32}$/;
/** Under which LangGraph stores an answer before the task that waits has taken it. */
export const NO_TASK = '00000000-0000-0000-0000-000000000000';

/**
 * Puts a seal on what is sent to a thread that waits, which binds it to the question, the sender and the time.
 *
 * @returns The command to pass on. Answers to interrupts that an agent made by itself are passed on as they are.
 * @throws {@link NothingAskedError} if nothing waits for it; {@link SteeringRefusedError} for one answer to several
 * questions; {@link AnswerOnItsWayError} where an answer is there already that no visit has stored its work with.
 */
export function sealResume(resume: unknown, tuple: CheckpointTuple, answering: Answering): Command {
  // It may be on record already, and whoever wrote over it would leave a thread that contradicts the record.
  if (isAnswerOnItsWay(tuple)) throw new AnswerOnItsWayError(answering.thread);
  const questions = questionsOf(tuple);
  const answers = answersById(resume);
  if (answers === undefined) {
    const [question, ...more] = questions;
    if (question === undefined) throw new NothingAskedError(answering.thread);
    const foreign = answersToForeign(resume, tuple);
    if (foreign !== undefined) return new Command({ resume: foreign });
    if (more.length > 0) throw new SteeringRefusedError('one answer to several questions');
    return new Command({ resume: sealed(resume, question, answering) });
  }
  const entries = answers.map(([id, answer]) => {
    const question = questions.find((asked) => asked.id === id);
    if (question === undefined) throw new NothingAskedError(answering.thread);
    return [id, question.asked === undefined ? answer : sealed(answer, question, answering)];
  });
  return new Command({ resume: Object.fromEntries(entries) });
}

/**
 * Gives an answer that names no question to those that wait, by their ids, where agents have put all of them by LangGraph's
 * own `interrupt`. Without an id LangGraph would hand it to a question of ours as well that the visit puts later.
 */
export function answersToForeign(
  answer: unknown,
  tuple: CheckpointTuple,
): Readonly<Record<string, unknown>> | undefined {
  const questions = questionsOf(tuple);
  const isOurs = questions.some(({ asked }) => asked !== undefined);
  if (questions.length === 0 || isOurs) return undefined;
  return Object.fromEntries(questions.map(({ id }) => [id, answer]));
}

/** An answer that was given out already, to stand where it would be given out again: it holds for no question. */
export function spentAnswer({ sealer, ...given }: Answering): unknown {
  return sealer.seal('answer', { answer: null, nth: 0, shown: '', task: '', ...given });
}

/**
 * Whether a question of ours has an answer that was stored, and that no visit has worked with to its end or to the next
 * question: the process that took it died or works on it now, or the phase failed after it was told.
 */
export function isAnswerOnItsWay(tuple: CheckpointTuple): boolean {
  const stored = tuple.pendingWrites ?? [];
  const answers = stored.filter(([, channel]) => channel === '__resume__');
  const [, , last] = answers.find(([task]) => task === NO_TASK) ?? [];
  const given = SealedAnswer.safeParse(last).data;
  if (given === undefined) return false;
  const taken = answers.flatMap(([task, , values]) =>
    task === NO_TASK ? [] : (z.array(SealedAnswer).safeParse(values).data ?? []),
  );
  const isTaken = taken.some(({ seal }) => seal === given.seal);
  const hasFailed = stored.some(
    ([task, channel]) => task === given.task && channel === '__error__',
  );
  return questionsOf(tuple).some(
    ({ asked, task }) => asked?.nth === given.nth && task === given.task && (!isTaken || hasFailed),
  );
}

/** Whether no question waits at a checkpoint, or none of that id. */
export function asksNothing(tuple: CheckpointTuple, id?: string): boolean {
  return !questionsOf(tuple).some((question) => id === undefined || question.id === id);
}

/** The answers of a resume that names interrupts by their ids, told from others as LangGraph does. */
function answersById(resume: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (typeof resume !== 'object' || resume === null) return undefined;
  const entries = Object.entries(resume);
  return entries.length > 0 && entries.every(([id]) => INTERRUPT_ID.test(id)) ? entries : undefined;
}

function questionsOf({ pendingWrites = [] }: CheckpointTuple): readonly Question[] {
  return pendingWrites.flatMap(([task, channel, value]) => {
    if (channel !== '__interrupt__') return [];
    const interrupts = Pending.safeParse(Array.isArray(value) ? value : [value]).data ?? [];
    return interrupts.map((interrupt) => ({
      id: interrupt.id,
      task,
      asked: askedIn(interrupt.value, task),
    }));
  });
}

/** A workflow inside an agent of this one asks on its behalf; that question is answered at the inner door. */
function askedIn(value: unknown, task: string): AskedQuestion | undefined {
  const { data } = Ours.safeParse(value);
  return data?.phasegate.visit.endsWith(`:${task}`) === true
    ? { nth: data.phasegate.nth, shown: shownDigest(data.action_request) }
    : undefined;
}

function sealed(answer: unknown, question: Question, answering: Answering): unknown {
  const { sealer, ...given } = answering;
  const { asked, task } = question;
  return sealer.seal('answer', { answer: jsonOf(answer), ...asked, task, ...given });
}

/** What is not JSON is no form that a client sends, and is read as such. */
function jsonOf(answer: unknown): JsonValue {
  try {
    return frozenJson(answer, 'resume');
  } catch (error) {
    if (isPhasegateError(error)) return null;
    throw error;
  }
}
