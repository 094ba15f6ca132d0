import { isPhasegateError } from '../kernel/index.ts';
import { plainText } from './rendering/plain-text.ts';
import type { Terminal } from './terminal.ts';

/** An error as it is shown and printed. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly retryable: boolean;
}

/** How an error is shown. */
export interface FailureOptions {
  readonly json: boolean;
  /** Whether to show where in the program it was thrown. */
  readonly withStack: boolean;
  /** How to go on with what was begun, where there is a way. */
  readonly advice?: string | undefined;
}

/** Gives what is said of anything that was thrown. */
export function failureFrom(error: unknown): Failure {
  if (isPhasegateError(error)) {
    const { code, message, hint, retryable } = error;
    return { code, message, hint, retryable };
  }
  const missing = missingPackage(error);
  if (missing !== undefined)
    return {
      code: 'UNEXPECTED',
      message: `A package is missing from the installation: ${missing}.`,
      hint: 'Install again, with optional packages: they hold what is compiled for this machine.',
      retryable: false,
    };
  return {
    code: 'UNEXPECTED',
    message: `Something failed inside: ${placeOf(error)}`,
    hint: 'Run the same command again with --log-level debug to see where; what was finished before is kept.',
    retryable: false,
  };
}

/** Tells what went wrong on standard error; with `--json`, as one JSON object on standard output instead. */
export function reportFailure(error: unknown, terminal: Terminal, options: FailureOptions): void {
  const { errorPaint: paint } = terminal;
  const failure = failureFrom(error);
  const { advice } = options;
  const tellStack = (): void => {
    if (options.withStack && error instanceof Error) terminal.err(paint.dim(stackOf(error)));
  };
  if (options.json) {
    tellStack();
    const hint = advice === undefined ? failure.hint : `${failure.hint} ${advice}`;
    terminal.out(JSON.stringify({ status: 'error', error: { ...failure, hint } }));
    return;
  }
  terminal.err(`${paint.bad('✖')} ${plainText(failure.message)}`);
  terminal.err(`  ${paint.accent('→')} ${plainText(failure.hint)}`);
  terminal.err(
    paint.dim(`  ${failure.code}${failure.retryable ? ', may succeed when tried again' : ''}`),
  );
  tellStack();
  if (advice !== undefined) terminal.err(`  ${advice}`);
}

/** The name of the package that Node did not find, and nothing else of what it said. */
function missingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  return /^Cannot find (?:module|package) '(@[\w.-]{1,64}\/[\w.-]{1,64}|[\w-][\w.-]{0,63})'/.exec(
    error.message,
  )?.[1];
}

/** The message of an error that is not ours may quote a brief, a person or a key; it is shown nowhere. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code =
    'code' in error && /^[A-Z][A-Z0-9_]{1,63}$/.test(String(error.code))
      ? ` (${String(error.code)})`
      : '';
  return `${nameOf(error)}${code}.`;
}

/** Where in the program it was thrown, without what was said there. */
function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at \S.{0,400}:\d+:\d+\)?$/.test(line));
  return plainText(`${nameOf(error)}\n${frames.join('\n')}${cause}`);
}

function nameOf(error: Error): string {
  const { name } = error.constructor;
  return /^\w{1,64}$/.test(name) ? name : 'Error';
}
