import {
  demanded,
  withSharedOptions,
  type CliCommand,
  type SharedOptions,
} from '../../command-context.ts';
import { plainLine } from '../../rendering/plain-text.ts';

interface SignOptions extends SharedOptions {
  readonly key?: string;
}

/** `phasegate policy sign FILE --key FILE`: signs a file of rules. */
export const policySignCommand: CliCommand = {
  register: (policy, { terminal }) => {
    const command = policy
      .command('sign')
      .summary('sign a file of rules')
      .description(
        'Signs a file of rules, byte for byte as it is, into FILE.sig beside it (DSSE, Ed25519). Keys are made with ' +
          '"phasegate plugins keygen"; the public half goes into [policy.keys].',
      )
      .argument('<file>', 'a file of rules with bindings, TOML or JSON')
      .option('--key <file>', 'the private key, PEM');
    withSharedOptions(command).action(async (file: string, options: SignOptions) => {
      const { signPolicy } = await import('../../../app/index.ts');
      const signed = await signPolicy(file, demanded('--key', options.key));
      if (options.json === true) terminal.out(JSON.stringify(signed));
      else terminal.out(plainLine(`Signed by ${signed.keyId}: ${signed.file}`));
    });
  },
};
