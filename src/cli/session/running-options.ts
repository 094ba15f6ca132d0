import type { Command } from 'commander';

import { withSharedOptions } from '../command-context.ts';

/** Adds the options of commands that move a run. */
export function withRunningOptions(command: Command): Command {
  return withSharedOptions(
    command
      .option('--out <dir>', 'where files are written (default: <data-dir>/output/<thread>)')
      .option(
        '--model <name>',
        'a configured model, or "simulated" for agents that work by rules (default: simulated)',
      ),
  );
}
