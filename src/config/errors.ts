import { PhasegateError, type Facts } from '../kernel/index.ts';
import { formatPlace, formatProblem, type Place, type Problem } from './problem.ts';

/** The configuration has mistakes; `problems` holds all of them, in the order of the files. */
export class InvalidConfigError extends PhasegateError {
  readonly code = 'CONFIG_INVALID';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super([`${count} in the configuration:`, ...problems.map(formatProblem)].join('\n  '), {
      hint: 'Mend each place named above; docs/configuration.md lists every key.',
      details: firstOf(problems),
    });
    this.problems = Object.freeze([...problems]);
  }
}

/** A configuration file or directory cannot be read. */
export class UnreadableConfigError extends PhasegateError {
  readonly code = 'CONFIG_UNREADABLE';
  constructor(path: string, expected: string, cause?: unknown) {
    super(`Cannot read the configuration at ${path}: expected ${expected}.`, {
      hint: 'Check the path and its permissions, or leave the option out to use the built-in configuration.',
      details: { path },
      cause,
    });
  }
}

/** Production was asked for, and there is no key to seal approvals with. */
export class SealKeyMissingError extends PhasegateError {
  readonly code = 'CONFIG_SEAL_KEY_MISSING';
  constructor() {
    super('The production profile needs a sealing key, and none is set.', {
      hint: 'Set PHASEGATE_SEAL_KEY to 32 random bytes in hex or base64, such as `openssl rand -hex 32` prints.',
    });
  }
}

/** A model was asked for by a name that the configuration does not hold. */
export class UnknownModelError extends PhasegateError {
  readonly code = 'CONFIG_UNKNOWN_MODEL';
  constructor(name: string, suggestion: string | undefined, names: readonly string[]) {
    const guess = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
    super(`No model is configured under the name "${name}".${guess}`, {
      hint: `Use one of ${names.join(', ') || '(none configured)'}, or add [models.NAME] to llm.toml.`,
      details: { model: name },
    });
  }
}

/** A variable that the configuration refers to. */
export interface MissingVariable {
  readonly variable: string;
  readonly place: Place;
  readonly path: string;
}

/** A model was selected whose settings need environment variables that are not set. */
export class MissingVariableError extends PhasegateError {
  readonly code = 'CONFIG_VARIABLE_MISSING';
  readonly missing: readonly MissingVariable[];
  constructor(model: string, missing: readonly MissingVariable[]) {
    const lines = missing.map(
      ({ variable, place, path }) =>
        `${formatPlace(place)} ${path}: environment variable ${variable} is not set.`,
    );
    const names = [...new Set(missing.map(({ variable }) => variable))];
    super([`Model "${model}" cannot be used yet:`, ...lines].join('\n  '), {
      hint: `Set ${names.join(' and ')}, or write a default in the file: \${NAME:-default}.`,
      details: { model, variables: names.join(','), ...placeFacts(missing[0]?.place) },
    });
    this.missing = Object.freeze([...missing]);
  }
}

function firstOf(problems: readonly Problem[]): Facts {
  const [first] = problems;
  if (first === undefined) return { problems: 0 };
  return {
    problems: problems.length,
    kind: first.kind,
    path: first.path,
    ...placeFacts(first.place),
  };
}

function placeFacts(place: Place | undefined): Facts {
  return place === undefined ? {} : { ...place };
}
