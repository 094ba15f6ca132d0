import {
  withApp,
  withSharedOptions,
  type CliCommand,
  type SharedOptions,
} from '../../command-context.ts';
import { plainLine } from '../../rendering/plain-text.ts';

/** `phasegate policy list`: which policies are in force. */
export const policyListCommand: CliCommand = {
  register: (policy, { terminal }) => {
    const command = policy
      .command('list')
      .summary('list the policies that are in force')
      .description('Lists the files of [policy] in the configuration, and who has signed them.');
    withSharedOptions(command).action(async (options: SharedOptions) =>
      withApp(options, async ({ policies }) => {
        const listed = policies.all.map(({ policy: { file, id, version }, signature }) => {
          return { file, id, version, signature };
        });
        if (options.json === true) {
          terminal.out(JSON.stringify({ policies: listed }));
          return;
        }
        for (const { file, id, version, signature } of listed) {
          const signed =
            signature.status === 'signed' ? `signed by ${signature.keyId}` : signature.status;
          terminal.out(plainLine(`${id} ${version}  ${file}  ${signed}`));
        }
        if (listed.length === 0)
          terminal.out('There are none. Name files under [policy] in phasegate.toml.');
      }),
    );
  },
};
