import type { CliCommand } from '../../command-context.ts';
import { decideThread, type DecisionOptions } from './decision.ts';
import { withDecisionOptions } from './decision-options.ts';

/** `phasegate approve THREAD`: says yes to exactly what the thread shows, and goes on. */
export const approveCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('approve')
      .summary('approve what a thread waits with, and go on')
      .description(
        'Approves exactly what the thread shows now ("phasegate show"), and goes on with the run.',
      );
    withDecisionOptions(command).action((thread: string, options: DecisionOptions) => {
      const answer = async () => ({ decision: 'approve', comment: options.comment ?? '' });
      return decideThread({ thread, kind: 'decision', options, answer }, context);
    });
  },
};
