import { PhasegateError } from '../kernel/index.ts';

/** A fake was called in a way that its script does not foresee. */
export class UnexpectedCallError extends PhasegateError {
  readonly code = 'TESTING_UNEXPECTED_CALL';
  constructor(
    fake: string,
    problem: { readonly call: number; readonly expected: string },
    cause?: unknown,
  ) {
    super(`${fake}: call ${problem.call} was not expected; expected ${problem.expected}.`, {
      hint: 'Mend the script of the test, or what makes the call.',
      details: { fake, call: problem.call },
      cause,
    });
  }
}

/** A fake was called less often than its script foresees. */
export class UnconsumedStepsError extends PhasegateError {
  readonly code = 'TESTING_UNCONSUMED_STEPS';
  constructor(fake: string, taken: number, steps: number) {
    super(`${fake}: ${taken} of ${steps} steps were used.`, {
      hint: 'Take the steps that are too many out of the script, or look for the call that is missing.',
      details: { fake, taken, steps },
    });
  }
}

/** An implementation does not do what its contract says. */
export class NotConformingError extends PhasegateError {
  readonly code = 'TESTING_NOT_CONFORMING';
  constructor(subject: string, found: string, cause?: unknown) {
    super(`${subject}: ${found}.`, {
      hint: 'Mend the implementation named; the contract is described where its type is.',
      details: { subject },
      cause,
    });
  }
}
