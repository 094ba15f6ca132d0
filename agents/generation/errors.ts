import { PhasegateError } from '../../src/kernel/index.ts';

/** The requirements do not say who the emails are from, so none can be written. */
export class SenderUnknownError extends PhasegateError {
  readonly code = 'GENERATION_SENDER_UNKNOWN';
  constructor(missing: string) {
    super(`Expected the requirements to hold the sender's ${missing}.`, {
      hint: 'Answer the question about the sender, or add it to the brief.',
      details: { missing },
    });
  }
}

/** A step of the approved strategy tells nothing that the requirements hold. */
export class NothingToTellError extends PhasegateError {
  readonly code = 'GENERATION_NOTHING_TO_TELL';
  constructor(step: string) {
    super(`Expected step "${step}" to name a fact of the requirements that an email can tell.`, {
      hint: 'Name an offer, a key message or a deadline in the facts of the step.',
      details: { step },
    });
  }
}

/** The variant needs a chat model, and the run was given none. */
export class ModelAbsentError extends PhasegateError {
  readonly code = 'GENERATION_MODEL_ABSENT';
  constructor() {
    super('Expected a chat model for the llm variant.', {
      hint: 'Choose a model, or run the simulated variant.',
    });
  }
}
