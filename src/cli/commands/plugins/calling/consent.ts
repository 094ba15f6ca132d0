import type { JsonValue } from '../../../../kernel/index.ts';
import type { Caller } from '../../../../plugins/index.ts';
import { scripted } from '../../../asking/principals.ts';
import {
  demanded,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../../command-context.ts';
import { plainText } from '../../../rendering/plain-text.ts';
import { jsonOrFile } from '../json-option.ts';
import { consents, tell, waits, withPlugins, type PluginsAtHand } from '../with-plugins.ts';

interface ConsentOptions extends SharedOptions {
  readonly input?: string;
  readonly approveAs?: string;
}

/** `phasegate plugins consent ID OPERATION`: a person's consent to one call that somebody else will make. */
export const consentCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('consent')
      .summary('consent to one call that an agent or MCP client will make')
      .description(
        'Consents to one call of an operation with side effects, with exactly these arguments, and does not make it: whoever was ' +
          'refused calls again. It is asked for at a terminal, given by a script with --approve-as, and otherwise the command ends ' +
          'with 3. The consent is bound to the version in use, good once, and runs out.',
      )
      .argument('<plugin>', 'id of the plugin')
      .argument('<operation>', 'name of the operation')
      .option('--input <json>', 'JSON, or the path of a file that holds it')
      .option('--approve-as <name>', 'consent under the name of a script');
    withSharedOptions(command).action(async (plugin: string, operation: string) => {
      const options = command.optsWithGlobals<ConsentOptions>();
      const input = await jsonOrFile('--input', demanded('--input', options.input));
      await consent({ plugin, operation, input }, options, context);
    });
  },
};

interface Consented {
  readonly plugin: string;
  readonly operation: string;
  readonly input: JsonValue;
}

async function consent(
  call: Consented,
  options: ConsentOptions,
  context: CommandContext,
): Promise<void> {
  const { digestOf, frozenJson } = await import('../../../../kernel/index.ts');
  const { approveCall, UnknownOperationError, UnknownPluginError } =
    await import('../../../../plugins/index.ts');
  const { plugin, operation, input } = call;
  const digest = digestOf(frozenJson(input));
  const approval = await withPlugins(
    options,
    async (at) => {
      const active = await at.plugins.executor.active(plugin);
      if (active === undefined) throw new UnknownPluginError(plugin, 'active');
      const { operations } = active.version.manifest.contributes;
      if (!operations.some(({ name }) => name === operation))
        throw new UnknownOperationError(plugin, operation);
      const caller = await approverOf(call, at, { options, context });
      const { approvalValidForMs: validForMs } = at.plugins.config.plugins;
      return caller === undefined
        ? undefined
        : await approveCall(at.plugins.parts, { caller, ...call, validForMs });
    },
    options.approveAs,
  );
  if (approval === undefined) {
    return waits(context, options, {
      facts: { plugin, operation, input: digest },
      text: 'Nobody has consented to these arguments.',
      next: 'Run it at a terminal, or give --approve-as NAME for a script.',
    });
  }
  const { terminal } = context;
  if (options.json === true)
    return terminal.out(JSON.stringify({ plugin, operation, input: digest, approval }));
  tell(
    terminal,
    `One call of "${plainText(operation)}" of ${plainText(plugin)} with these arguments may be made (digest ${digest}).`,
  );
}

/** Who consents: a script by its name, or the person at the terminal; undefined when nobody does. */
async function approverOf(
  { plugin, operation, input }: Consented,
  { operator }: PluginsAtHand,
  { options, context }: { readonly options: ConsentOptions; readonly context: CommandContext },
): Promise<Caller | undefined> {
  if (options.approveAs !== undefined) {
    const { pluginCaller } = await import('../../../../app/index.ts');
    return pluginCaller(scripted('--approve-as', options.approveAs), []);
  }
  const { terminal } = context;
  if (!terminal.interactive || options.json === true) return undefined;
  terminal.out(plainText(JSON.stringify(input, null, 2)));
  const message = `Let "${plainText(operation)}" of ${plainText(plugin)} be called once with exactly this? It has effects.`;
  return (await consents(message, context)) ? operator : undefined;
}
