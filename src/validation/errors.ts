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

/** An expression of a rule is refused. */
export class InvalidExpressionError extends PhasegateError {
  readonly code = 'VALIDATION_INVALID_EXPRESSION';
  /** Where in the expression, counted from 0. */
  readonly at: number;
  constructor(problem: string, at: number, cause?: unknown) {
    super(`Expression, at character ${at + 1}: ${problem}.`, {
      hint: 'Mend the expression; docs/rules.md names what it may hold.',
      details: { at },
      cause,
    });
    this.at = at;
    this.problem = problem;
  }
  readonly problem: string;
}

/** A rule could not be decided on these facts. A check made of it answers undetermined, which denies. */
export class UndecidedRuleError extends PhasegateError {
  readonly code = 'VALIDATION_UNDECIDED_RULE';
  readonly reason: string;
  /** Paths of the facts concerned, never their values. */
  readonly paths: readonly string[];
  constructor(reason: string, paths: readonly string[]) {
    const where = paths.length === 0 ? '' : `: ${paths.join(', ')}`;
    super(`The rule cannot be decided: ${reason}${where}.`, {
      hint: 'Give the facts named in the shape that their schema declares.',
      details: { reason, paths: paths.join(', ') },
    });
    this.reason = reason;
    this.paths = paths;
  }
}

/** A mistake in a rule pack, and where it stands. */
export interface RulePackProblem {
  readonly path: string;
  readonly message: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** A rule pack is refused. */
export class InvalidRulePackError extends PhasegateError {
  readonly code = 'VALIDATION_INVALID_RULE_PACK';
  readonly problems: readonly RulePackProblem[];
  constructor(file: string, problems: readonly RulePackProblem[]) {
    const shown = problems.slice(0, 20).map(({ path, message, line, column }) => {
      const name = path === '' ? '' : ` ${path}:`;
      return `${file}:${line}:${column}:${name} ${message}`;
    });
    const more = problems.length > 20 ? [`and ${problems.length - 20} more`] : [];
    super(`The rule pack is refused.\n${[...shown, ...more].join('\n')}`, {
      hint: 'Mend what is named; nothing of the pack was loaded.',
      details: { file, problems: problems.length },
    });
    this.problems = problems;
  }
}

/** A pack has no such rule. */
export class UnknownRuleError extends PhasegateError {
  readonly code = 'VALIDATION_UNKNOWN_RULE';
  constructor(pack: string, rule: string) {
    super(`The pack "${pack}" has no rule "${rule}".`, {
      hint: 'Name a rule by its id in the pack.',
      details: { pack, rule },
    });
  }
}

/** A waiver cannot be granted. */
export class InvalidWaiverError extends PhasegateError {
  readonly code = 'VALIDATION_INVALID_WAIVER';
  constructor(waiver: string, problem: string) {
    super(`Waiver ${waiver}: ${problem}.`, {
      hint: 'Name the check, its digest, a reason, an owner, another person who approved, and an end.',
      details: { waiver },
    });
  }
}
