import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../../command-context.ts';
import { UsageError } from '../../../errors.ts';
import { tell } from '../with-plugins.ts';

interface CreateOptions extends SharedOptions {
  readonly publisher: string;
}

/** `phasegate plugins create KIND DIR`: a small plugin that works. */
export const createCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('create')
      .summary('write a small plugin that works, with its own test')
      .description(
        'Writes a folder with a manifest, an entry, a test that passes and a README. KIND is workflow-template, ' +
          'compliance-validator, business-rule, data-processor, integration-connector or security-scanner.',
      )
      .argument('<kind>', 'what the plugin is for')
      .argument('<dir>', 'a folder that does not exist; its name becomes a part of the id')
      .option(
        '--publisher <name>',
        'who publishes it: lower-case letters, digits and hyphens',
        'local',
      );
    withSharedOptions(command).action((kind: string, directory: string) =>
      create({ kind, directory }, command.optsWithGlobals<CreateOptions>(), context),
    );
  },
};

async function create(
  { kind: text, directory }: { readonly kind: string; readonly directory: string },
  { publisher, json }: CreateOptions,
  { terminal, program }: CommandContext,
): Promise<void> {
  const { createScaffold, engineVersion } = await import('../../../../app/index.ts');
  const { PluginKind } = await import('../../../../plugins/index.ts');
  const kind = PluginKind.safeParse(text);
  if (!kind.success)
    throw new UsageError(`There is no kind "${text}".`, `Use ${PluginKind.options.join(', ')}.`);
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(publisher))
    throw new UsageError(
      `"${publisher}" is no name of a publisher.`,
      'Use lower-case letters, digits and hyphens.',
    );
  const order = { kind: kind.data, directory, publisher, engine: engineVersion() };
  const scaffold = await createScaffold(order);
  if (json === true) return terminal.out(JSON.stringify(scaffold));
  terminal.out(`Wrote the plugin ${terminal.paint.bold(scaffold.id)} to ${scaffold.directory}`);
  tell(terminal, `  ${scaffold.files.join(', ')}`, `${program} plugins scan ${directory}`);
}
