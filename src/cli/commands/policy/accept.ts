import { osUser } from '../../asking/principals.ts';
import {
  demanded,
  withApp,
  withSharedOptions,
  type CliCommand,
  type SharedOptions,
} from '../../command-context.ts';
import { plainLine } from '../../rendering/plain-text.ts';

interface AcceptOptions extends SharedOptions {
  readonly reason?: string;
}

/** `phasegate policy accept`: lets fewer or older policies hold in a data folder. */
export const policyAcceptCommand: CliCommand = {
  register: (policy, { terminal }) => {
    const command = policy
      .command('accept')
      .summary('let fewer or older policies hold from now on')
      .description(
        'Runs of a data folder go on under the policies that they went on under before, or newer ones. This lets those that the ' +
          'configuration names now hold instead. The audit trail has who did it, and a digest of the reason.',
      )
      .option('--reason <text>', 'why');
    withSharedOptions(command).action(async (options: AcceptOptions) => {
      const reason = demanded('--reason', options.reason);
      const { acceptPolicies } = await import('../../../app/index.ts');
      await withApp(options, async ({ floor }) => {
        const policies = await acceptPolicies(floor, { by: osUser(), reason });
        if (options.json === true) {
          terminal.out(JSON.stringify({ policies }));
          return;
        }
        const named = Object.entries(policies).map(([id, { version }]) => `${id} ${version}`);
        terminal.out(plainLine(named.length === 0 ? 'No policy holds.' : named.join(', ')));
      });
    });
  },
};
