import type { PluginPackage, PluginVersion } from '../../../plugins/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { EXIT } from '../../exit-codes.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { readFolder, tell, versionJson, withPlugins } from './with-plugins.ts';

interface AddOptions extends SharedOptions {
  readonly allowDowngrade?: boolean;
  readonly builtIn?: boolean;
}

interface ApproveOptions extends SharedOptions {
  readonly reason: string;
}

/** `phasegate plugins add DIR`: verified, scanned and written down. */
export const addCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('add')
      .summary('admit the plugin of a folder')
      .description(
        'Reads the folder whole, verifies its signature, scans it and copies it into the registry: the copy is what runs, ' +
          'whatever happens to the folder. Ends with 0 when it is registered, 3 when a person has to approve it, 4 when it is ' +
          'rejected.',
      )
      .argument('<dir>', 'the folder of the plugin')
      .option('--built-in', 'DIR is the id of a plugin that comes with Phasegate')
      .option('--allow-downgrade', 'take a version that is older than the active one');
    withSharedOptions(command).action((directory: string) =>
      add(directory, command.optsWithGlobals<AddOptions>(), context),
    );
  },
};

/** `phasegate plugins approve ID[@VERSION]`: a person's consent to what a plugin asks for. */
export const approveCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('approve')
      .summary('grant a plugin that waits what its manifest asks for')
      .description(
        'Consents to a version that the scan left to a person. The grant is bound to the digest of its files: another version ' +
          'needs another consent.',
      )
      .argument('<plugin>', 'ID, or ID@VERSION')
      .option('--reason <text>', 'why, for the history', 'approved');
    withSharedOptions(command).action((named: string) =>
      approve(named, command.optsWithGlobals<ApproveOptions>(), context),
    );
  },
};

async function add(directory: string, options: AddOptions, context: CommandContext): Promise<void> {
  const { admitPlugin } = await import('../../../app/index.ts');
  const plugin = options.builtIn === true ? await builtIn(directory) : await readFolder(directory);
  const version = await withPlugins(options, async ({ plugins, operator }) => {
    const allowDowngrade = options.allowDowngrade === true;
    return await admitPlugin(plugins, plugin, { caller: operator, allowDowngrade });
  });
  tellVersion(version, options, context);
}

async function builtIn(id: string): Promise<PluginPackage> {
  const { builtInPlugins } = await import('../../../app/index.ts');
  const all = builtInPlugins();
  const found = all.find(({ manifest }) => manifest.id === id);
  if (found !== undefined) return found;
  throw new UsageError(
    `No plugin "${plainLine(id)}" comes with Phasegate.`,
    `Use ${all.map(({ manifest }) => manifest.id).join(', ')}.`,
  );
}

async function approve(
  named: string,
  options: ApproveOptions,
  context: CommandContext,
): Promise<void> {
  const { chooseVersion } = await import('../../../app/index.ts');
  const { approvePlugin } = await import('../../../plugins/index.ts');
  const version = await withPlugins(options, async ({ plugins, order }) => {
    const { digest } = await chooseVersion(plugins.database, named, { state: 'pending-approval' });
    return await approvePlugin(plugins.parts, digest, order(options.reason));
  });
  tellVersion(version, options, context);
}

/** Says where a version stands that was just admitted or approved, and what comes next. */
function tellVersion(
  version: PluginVersion,
  { json }: SharedOptions,
  { terminal, program, end }: CommandContext,
): void {
  const { id, state } = version;
  const named = `${id}@${version.version}`;
  end(EXIT_IN[state] ?? EXIT.completed);
  if (json === true) return terminal.out(JSON.stringify(versionJson(version)));
  const { paint } = terminal;
  const { risk, gates } = version.scan ?? { gates: [] };
  const score = risk === undefined ? '' : `, risk ${Math.round(risk)}`;
  const why = gates.length === 0 ? '' : `, because of ${gates.join(', ')}`;
  const text = `${paint.bold(plainLine(named))} is ${state}${score}${why}`;
  const next = {
    'pending-approval': `${program} plugins show ${named}, then ${program} plugins approve ${named}`,
    rejected: `${program} plugins show ${named} says what was found`,
    quarantined: `${program} plugins scan says why it cannot be verified`,
    registered: `${program} plugins enable ${named}`,
  };
  tell(terminal, text, Object.hasOwn(next, state) ? next[state as keyof typeof next] : undefined);
}

const EXIT_IN: Readonly<Partial<Record<PluginVersion['state'], number>>> = {
  'pending-approval': EXIT.waiting,
  rejected: EXIT.blocked,
  quarantined: EXIT.blocked,
};
