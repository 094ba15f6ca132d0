import { Command, type OutputConfiguration } from 'commander';

import type { CommandContext } from './command-context.ts';
import { COMMANDS } from './commands/command-list.ts';

const EXIT_CODES = `
Exit codes:
  0  completed, or done
  1  failed, and not by the caller's doing: an internal error, a full disk, a model that cannot be reached, a thread that
     another process works on; the same command may succeed later
  2  bad usage or input: something has to be changed first
  3  the run waits for a person; so does one that Ctrl-C leaves at a question
  4  a gate blocked the run, or a verification found that something was changed
  130, 143  stopped at work by Ctrl-C, or by a signal; the same command goes on

With --json, an error is one JSON object too: { "status": "error", "error": { "code", "message", "hint", "retryable" } }.
Standard error then gets nothing of progress and errors, only notices and what --log-level asks for.
Set NO_COLOR or give --no-color for output without colours.`;

/** Makes the program: every command with its options and help. Loads nothing that a run needs. */
export function createProgram(
  context: CommandContext,
  version: string,
  output: OutputConfiguration,
): Command {
  const program = new Command('phasegate')
    .exitOverride()
    .configureOutput(output)
    .description(
      'Phase-gated agent workflows: every move between phases is decided by a fail-closed gate.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .option('--no-color', 'print without colours')
    .helpCommand('help [command]', 'print help for a command')
    .showSuggestionAfterError(true)
    .addHelpText('after', EXIT_CODES)
    .configureHelp({ showGlobalOptions: false });
  for (const { heading, commands } of COMMANDS) {
    const before = program.commands.length;
    for (const { register } of commands) register(program, context);
    for (const command of program.commands.slice(before)) {
      command
        .helpGroup(heading)
        .helpOption('-h, --help', 'print help')
        .option('--no-color', 'print without colours');
    }
  }
  return program;
}
