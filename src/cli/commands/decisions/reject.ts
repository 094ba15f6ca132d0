import type { CliCommand } from '../../command-context.ts';
import { decideThread, type DecisionOptions } from './decision.ts';
import { withDecisionOptions } from './decision-options.ts';

/** `phasegate reject THREAD`: says no; the comment goes back into the phase that made it. */
export const rejectCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('reject')
      .summary('reject what a thread waits with, with a reason')
      .description(
        'Rejects what the thread shows now. The comment goes back into the phase that made it, which tries again.',
      );
    withDecisionOptions(command).action((thread: string, options: DecisionOptions) => {
      const answer = async () => ({ decision: 'reject', comment: options.comment ?? '' });
      return decideThread({ thread, kind: 'decision', options, answer }, context);
    });
  },
};
