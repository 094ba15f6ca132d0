import { PhasegateError } from '../kernel/index.ts';

/** A check's description cannot work. */
export class InvalidCheckError extends PhasegateError {
  readonly code = 'VALIDATION_INVALID_CHECK';
  constructor(id: string, expected: string) {
    super(`Check "${id}": expected ${expected}.`, {
      hint: 'Mend the definition of the check named.',
      details: { check: id },
    });
  }
}

/** A gate's description cannot work. */
export class InvalidGateError extends PhasegateError {
  readonly code = 'VALIDATION_INVALID_GATE';
  constructor(problem: string) {
    super(`Gate: ${problem}.`, {
      hint: 'Give the gate at least one check in mode deny, each id once.',
    });
  }
}
