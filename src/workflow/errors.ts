import { PhasegateError } from '../kernel/index.ts';

/** A description that cannot work; found when it is built. */
export class InvalidDefinitionError extends PhasegateError {
  readonly code = 'WORKFLOW_INVALID_DEFINITION';
  constructor(place: string, expected: string) {
    super(`In ${place}: expected ${expected}.`, {
      hint: 'Mend the definition at the place named; nothing was run.',
      details: { place },
    });
  }
}
