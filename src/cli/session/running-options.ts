import type { Command } from 'commander';

import { withSharedOptions, type SharedOptions } from '../command-context.ts';

/** Options of every command that moves a run. */
export interface RunningOptions extends SharedOptions {
  readonly out?: string;
  readonly model?: string;
  /** What works where a model has failed for good. */
  readonly fallback?: string;
  /** Name under which a script approves whatever is to be decided. */
  readonly approveAs?: string;
}

/** Adds the options of commands that move a run. */
export function withRunningOptions(command: Command): Command {
  return withSharedOptions(
    command
      .option('--out <dir>', 'where files are written (default: <data-dir>/output/<thread>)')
      .option(
        '--model <name>',
        'a configured model, or "simulated" for agents that work by rules (default: simulated)',
      )
      .option(
        '--fallback <variant>',
        'what works where the model has failed for good: "simulated", said wherever it did, or "none" (default: none)',
      ),
  );
}
