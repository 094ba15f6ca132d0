import type { Command } from 'commander';

import { withRunningOptions } from '../../session/running-options.ts';

/** Adds the thread and the options that every deciding command takes. */
export function withDecisionOptions(command: Command): Command {
  return withRunningOptions(
    command
      .argument('<thread>', 'id of a waiting thread, as "phasegate threads" lists them')
      .option('--comment <text>', 'what goes with it')
      .option(
        '--as <name>',
        'record it as done by a script of this name; without it, by the user of this system',
      ),
  );
}
