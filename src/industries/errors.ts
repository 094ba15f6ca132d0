import { PhasegateError } from '../kernel/index.ts';

/** The text of an input file is not what the trade's workflow reads. */
export class UnreadableInputError extends PhasegateError {
  readonly code = 'INDUSTRIES_UNREADABLE_INPUT';
  constructor(workflow: string, problem: string) {
    super(`The workflow "${workflow}" cannot read the input: ${problem}.`, {
      hint: 'Give a file such as those in examples/industries.',
      details: { workflow },
    });
  }
}

/** An agent was to write with a model, and was given none. */
export class NoModelError extends PhasegateError {
  readonly code = 'INDUSTRIES_NO_MODEL';
  constructor(texts: string) {
    super(`There is no model to write "${texts}" with.`, {
      hint: 'Name one with --model, or let the simulated agents work.',
      details: { texts },
    });
  }
}

/** A trade is described in a way that cannot work; found when it is loaded. */
export class InvalidTradeError extends PhasegateError {
  readonly code = 'INDUSTRIES_INVALID_TRADE';
  constructor(trade: string, place: string, problem: string) {
    super(`In the trade "${trade}", ${place}: ${problem}.`, {
      hint: "Mend the trade's folder at the place named.",
      details: { trade, place },
    });
  }
}
