import { deepFrozen, isPhasegateError } from '../kernel/index.ts';
import type { CheckReport, Question } from '../state/index.ts';
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
  if (answer instanceof Promise) {
    // It was not to be awaited; its rejection must not become an unhandled one.
    answer.catch(() => undefined);
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
  if (isCheckResult(answer)) return judgement(binding, answer);
  return failure(
    binding,
    `it answered with ${answer === null ? 'null' : typeof answer} instead of true or false`,
  );
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
    },
    questions: answer.questions ?? [],
  };
}

/** Names an error without its text, which may hold a person's data. */
function describe(error: unknown): string {
  if (isPhasegateError(error)) return `it threw ${error.code}`;
  return `it threw ${error instanceof Error ? error.name : typeof error}`;
}
