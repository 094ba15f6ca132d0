import { PhasegateError } from '../../src/kernel/index.ts';

/** The `llm` variant was run without a chat model. */
export class MissingModelError extends PhasegateError {
  readonly code = 'REQUIREMENTS_MISSING_MODEL';
  constructor() {
    super('The requirements agent was run in its llm variant without a model.', {
      hint: 'Name a model, or run the simulated variant.',
    });
  }
}
