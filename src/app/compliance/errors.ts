import { PhasegateError } from '../../kernel/index.ts';

/** A file of evidence tells what only the trail and the store may tell. */
export class SuppliedEvidenceError extends PhasegateError {
  readonly code = 'APP_SUPPLIED_EVIDENCE';
  constructor(file: string, parts: readonly string[]) {
    super(`The file ${file} holds ${parts.join(', ')}, which is observed and never supplied.`, {
      hint: 'Leave these parts out: a report takes them from the audit trail, the store and the configuration.',
      details: { file, parts: parts.length },
    });
  }
}

/** The file with facts of the house holds something that is no fact, or not of its shape. */
export class InvalidHouseFactsError extends PhasegateError {
  readonly code = 'APP_INVALID_HOUSE_FACTS';
  constructor(problems: readonly string[]) {
    super(`Facts of the house cannot be used.\n${problems.slice(0, 20).join('\n')}`, {
      hint: 'Mend what is named; nothing was run.',
      details: { problems: problems.length },
    });
  }
}

/** The file with facts of the house tells of what is seen and never supplied. */
export class ObservedFactsError extends PhasegateError {
  readonly code = 'APP_OBSERVED_FACTS';
  constructor(place: string, part: string) {
    super(`${place}: "${part}" is seen and never supplied.`, {
      hint: 'Leave it out: it is taken from the audit trail, the run, waivers and probes.',
      details: { part },
    });
  }
}
