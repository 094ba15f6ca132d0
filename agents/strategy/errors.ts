import { PhasegateError } from '../../src/kernel/index.ts';

/** The requirements hold too little to plan anything from. */
export class NothingToPlanError extends PhasegateError {
  readonly code = 'STRATEGY_NOTHING_TO_PLAN';
  constructor(missing: 'audience' | 'content') {
    super(
      missing === 'audience'
        ? 'Expected at least one audience segment in the requirements, found none.'
        : 'Expected an offer, a key message or an objective in the requirements, found none.',
      {
        hint: 'Let the gate before strategy ask for what is missing.',
        details: { missing },
      },
    );
  }
}

/** The variant that uses a model was started without one. */
export class ModelMissingError extends PhasegateError {
  readonly code = 'STRATEGY_MODEL_MISSING';
  constructor() {
    super('Expected a chat model in the context of the llm variant, found none.', {
      hint: 'Configure a model, or run the simulated variant.',
    });
  }
}
