import type { Command } from 'commander';

import type { App } from '../app/index.ts';
import type { LoadOptions } from '../config/index.ts';
import { UsageError } from './errors.ts';
import type { Terminal } from './terminal.ts';

/** Options that every command takes. */
export interface SharedOptions {
  readonly dataDir?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly logLevel?: string;
}

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Aborted when the process is asked to stop. */
  readonly signal: AbortSignal;
  /** How this program is called, for commands to paste: `phasegate`, or `node dist/src/cli/main.js`. */
  readonly program: string;
  /** Sets what is said when the process is asked to stop: how to go on. */
  readonly stopsWith: (advice: string) => void;
  /** Sets what the process ends with. */
  readonly end: (exitCode: number) => void;
}

/** One command, in one file. Its action loads what is heavy when it runs. */
export interface CliCommand {
  /** Adds the command to the program. */
  readonly register: (program: Command, context: CommandContext) => void;
}

/** Adds the options that every command takes. */
export function withSharedOptions(command: Command): Command {
  return command
    .option('--data-dir <dir>', 'where state is kept (default: .phasegate)')
    .option('--config <dir>', 'a folder with default.toml or llm.toml of your own')
    .option(
      '--log-level <level>',
      'what standard error gets besides: notices (sentences, the default), silent, or JSON lines from trace, debug, info, warn, error or fatal on',
    )
    .option('--json', 'print one JSON object on standard output and nothing else there');
}

/**
 * Gives the value of an option that a command cannot do without. Commander would ask for it before it looks at what was
 * written instead, and a mistyped option would never be named.
 *
 * @throws {@link UsageError} if the option was left out.
 */
export function demanded(option: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw new UsageError(
    `The option ${option} is missing.`,
    `Give ${option} with a value; --help says which.`,
  );
}

/** Gives what the configuration is loaded with. */
export function loadOptionsFrom({
  dataDir,
  config,
  logLevel,
  fallback,
}: SharedOptions & { readonly fallback?: string }): LoadOptions {
  return {
    ...(config === undefined ? {} : { directory: config }),
    overrides: { dataDir, logLevel, fallback },
  };
}

/** Opens the application, does the work and closes it, whatever happens. */
export async function withApp<Result>(
  options: SharedOptions,
  work: (app: App) => Promise<Result>,
): Promise<Result> {
  await using app = await open(loadOptionsFrom(options));
  return await work(app);
}

// Not inside the function above: with "await using" in it, the compiler leaves the file's ending as it is.
async function open(options: LoadOptions): Promise<App> {
  const { openApp } = await import('../app/index.ts');
  return openApp(options);
}
