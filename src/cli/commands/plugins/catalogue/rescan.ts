import type { Rescanned } from '../../../../app/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../../command-context.ts';
import { EXIT } from '../../../exit-codes.ts';
import { plainLine } from '../../../rendering/plain-text.ts';
import { withPlugins } from '../with-plugins.ts';

interface RescanOptions extends SharedOptions {
  readonly dryRun?: boolean;
  readonly all?: boolean;
}

/** `phasegate plugins rescan [ID]`: holds what was admitted against the rules of today. */
export const rescanCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('rescan')
      .summary('scan again what was scanned by other rules')
      .description(
        'Scans every version whose report is out of date, because rules, thresholds, advisories or suppressions have changed, and ' +
          'decides anew. One in use that would not be admitted any more answers no further call. Ends with 3 when one waits for ' +
          'approval then, 4 when one was rejected or quarantined.',
      )
      .argument('[plugin]', 'id of one plugin')
      .option('--dry-run', 'only say which reports are out of date; ends with 3 when there are any')
      .option('--all', 'also those whose report is current');
    withSharedOptions(command).action((plugin: string | undefined) =>
      rescan(plugin, command.optsWithGlobals<RescanOptions>(), context),
    );
  },
};

async function rescan(
  id: string | undefined,
  options: RescanOptions,
  { terminal, end }: CommandContext,
): Promise<void> {
  const { rescanPlugins } = await import('../../../../app/index.ts');
  const { dryRun = false, all = false } = options;
  const found = await withPlugins(
    options,
    async ({ plugins, operator: caller }) =>
      await rescanPlugins(plugins, { caller, id, dryRun, all }),
  );
  end(exitOf(found));
  if (options.json === true) {
    const shown = found.map(({ version, outcome }) => ({
      id: version.id,
      version: version.version,
      digest: version.digest,
      state: version.state,
      outcome,
      decision: version.scan?.decision ?? null,
      risk: version.scan?.risk ?? null,
    }));
    terminal.out(JSON.stringify({ rescanned: shown }));
    return;
  }
  for (const { version, outcome } of found)
    terminal.out(
      plainLine(`${version.id}@${version.version}: ${WORDS[outcome]}${stateOf(version, outcome)}`),
    );
  if (found.length === 0) terminal.out('There is nothing to scan.');
}

const WORDS: Readonly<Record<Rescanned['outcome'], string>> = {
  current: 'its scan is current',
  stale: 'its scan is out of date',
  kept: 'scanned again, and stays',
  decided: 'scanned again, and is',
  skipped: 'not scanned: it is',
};

function stateOf({ state }: Rescanned['version'], outcome: Rescanned['outcome']): string {
  return outcome === 'current' || outcome === 'stale' ? '' : ` ${state}`;
}

function exitOf(found: readonly Rescanned[]): number {
  const decided = found.filter(({ outcome }) => outcome === 'decided');
  const states = decided.map(({ version }) => version.state);
  if (states.includes('rejected') || states.includes('quarantined')) return EXIT.blocked;
  const isStale = found.some(({ outcome }) => outcome === 'stale');
  return isStale || states.includes('pending-approval') ? EXIT.waiting : EXIT.completed;
}
