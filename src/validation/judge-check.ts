import { z } from 'zod';

import { deepFrozen, frozenJson, isPhasegateError } from '../kernel/index.ts';
import { Question, type CheckReport } from '../state/index.ts';
import { isCheckResult, type CheckResult } from './check.ts';
import type { Binding } from './gate.ts';

/** What a synchronous check is given: nothing can abort it. */
const NEVER = new AbortController().signal;

/** How long a finding may be as JSON: a verdict is kept with the run, and shown. */
const MAX_FINDING_CHARACTERS = 1_000_000;

/** A check's line in the verdict, and what it wants to ask. */
export interface Judgement {
  readonly report: CheckReport;
  readonly questions: readonly Question[];
}

/** Facts as each schema gives them; checks that share a schema object share one parse, where none can change it. */
export type ParsedFacts = Map<
  Binding['check']['reads'],
  ReturnType<Binding['check']['reads']['safeParse']>
>;

/** Asks one check. Never throws: whatever goes wrong is an answer that counts against the transition. */
export function judgeCheck(
  binding: Binding,
  facts: unknown,
  parsed: ParsedFacts,
): Judgement | Promise<Judgement> {
  const { check } = binding;
  try {
    const known = parsed.get(check.reads);
    const reading = known ?? check.reads.safeParse(facts);
    if (known === undefined && isPlain(reading.data)) parsed.set(check.reads, reading);
    if (!reading.success) return missingFacts(binding, reading.error.issues);
    const given = deepFrozen(reading.data);
    return check.asynchronous ? awaitAnswer(binding, given) : answerNow(binding, given);
  } catch (error) {
    return failure(binding, describe(error));
  }
}

/** Whether freezing keeps `value` as it is; a Date or a Map that a schema makes can be set all the same. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  const prototype: unknown = Object.getPrototypeOf(value);
  const isOwn = Array.isArray(value) || prototype === Object.prototype || prototype === null;
  return isOwn && Object.values(value).every(isPlain);
}

function answerNow(binding: Binding, facts: unknown): Judgement {
  const startedMs = performance.now();
  const answer = binding.check.evaluate(facts, NEVER);
  if (performance.now() - startedMs > binding.check.timeoutMs) return tooLate(binding);
  if (isThenable(answer)) {
    // It was not to be awaited; its rejection must not become an unhandled one.
    Promise.resolve(answer).catch(() => undefined);
    return failure(binding, 'it answered with a promise and is not declared asynchronous');
  }
  return interpret(binding, answer);
}

async function awaitAnswer(binding: Binding, facts: unknown): Promise<Judgement> {
  const { check } = binding;
  const abort = new AbortController();
  const startedMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<Judgement>((resolve) => {
    timer = setTimeout(() => {
      resolve(tooLate(binding));
      abort.abort();
    }, check.timeoutMs);
  });
  const answer = Promise.resolve()
    .then(() => check.evaluate(facts, abort.signal))
    // A check that keeps the thread to itself keeps the timer from it too.
    .then((value) =>
      performance.now() - startedMs > check.timeoutMs
        ? tooLate(binding)
        : interpret(binding, value),
    )
    .catch((error: unknown) => failure(binding, describe(error)));
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function interpret(binding: Binding, answer: unknown): Judgement {
  if (answer === true) return judgement(binding, { outcome: 'pass' });
  if (answer === false) return judgement(binding, { outcome: 'fail' });
  if (isCheckResult(answer)) {
    const said = sayable(answer);
    return said === undefined
      ? failure(binding, 'it answered with a finding that cannot be kept')
      : judgement(binding, said);
  }
  return failure(
    binding,
    `it answered with ${answer === null ? 'null' : typeof answer} instead of true or false`,
  );
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}

const Said = z.object({
  outcome: z.enum(['pass', 'fail', 'undetermined']),
  message: z.string().optional(),
  remedy: z.string().optional(),
  paths: z.array(z.string()).optional(),
  questions: z.array(Question),
});

/**
 * Gives a copy of a finding that can stand in a verdict, which is kept: texts are texts, the ids of questions are proper keys,
 * and all of it has an end. It is read once, because what reads as a text now may be something else when it is read again.
 */
function sayable({ outcome, message, remedy, paths, questions }: CheckResult): Answer | undefined {
  try {
    const copy = frozenJson({ outcome, message, remedy, paths, questions });
    if (JSON.stringify(copy).length > MAX_FINDING_CHARACTERS) return undefined;
    const { data } = Said.safeParse(copy);
    if (data === undefined) return undefined;
    frozenJson(Object.fromEntries(data.questions.map(({ id }) => [id, ''])));
    return data;
  } catch (error) {
    if (isPhasegateError(error)) return undefined;
    throw error;
  }
}

function missingFacts(binding: Binding, issues: readonly { path: PropertyKey[] }[]): Judgement {
  const paths = [...new Set(issues.map(({ path }) => path.map(String).join('.')))];
  return judgement(binding, {
    outcome: 'undetermined',
    message: 'The facts that this check reads are missing or of another shape.',
    paths,
  });
}

function tooLate(binding: Binding): Judgement {
  return failure(binding, `it took longer than its ${binding.check.timeoutMs} ms`);
}

function failure(binding: Binding, why: string): Judgement {
  return judgement(binding, {
    outcome: 'error',
    message: `The check "${binding.check.id}" could not be decided: ${why}.`,
  });
}

type Answer = Pick<CheckReport, 'outcome'> & {
  readonly [Said in 'message' | 'remedy' | 'paths' | 'questions']?: CheckResult[Said] | undefined;
};

function judgement({ check, mode }: Binding, answer: Answer): Judgement {
  const { outcome } = answer;
  const passed = outcome === 'pass';
  return {
    report: {
      id: check.id,
      outcome,
      mode,
      message: answer.message ?? (passed ? '' : check.message),
      remedy: answer.remedy ?? (passed ? '' : check.remedy),
      paths: [...(answer.paths ?? [])],
      digest: check.digest,
      ...(check.pack === undefined ? {} : { pack: check.pack }),
    },
    questions: answer.questions ?? [],
  };
}

/** Names an error without its text, which may hold a person's data, and so may a name that is none of a class. */
function describe(error: unknown): string {
  try {
    const found = error instanceof Error ? error.name : typeof error;
    const name = isPhasegateError(error) ? error.code : found;
    return /^\w{1,80}$/.test(name) ? `it threw ${name}` : 'it threw something without a name';
  } catch {
    // Only looking at it threw again; that it was thrown is all that counts here.
    return 'it threw something that cannot be looked at';
  }
}
