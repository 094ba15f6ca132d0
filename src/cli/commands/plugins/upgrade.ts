import type { UpgradePlan } from '../../../app/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { consents, readFolder, tell, versionJson, waits, withPlugins } from './with-plugins.ts';

interface UpgradeOptions extends SharedOptions {
  readonly reason: string;
  readonly yes?: boolean;
}

/** `phasegate plugins upgrade ID DIR`: another version beside the old one, by consent. */
export const upgradeCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('upgrade')
      .summary('replace the active version, after showing what it may do more')
      .description(
        'Admits the folder, shows how its permissions differ from what is granted now, and asks for consent (--yes for a ' +
          'script; without either it ends with 3 and the old version goes on). Then the new version is loaded and probed beside ' +
          'the old one and takes its place at once. "plugins rollback" goes back.',
      )
      .argument('<plugin>', 'id of the active plugin')
      .argument('<dir>', 'the folder of the new version')
      .option('--yes', 'consent to the difference without being asked')
      .option('--reason <text>', 'why, for the history', 'upgraded');
    withSharedOptions(command).action((id: string, directory: string) =>
      upgrade({ id, directory }, command.optsWithGlobals<UpgradeOptions>(), context),
    );
  },
};

async function upgrade(
  { id, directory }: { readonly id: string; readonly directory: string },
  options: UpgradeOptions,
  context: CommandContext,
): Promise<void> {
  const { carryOutUpgrade, planUpgrade } = await import('../../../app/index.ts');
  const plugin = await readFolder(directory);
  const { terminal, program } = context;
  const asks = terminal.interactive && options.json !== true;
  await withPlugins(options, async ({ plugins, operator: caller, order }) => {
    const plan = await planUpgrade(plugins, { id, plugin, caller });
    const { added, removed } = plan.difference;
    if (options.json !== true) for (const line of linesOf(plan)) terminal.out(line);
    const agreed =
      options.yes === true || (asks && (await consents('Upgrade to this version?', context)));
    if (!agreed) {
      return waits(context, options, {
        facts: { from: plan.from.version, to: plan.to.version, added, removed },
        text: `${plainLine(id)}@${plan.from.version} goes on: nobody has consented.`,
        next: `${program} plugins upgrade ${id} ${directory} --yes`,
      });
    }
    const version = await carryOutUpgrade(plugins, plan, order(options.reason));
    if (options.json === true) {
      terminal.out(
        JSON.stringify({ ...versionJson(version), from: plan.from.version, added, removed }),
      );
      return;
    }
    const text = `${plainLine(id)}@${version.version} is ${version.state}; ${plan.from.version} rests.`;
    tell(terminal, text, `${program} plugins rollback ${id} goes back`);
  });
}

function linesOf({ from, to, difference }: UpgradePlan): readonly string[] {
  const { added, removed } = difference;
  const lines = [`${plainLine(to.id)}: ${from.version} → ${to.version}`];
  if (added.length === 0 && removed.length === 0) lines.push('  may do the same as before');
  for (const caveat of added) lines.push(`  + ${plainLine(caveat)}`);
  for (const caveat of removed) lines.push(`  - ${plainLine(caveat)}`);
  return lines;
}
