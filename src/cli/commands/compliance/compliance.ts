import type { CliCommand } from '../../command-context.ts';
import { complianceGapsCommand } from './gaps.ts';
import { complianceHistoryCommand } from './history.ts';
import { complianceReportCommand } from './report.ts';
import { complianceStandardsCommand } from './standards.ts';
import { complianceStatusCommand } from './status.ts';

/** `phasegate compliance`: what the records show of a standard's controls. */
export const complianceCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('compliance')
      .summary('what the records show of the controls of a standard')
      .description(
        'Holds the audit trail, the configuration and what you supply against the checks of a standard. It says what was seen, ' +
          'what could not be decided, and first of all what is not covered. It gives no opinion on a standard as a whole.',
      );
    const commands = [
      complianceStatusCommand,
      complianceGapsCommand,
      complianceReportCommand,
      complianceHistoryCommand,
      complianceStandardsCommand,
    ];
    for (const { register } of commands) register(command, context);
    for (const sub of command.commands) {
      sub.helpOption('-h, --help', 'print help').option('--no-color', 'print without colours');
    }
  },
};
