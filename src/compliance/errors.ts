import { PhasegateError } from '../kernel/index.ts';
import type { RulePackProblem } from '../validation/index.ts';

/** A mistake in a standard's pack, and where it stands: line and column are counted from 1, and 0 where there is no file. */
export type StandardProblem = RulePackProblem;

/** A standard's pack is refused. */
export class InvalidStandardError extends PhasegateError {
  readonly code = 'COMPLIANCE_INVALID_STANDARD';
  readonly problems: readonly StandardProblem[];
  constructor(file: string, problems: readonly StandardProblem[]) {
    const shown = problems.slice(0, 20).map(({ path, message, line, column }) => {
      const place = line === 0 ? file : `${file}:${line}:${column}`;
      return `${place}:${path === '' ? '' : ` ${path}:`} ${message}`;
    });
    const more = problems.length > 20 ? [`and ${problems.length - 20} more`] : [];
    super(`The standard is refused.\n${[...shown, ...more].join('\n')}`, {
      hint: 'Mend what is named; nothing of the standard was loaded.',
      details: { file, problems: problems.length },
    });
    this.problems = problems;
  }
}

/** A standard's folder cannot be read. */
export class StandardFolderError extends PhasegateError {
  readonly code = 'COMPLIANCE_STANDARD_FOLDER';
  constructor(file: string, cause: unknown) {
    super(`The standard's file ${file} cannot be read.`, {
      hint: 'Give a folder with pack.json and cases.json that this user may read.',
      details: { file },
      cause,
    });
  }
}

/** There is no standard of that name. */
export class UnknownStandardError extends PhasegateError {
  readonly code = 'COMPLIANCE_UNKNOWN_STANDARD';
  constructor(id: string, known: readonly string[]) {
    super(`There is no standard "${id}".`, {
      hint: `Name one of ${known.join(', ')}, or load one of your own.`,
      details: { standard: id },
    });
  }
}

/** A change of parameters cannot be laid over a standard. */
export class InvalidOverlayError extends PhasegateError {
  readonly code = 'COMPLIANCE_INVALID_OVERLAY';
  constructor(standard: string, check: string, problem: string) {
    super(`Overlay of "${standard}", check "${check}": ${problem}.`, {
      hint: 'An overlay changes parameters of checks that are there, and adds none.',
      details: { standard, check },
    });
  }
}

/** A standard cannot be bound to a workflow. */
export class InvalidBindingError extends PhasegateError {
  readonly code = 'COMPLIANCE_INVALID_BINDING';
  constructor(standard: string, check: string, problem: string) {
    super(`Binding of "${standard}", check "${check}": ${problem}.`, {
      hint: 'Tag the transitions that the check is for, or record in notApplicable why it has none.',
      details: { standard, check },
    });
  }
}

/** Facts or evidence are not of their shape. */
export class InvalidEvidenceError extends PhasegateError {
  readonly code = 'COMPLIANCE_INVALID_EVIDENCE';
  constructor(what: string, problems: readonly string[]) {
    super(`The ${what} cannot be read: ${problems.slice(0, 10).join('; ')}.`, {
      hint: 'Mend what is named; no control was assessed.',
      details: { what, problems: problems.length },
    });
  }
}
