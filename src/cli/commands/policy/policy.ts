import type { CliCommand } from '../../command-context.ts';
import { policyAcceptCommand } from './accept.ts';
import { policyCheckCommand } from './check.ts';
import { policyListCommand } from './list.ts';
import { policyReplayCommand } from './replay.ts';
import { policySignCommand } from './sign.ts';
import { policyTestCommand } from './test.ts';
import {
  policyApproveWaiverCommand,
  policyRevokeWaiverCommand,
  policyWaiveCommand,
  policyWaiversCommand,
} from './waivers.ts';

/** `phasegate policy`: the house's own rules at the gates, and exceptions from them. */
export const policyCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('policy')
      .summary('the rules of the house at the gates, and exceptions from them')
      .description(
        'Files of rules as data (TOML or JSON, [policy] in the configuration) bind themselves to the gates of workflows. Here ' +
          'they are checked, tested, held against recorded runs and signed, and exceptions are asked for and given.',
      );
    const commands = [
      policyListCommand,
      policyCheckCommand,
      policyTestCommand,
      policyReplayCommand,
      policySignCommand,
      policyAcceptCommand,
      policyWaiversCommand,
      policyWaiveCommand,
      policyApproveWaiverCommand,
      policyRevokeWaiverCommand,
    ];
    for (const { register } of commands) register(command, context);
    for (const sub of command.commands) {
      sub.helpOption('-h, --help', 'print help').option('--no-color', 'print without colours');
    }
  },
};
