import { z } from 'zod';

import { digestOf, LONGEST_TIMER_MS } from '../kernel/index.ts';
import type { Question } from '../state/index.ts';
import { InvalidCheckError } from './errors.ts';

const RESULT = Symbol('phasegate.check-result');
const DEFAULT_TIMEOUT_MS = 1000;

/** What a check may answer besides a boolean. Made by {@link pass}, {@link fail} and {@link undetermined} only. */
export interface CheckResult {
  readonly [RESULT]: true;
  readonly outcome: 'pass' | 'fail' | 'undetermined';
  readonly message: string | undefined;
  readonly remedy: string | undefined;
  readonly paths: readonly string[] | undefined;
  readonly questions: readonly Question[];
}

/** What a failing check says. All of it is shown to people and kept: name facts by path, never by value. */
export interface Finding {
  readonly message?: string;
  readonly remedy?: string;
  /** Paths of the facts concerned, such as `artifacts.requirements.sender.email`. */
  readonly paths?: readonly string[];
  /** What a person has to be asked, when the gate leads this failure to `ask`. */
  readonly questions?: readonly Question[];
}

/** The fact holds; `message` says why, where that is to be kept, such as that there was nothing to ask about. */
export function pass({ message }: Pick<Finding, 'message'> = {}): CheckResult {
  return result('pass', message === undefined ? {} : { message });
}

/** The fact does not hold. */
export function fail(finding: Finding = {}): CheckResult {
  return result('fail', finding);
}

/** It cannot be told whether the fact holds. Counts as a failure. */
export function undetermined(finding: Finding = {}): CheckResult {
  return result('undetermined', finding);
}

/** Tells whether `value` was made by {@link pass}, {@link fail} or {@link undetermined}. */
export function isCheckResult(value: unknown): value is CheckResult {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, RESULT);
}

function result(outcome: CheckResult['outcome'], finding: Finding): CheckResult {
  const { message, remedy, paths, questions = [] } = finding;
  return Object.freeze({ [RESULT]: true as const, outcome, message, remedy, paths, questions });
}

/**
 * One question asked of facts. `Facts` is what the check needs: a gate takes it for any workflow that has at least that.
 */
export interface Check<in Facts = never> {
  readonly id: string;
  readonly message: string;
  readonly remedy: string;
  /** Facts are parsed by it before the check sees them. */
  readonly reads: z.ZodType;
  /** Only an evaluation that is declared asynchronous is awaited; a promise from any other one is an error. */
  readonly asynchronous: boolean;
  readonly timeoutMs: number;
  /** Takes what `reads` gave. Only booleans and check results count as answers. */
  readonly evaluate: (parsed: unknown, signal: AbortSignal) => unknown;
  /** `false` where the answer depends on anything but the facts, so that none is kept. */
  readonly pure?: boolean;
  /** Changes whenever the check's text or the shape of what it reads does. */
  readonly digest: string;
  /** Digest of the pack that the check comes from; it stands in every verdict. */
  readonly pack?: string;
  /** Carries the type; never called. */
  readonly needs?: (facts: Facts) => void;
}

interface CheckText<Facts> {
  /** Dotted lower case: `email.has-unsubscribe`. */
  readonly id: string;
  /** Changes the check's digest when its text alone does not show a change, such as a threshold from outside. */
  readonly version?: string;
  /** Digest of the pack that the check comes from. */
  readonly pack?: string;
  /** The facts that the check reads, as a schema of `{ input, artifacts, run }`. What it does not name is not there. */
  readonly reads: z.ZodType<Facts>;
  /** Said when the check fails. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Milliseconds until the check counts as an error, 2^31 - 1 at most; 1,000 unless told. */
  readonly timeoutMs?: number;
  /**
   * `false` where the answer depends on anything but the facts, such as the time, a switch or another system: it is asked anew
   * at every judgement. Otherwise equal facts are asked about once, and the answer is kept.
   */
  readonly pure?: boolean;
}

/** What {@link defineCheck} takes: `evaluate` answers at once, `evaluateAsync` may wait. */
export type CheckDefinition<Facts> = CheckText<Facts> &
  (
    | { readonly evaluate: (facts: Facts) => boolean | CheckResult; readonly evaluateAsync?: never }
    | {
        readonly evaluateAsync: (
          facts: Facts,
          signal: AbortSignal,
        ) => Promise<boolean | CheckResult>;
        readonly evaluate?: never;
      }
  );

/**
 * Describes a check. It has to be pure: the answer depends on the facts alone, because a gate is judged on the way out of a
 * phase and again on the way into the next one, and an answer that was given is kept for equal facts. A check that asks the
 * time, a kill switch or another system says `pure: false`, and is asked every time.
 *
 * @throws {@link InvalidCheckError} if the id is not dotted lower case, a text is empty, or the deadline is none that a timer can keep.
 */
export function defineCheck<Facts>(definition: CheckDefinition<Facts>): Check<Facts> {
  const { id, version = '1', pack, reads, message, remedy } = definition;
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = definition;
  if (!/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/.test(id))
    throw new InvalidCheckError(id, 'an id in dotted lower case');
  if (message.trim() === '' || remedy.trim() === '')
    throw new InvalidCheckError(id, 'a message and a remedy');
  if (!(timeoutMs > 0 && timeoutMs <= LONGEST_TIMER_MS))
    throw new InvalidCheckError(id, `a deadline above 0 and up to ${LONGEST_TIMER_MS} ms`);
  const answer = definition.evaluate ?? definition.evaluateAsync;
  if (typeof answer !== 'function') throw new InvalidCheckError(id, 'evaluate or evaluateAsync');
  const asynchronous = definition.evaluate === undefined;
  const kept = definition.pure === false ? { pure: false } : {};
  const digest = digestOf({
    id,
    version,
    message,
    remedy,
    timeoutMs,
    asynchronous,
    text: String(answer),
    reads: shapeDigest(id, reads),
    ...kept,
  });
  const evaluate = (parsed: unknown, signal: AbortSignal): unknown =>
    answer(parsed as Facts, signal);
  const check = { id, message, remedy, reads, asynchronous, timeoutMs, evaluate, digest, ...kept };
  return Object.freeze(pack === undefined ? check : { ...check, pack });
}

const shapes = new WeakMap<z.ZodType, string>();

/**
 * Names the shape of what a check reads, made once for a schema that many checks share. What JSON Schema has no word for,
 * such as a refinement, is not in it: that is what a check's `version` is for.
 */
function shapeDigest(id: string, reads: z.ZodType): string {
  const known = shapes.get(reads);
  if (known !== undefined) return known;
  try {
    const shape = z.toJSONSchema(reads, { io: 'input', unrepresentable: 'any' });
    const digest = digestOf(JSON.stringify(shape));
    shapes.set(reads, digest);
    return digest;
  } catch {
    // Zod says only that it could not; two schemas of one id in its registry are why.
    throw new InvalidCheckError(id, 'reads that can be told as a JSON Schema');
  }
}
