import { z } from 'zod';

import { deepFrozen, frozenJson, isPhasegateError } from '../kernel/index.ts';
import { Question, type CheckReport } from '../state/index.ts';
import { isCheckResult, type CheckResult } from './check.ts';
import type { Binding } from './gate.ts';

/** What a synchronous check is given: nothing can abort it. */
const NEVER = new AbortController().signal;

/** A check's line in the verdict, and what it wants to ask. */
export interface Judgement {
  readonly report: CheckReport;
  readonly questions: readonly Question[];
}

/** Facts as each schema gives them; checks that share a schema object share one parse. */
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
    const reading = parsed.get(check.reads) ?? check.reads.safeParse(facts);
    if (!parsed.has(check.reads)) parsed.set(check.reads, reading);
    if (!reading.success) return missingFacts(binding, reading.error.issues);
    const given = deepFrozen(reading.data);
    return check.asynchronous ? awaitAnswer(binding, given) : answerNow(binding, given);
  } catch (error) {
    return failure(binding, describe(error));
  }
}

function answerNow(binding: Binding, facts: unknown): Judgement {
  const startedMs = performance.now();
  const answer = binding.check.evaluate(facts, NEVER);
  if (performance.now() - startedMs > binding.check.timeoutMs) {
    return failure(binding, `it took longer than its ${binding.check.timeoutMs} ms`);
  }
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
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<Judgement>((resolve) => {
    timer = setTimeout(() => {
      resolve(failure(binding, `it took longer than its ${check.timeoutMs} ms`));
      abort.abort();
    }, check.timeoutMs);
  });
  const answer = Promise.resolve()
    .then(() => check.evaluate(facts, abort.signal))
    .then((value) => interpret(binding, value))
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
    return isSayable(answer)
      ? judgement(binding, answer)
      : failure(binding, 'it answered with a finding that cannot be kept');
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

/** Whether a finding can stand in a verdict, which is kept: texts are texts, and the ids of questions are proper keys. */
function isSayable({ outcome, message, remedy, paths, questions }: CheckResult): boolean {
  const said = { outcome, message, remedy, paths, questions };
  if (!Said.safeParse(said).success) return false;
  try {
    frozenJson([said, Object.fromEntries(questions.map(({ id }) => [id, '']))]);
    return true;
  } catch (error) {
    if (isPhasegateError(error)) return false;
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

function failure(binding: Binding, why: string): Judgement {
  return judgement(binding, {
    outcome: 'error',
    message: `The check "${binding.check.id}" could not be decided: ${why}.`,
  });
}

type Answer = Pick<CheckReport, 'outcome'> & Partial<Omit<CheckResult, 'outcome'>>;

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

/** Names an error without its text, which may hold a person's data. */
function describe(error: unknown): string {
  if (isPhasegateError(error)) return `it threw ${error.code}`;
  return `it threw ${error instanceof Error ? error.name : typeof error}`;
}
