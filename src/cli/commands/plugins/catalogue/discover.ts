import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../../command-context.ts';
import { plainLine } from '../../../rendering/plain-text.ts';
import { tell, withRecords } from '../with-plugins.ts';

/** `phasegate plugins discover [DIR]`: plugins among installed packages. */
export const discoverCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('discover')
      .summary('look for plugins among installed npm packages')
      .description(
        'Lists the packages in node_modules that have the keyword "phasegate-plugin", and where each stands in the registry. ' +
          'Nothing is added or run.',
      )
      .argument('[dir]', 'the folder that holds node_modules', '.');
    withSharedOptions(command).action((directory: string) =>
      discover(directory, command.optsWithGlobals<SharedOptions>(), context),
    );
  },
};

async function discover(
  directory: string,
  options: SharedOptions,
  { terminal, program }: CommandContext,
): Promise<void> {
  const { discoverPlugins } = await import('../../../../app/index.ts');
  const { versionsOf } = await import('../../../../plugins/index.ts');
  const found = await discoverPlugins(directory);
  const versions = await withRecords(options, async ({ reader }) => await versionsOf(reader));
  const states = new Map(versions.map(({ digest, state }) => [digest, state]));
  const shown = found.map(({ name, directory: folder, plugin, problem }) => ({
    name,
    directory: folder,
    id: plugin?.manifest.id ?? null,
    version: plugin?.manifest.version ?? null,
    kind: plugin?.manifest.kind ?? null,
    state: plugin === undefined ? null : (states.get(plugin.digest) ?? 'not added'),
    problem,
  }));
  if (options.json === true) return terminal.out(JSON.stringify({ plugins: shown }));
  for (const { name, id, version, state, problem } of shown)
    terminal.out(
      plainLine(id === null ? `✖ ${name}: ${problem}` : `${id}@${version} (${name}): ${state}`),
    );
  const next = shown.find(({ state }) => state === 'not added');
  if (next !== undefined) tell(terminal, '', `${program} plugins add ${plainLine(next.directory)}`);
  if (shown.length === 0) terminal.out('No installed package says that it is a plugin.');
}
