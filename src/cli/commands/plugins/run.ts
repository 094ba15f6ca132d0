import type { Caller, OperationCall, OperationResult } from '../../../plugins/index.ts';
import { scripted } from '../../asking/principals.ts';
import {
  demanded,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { plainText } from '../../rendering/plain-text.ts';
import { jsonOrFile } from './json-option.ts';
import { sayingWhy, WHY_OPTION } from './calling/saying-why.ts';
import { consents, waits, withPlugins, type PluginsAtHand } from './with-plugins.ts';

interface RunOptions extends SharedOptions {
  readonly input?: string;
  readonly approveAs?: string;
  readonly role?: readonly string[];
  readonly why?: boolean;
}

/** `phasegate plugins run ID OPERATION`: one call, through the same choke point as every other. */
export const runOperationCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('run')
      .summary('call an operation of a plugin')
      .description(
        'Calls an operation and prints its answer. An operation with side effects needs consent to exactly these arguments: it ' +
          'is asked for at a terminal, given by a script with --approve-as, and otherwise the command ends with 3.',
      )
      .argument('<plugin>', 'id of the plugin')
      .argument('<operation>', 'name of the operation')
      .option('--input <json>', 'JSON, or the path of a file that holds it')
      .option('--approve-as <name>', 'consent under the name of a script')
      .option(
        '--role <role>',
        'call with this role instead of "operator"; may be given again',
        collect,
      )
      .option(...WHY_OPTION);
    withSharedOptions(command).action((plugin: string, operation: string) =>
      run({ plugin, operation }, command.optsWithGlobals<RunOptions>(), context),
    );
  },
};

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

type Called = Pick<OperationCall, 'plugin' | 'operation' | 'input' | 'caller' | 'signal'>;

async function run(
  { plugin, operation }: { readonly plugin: string; readonly operation: string },
  options: RunOptions,
  context: CommandContext,
): Promise<void> {
  const input = await jsonOrFile('--input', demanded('--input', options.input));
  const { terminal, signal } = context;
  const work = async (at: PluginsAtHand): Promise<OperationResult | undefined> => {
    const caller = { ...at.operator, roles: options.role ?? at.operator.roles };
    const call = { plugin, operation, input, caller, signal };
    try {
      return await at.plugins.executor.execute(call);
    } catch (error) {
      const { CallApprovalNeededError } = await import('../../../plugins/index.ts');
      if (!(error instanceof CallApprovalNeededError)) throw error;
      const approver = await approverOf(call, at, { options, context });
      return approver === undefined ? undefined : await approved(call, at, approver);
    }
  };
  const result = await sayingWhy(options, terminal, () =>
    withPlugins(options, work, options.approveAs),
  );
  if (result === undefined) {
    return waits(context, options, {
      facts: { plugin, operation },
      text: `"${plainText(operation)}" has effects and was not called: nobody has consented to these arguments.`,
      next: 'Run it at a terminal, or give --approve-as NAME for a script.',
    });
  }
  const { output, usage, repeated, digest } = result;
  if (options.json === true) {
    const facts = { plugin, operation: result.operation, digest, output, usage, repeated };
    terminal.out(JSON.stringify(facts));
  } else terminal.out(plainText(JSON.stringify(output, null, 2)));
}

/** Who consents to the call: a script by its name, or the person at the terminal; undefined when nobody does. */
async function approverOf(
  { plugin, operation, input }: Called,
  { operator }: PluginsAtHand,
  { options, context }: { readonly options: RunOptions; readonly context: CommandContext },
): Promise<Caller | undefined> {
  if (options.approveAs !== undefined) {
    const { pluginCaller } = await import('../../../app/index.ts');
    return pluginCaller(scripted('--approve-as', options.approveAs), []);
  }
  const { terminal } = context;
  if (!terminal.interactive || options.json === true) return undefined;
  terminal.out(plainText(JSON.stringify(input, null, 2)));
  const message = `Call "${plainText(operation)}" of ${plainText(plugin)} with exactly this? It has effects.`;
  return (await consents(message, context)) ? operator : undefined;
}

async function approved(
  call: Called,
  { plugins }: PluginsAtHand,
  caller: Caller,
): Promise<OperationResult> {
  const { approveCall } = await import('../../../plugins/index.ts');
  const { approvalValidForMs: validForMs } = plugins.config.plugins;
  const { plugin, operation, input } = call;
  await approveCall(plugins.parts, { caller, plugin, operation, input, validForMs });
  return await plugins.executor.execute(call);
}
