import type { PluginVersion } from '../../../plugins/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { jsonFrom } from './json-option.ts';
import { sayingWhy, WHY_OPTION } from './calling/saying-why.ts';
import { tell, versionJson, withPlugins, type PluginsAtHand } from './with-plugins.ts';

interface ChangeOptions extends SharedOptions {
  readonly reason: string;
  readonly settings?: string;
  readonly why?: boolean;
}

/** `phasegate plugins enable ID[@VERSION]`: it answers calls. */
export const enableCommand = changing({
  name: 'enable',
  summary: 'load a plugin, probe it, and let it answer calls',
  description:
    'Resolves what the plugin needs, loads the copy that was admitted, probes its health and lets it answer. The role ' +
    '"operator" may then call all its operations with all that was granted; other roles by "plugins grant".',
  settings: true,
  change: async (named, { plugins, order }, { reason, settings }) => {
    const { chooseVersion, enableVersion } = await import('../../../app/index.ts');
    const { digest } = await chooseVersion(plugins.database, named, {
      state: 'registered',
      newerOnly: true,
    });
    const config = settings === undefined ? {} : { config: jsonFrom('--settings', settings) };
    return await enableVersion(plugins, digest, { ...order(reason), ...config });
  },
  told: ({ id }, { program }) => ({
    text: 'The role "operator" may call all its operations.',
    next: `${program} plugins run ${id} OPERATION --input JSON`,
  }),
});

/** `phasegate plugins disable ID`: running calls end, nothing new begins. */
export const disableCommand = changing({
  name: 'disable',
  summary: 'take a plugin out of use',
  description: 'Lets running calls end and refuses new ones, until it is enabled again.',
  change: async (named, { plugins, order }, { reason }) => {
    const { disablePlugin } = await import('../../../plugins/index.ts');
    return await disablePlugin(plugins.parts, idOf(named), order(reason));
  },
});

/** `phasegate plugins rollback ID`: the version before answers again. */
export const rollbackCommand = changing({
  name: 'rollback',
  summary: 'let the version before answer again',
  description: 'Makes the version that was active before answer again, with the grant that it had.',
  change: async (named, { plugins, order }, { reason }) => {
    const { rollBack } = await import('../../../app/index.ts');
    return await rollBack(plugins, idOf(named), order(reason));
  },
});

/** `phasegate plugins remove ID[@VERSION]`: its files and grants go, its history stays. */
export const removeCommand = changing({
  name: 'remove',
  summary: 'remove a version from the registry',
  description:
    'Disables the version if it answers, removes its files and revokes its grants. History and audit trail stay. With the last ' +
    'version every role loses its rights to the plugin.',
  change: async (named, { plugins, order }, { reason }) => {
    const { chooseVersion, removeVersion } = await import('../../../app/index.ts');
    const version = await chooseVersion(plugins.database, named);
    await removeVersion(plugins, version, order(reason));
    return { ...version, state: 'removed' };
  },
});

interface Change {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly settings?: boolean;
  readonly change: (
    named: string,
    at: PluginsAtHand,
    options: ChangeOptions,
  ) => Promise<PluginVersion>;
  readonly told?: (
    version: PluginVersion,
    context: CommandContext,
  ) => { readonly text: string; readonly next: string };
}

function changing({ name, summary, description, settings, change, told }: Change): CliCommand {
  return {
    register: (plugins, context) => {
      const command = plugins
        .command(name)
        .summary(summary)
        .description(description)
        .argument('<plugin>', 'ID, or ID@VERSION')
        .option('--reason <text>', 'why, for the history', name);
      if (settings === true)
        command
          .option('--settings <json>', 'settings for the plugin, by the schema in its manifest')
          .option(...WHY_OPTION);
      withSharedOptions(command).action(async (named: string) => {
        const options = command.optsWithGlobals<ChangeOptions>();
        const { terminal } = context;
        const version = await sayingWhy(options, terminal, () =>
          withPlugins(options, (at) => change(named, at, options)),
        );
        if (options.json === true) return terminal.out(JSON.stringify(versionJson(version)));
        const text = `${terminal.paint.bold(plainLine(`${version.id}@${version.version}`))} is ${version.state}.`;
        const more = told?.(version, context);
        tell(terminal, more === undefined ? text : `${text} ${more.text}`, more?.next);
      });
    },
  };
}

function idOf(named: string): string {
  if (!named.includes('@')) return named;
  throw new UsageError(
    `This works on a plugin, not on a version: "${plainLine(named)}".`,
    'Give the id without @VERSION.',
  );
}
