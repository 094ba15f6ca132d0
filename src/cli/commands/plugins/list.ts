import type { PluginVersion } from '../../../plugins/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { table } from '../../rendering/table.ts';
import { versionJson, withRecords } from './with-plugins.ts';

interface ListOptions extends SharedOptions {
  readonly kind?: string;
  readonly industry?: string;
  readonly standard?: string;
  readonly state?: string;
  readonly capability?: string;
  readonly search?: string;
}

/** `phasegate plugins list`: what is in the registry. */
export const listCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('list')
      .summary('list the plugins of the registry')
      .description('Lists every version that is not removed, the newest first.')
      .option('--kind <kind>', 'of one kind')
      .option('--industry <name>', 'made for an industry')
      .option('--standard <name>', 'made for a standard')
      .option('--state <state>', 'in one state, such as active or pending-approval')
      .option('--capability <name>', 'with an operation of that name')
      .option('--search <text>', 'with the text in id, title, description or operations');
    withSharedOptions(command).action(() => list(command.optsWithGlobals<ListOptions>(), context));
  },
};

async function list(options: ListOptions, { terminal, program }: CommandContext): Promise<void> {
  const { PLUGIN_STATES, PluginKind, versionsOf } = await import('../../../plugins/index.ts');
  demandOneOf('kind', options.kind, PluginKind.options);
  demandOneOf('state', options.state, PLUGIN_STATES);
  const all = await withRecords(options, ({ reader }) => versionsOf(reader));
  const found = all.filter((version) => fits(version, options));
  if (options.json === true) {
    terminal.out(JSON.stringify({ plugins: found.map(versionJson) }));
    return;
  }
  if (found.length === 0) {
    const text = all.length === 0 ? 'There are no plugins.' : 'No plugin fits.';
    terminal.out(`${text} Add one with "${program} plugins add DIR".`);
    return;
  }
  const { paint, width } = terminal;
  const rows = found.map(({ id, version, state, manifest }) => [
    plainLine(id),
    version,
    state === 'active' ? paint.good(state) : paint.attention(state),
    manifest.kind,
    plainLine(manifest.title),
  ]);
  const heads = ['plugin', 'version', 'state', 'kind', 'title'];
  terminal.out(table(heads, rows, { width, whole: [0, 1], head: paint.dim, rule: paint.dim }));
}

/** A word that nothing can have is a mistake, and no empty list. */
function demandOneOf(what: string, given: string | undefined, known: readonly string[]): void {
  if (given === undefined || known.includes(given)) return;
  throw new UsageError(`There is no ${what} "${plainLine(given)}".`, `Use ${known.join(', ')}.`);
}

function fits(
  { manifest, state }: PluginVersion,
  { kind, industry, standard, state: wanted, capability, search }: ListOptions,
): boolean {
  const { industries = [], standards = [] } = manifest;
  const has = (sought: string | undefined, among: readonly string[]): boolean =>
    sought === undefined || among.includes(sought);
  return (
    has(kind, [manifest.kind]) &&
    has(industry, industries) &&
    has(standard, standards) &&
    has(wanted, [state]) &&
    has(
      capability,
      manifest.contributes.operations.map(({ name }) => name),
    ) &&
    (search === undefined || saidBy(manifest).includes(search.toLowerCase()))
  );
}

/** Everything that a manifest says of itself, in lower case. */
function saidBy({ id, title, description, contributes }: PluginVersion['manifest']): string {
  const operations = contributes.operations.flatMap((one) => [one.name, one.description]);
  return [id, title, description ?? '', ...operations].join('\n').toLowerCase();
}
