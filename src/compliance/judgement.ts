import { z } from 'zod';

/**
 * What was found about a control. `error` says that it could not be decided and counts against the transition at a gate;
 * `not-applicable` has its reason in the message; `manual` is for a person to answer.
 */
export const ControlOutcome = z.enum([
  'satisfied',
  'not-satisfied',
  'error',
  'not-applicable',
  'manual',
]);
export type ControlOutcome = z.infer<typeof ControlOutcome>;

/** What a primitive check answers. All of it may be shown and kept: it names facts by path and entries by number, never by value. */
export interface Judgement {
  readonly outcome: ControlOutcome;
  readonly message: string;
  /** What to do about it; empty where nothing is to be done. */
  readonly remedy: string;
  /** Paths of the facts or of the evidence concerned. */
  readonly paths: readonly string[];
  /** Numbers of the audit entries concerned. */
  readonly entries: readonly number[];
}

/** What a judgement says besides its outcome and message. */
export interface Finding {
  readonly remedy?: string;
  readonly paths?: readonly string[];
  readonly entries?: readonly number[];
}

/** The predicate holds for what was given. */
export function satisfied(message: string, finding: Finding = {}): Judgement {
  return judgement('satisfied', message, finding);
}

/** The predicate does not hold. */
export function notSatisfied(message: string, finding: Finding & { remedy: string }): Judgement {
  return judgement('not-satisfied', message, finding);
}

/** It cannot be decided. At a gate this denies. */
export function undecided(message: string, finding: Finding & { remedy: string }): Judgement {
  return judgement('error', message, finding);
}

/** There is nothing to ask about; `reason` is kept. */
export function notApplicable(reason: string, finding: Finding = {}): Judgement {
  return judgement('not-applicable', reason, finding);
}

/** Only a person can answer. */
export function manual(message: string): Judgement {
  return judgement('manual', message, {});
}

function judgement(
  outcome: ControlOutcome,
  message: string,
  { remedy = '', paths = [], entries = [] }: Finding,
): Judgement {
  return Object.freeze({ outcome, message, remedy, paths, entries });
}
