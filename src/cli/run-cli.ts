import { CommanderError, type Command } from 'commander';

import { isPhasegateError } from '../kernel/index.ts';
import type { CommandContext } from './command-context.ts';
import { StoppedError, UsageError } from './errors.ts';
import { EXIT, exitCodeFor } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { reportFailure } from './report-failure.ts';
import { rootFailure } from './root-failure.ts';
import type { StopSignals } from './stop-signals.ts';
import type { Terminal } from './terminal.ts';

/** What the command line runs in. */
export interface Surroundings {
  /** Arguments after the program's name. */
  readonly args: readonly string[];
  /** How the program is called. */
  readonly program: string;
  readonly version: string;
  readonly terminal: Terminal;
  readonly stop: Pick<StopSignals, 'signal' | 'exitCode'>;
}

/** Runs one command. Whatever goes wrong is told, never thrown. @returns The exit code. */
export async function runCli({
  args,
  program: name,
  version,
  terminal,
  stop,
}: Surroundings): Promise<number> {
  let exitCode: number = EXIT.completed;
  let advice: string | undefined;
  const context: CommandContext = {
    terminal,
    signal: stop.signal,
    program: name,
    stopsWith: (text) => {
      advice = text;
    },
    end: (code) => {
      exitCode = code;
    },
  };
  const json = args.includes('--json');
  const said: string[] = [];
  const program = createProgram(context, version, {
    writeOut: (text) => terminal.write(text),
    // Kept back, so that an error looks the same wherever it was found.
    writeErr: (text) => said.push(text),
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    const stopped = stop.exitCode();
    if (stopped !== undefined) {
      tellStopped(terminal, advice ?? 'What was finished is kept.', json);
      return stopped;
    }
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.completed;
    const shown =
      error instanceof CommanderError
        ? usageFrom(said, { name, program, args })
        : await rootFailure(error, 'the data folder');
    const code = exitCodeFor(shown);
    reportFailure(shown, terminal, {
      json,
      withStack: isDebug(args),
      advice: goesOn(shown, code) ? advice : undefined,
    });
    return code;
  }
}

function tellStopped(terminal: Terminal, advice: string, json: boolean): void {
  if (json) reportFailure(new StoppedError(advice), terminal, { json, withStack: false });
  else terminal.err(`\n${terminal.errorPaint.attention('⏸')} Stopped. ${advice}`);
}

/** Tells whether the same command can go on with the run, now or once the model's settings are mended. */
function goesOn(error: unknown, code: number): boolean {
  return code === EXIT.failed || (isPhasegateError(error) && error.code.startsWith('MODEL_'));
}

interface Called {
  readonly name: string;
  readonly program: Command;
  readonly args: readonly string[];
}

/** The command, and the one below it, that the arguments name. */
function commandIn(program: Command, args: readonly string[]): readonly string[] {
  const [word = '', ...rest] = args.filter((arg) => !arg.startsWith('-'));
  const found = program.commands.find((command) => command.name() === word);
  return found === undefined ? [] : [word, ...commandIn(found, rest)];
}

/** Makes an error of ours out of what commander wanted to print. */
function usageFrom(said: readonly string[], { name, program, args }: Called): UsageError {
  const text = said.join('').trim();
  const help = `See ${[name, ...commandIn(program, args)].join(' ')} --help.`;
  // Without a command, commander prints the help as an error.
  if (!text.startsWith('error: ')) {
    return new UsageError('No command was given.', help);
  }
  const [message = '', ...rest] = text.replace(/^error: /, '').split('\n');
  const suggestion = rest
    .join(' ')
    .replaceAll(/^\(|\)$/g, '')
    .trim();
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return new UsageError(
    `${sentence.replace(/\.$/, '')}.`,
    suggestion === '' ? help : `${suggestion} ${help}`,
  );
}

function isDebug(args: readonly string[]): boolean {
  const level = args.find((_, at) => args[at - 1] === '--log-level');
  const inline = args.find((word) => word.startsWith('--log-level='))?.split('=')[1];
  return ['debug', 'trace'].includes(level ?? inline ?? '');
}
