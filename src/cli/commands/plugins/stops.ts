import { withSharedOptions, type CliCommand, type SharedOptions } from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { withPlugins } from './with-plugins.ts';

interface StopOptions extends SharedOptions {
  readonly publisher?: string;
  readonly all?: boolean;
  readonly reason: string;
}

/** `phasegate plugins stop`: no further call, in any process. */
export const stopCommand = stopping({
  name: 'stop',
  summary: 'refuse every further call of a plugin, a publisher or everything',
  description: 'Takes effect on the next call, in every process, and holds until "plugins resume".',
  isStop: true,
});

/** `phasegate plugins resume`: lifts stops. */
export const resumeCommand = stopping({
  name: 'resume',
  summary: 'lift a stop',
  description:
    'Lifts the stops of that plugin, publisher or everything. Other stops stay in force.',
  isStop: false,
});

interface Stopping {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly isStop: boolean;
}

interface Scope {
  readonly scope: 'plugin' | 'publisher' | 'all';
  readonly name: string;
}

function stopping({ name, summary, description, isStop }: Stopping): CliCommand {
  return {
    register: (plugins, { terminal }) => {
      const command = plugins
        .command(name)
        .summary(summary)
        .description(description)
        .argument('[plugin]', 'id of the plugin')
        .option('--publisher <name>', 'every plugin of a publisher')
        .option('--all', 'every plugin')
        .option('--reason <text>', 'why, for the records', name);
      withSharedOptions(command).action(async (plugin: string | undefined) => {
        const options = command.optsWithGlobals<StopOptions>();
        const scope = scopeFrom(plugin, options);
        const { lifted, known } = await change(scope, isStop, options);
        if (options.json === true) {
          terminal.out(
            JSON.stringify({ ...scope, stopped: isStop, known, ...(isStop ? {} : { lifted }) }),
          );
          return;
        }
        const who = `${scope.scope} ${plainLine(scope.name)}`.trimEnd();
        const more = known ? '' : ' The registry holds none of that name: mind its spelling.';
        terminal.out(isStop ? `Stopped: ${who}.${more}` : liftedLine(lifted, who));
      });
    },
  };
}

function liftedLine(lifted: number, who: string): string {
  if (lifted === 0) return `No stop of ${who} was in force.`;
  return `Lifted ${lifted === 1 ? 'the stop' : `${lifted} stops`} of ${who}.`;
}

function scopeFrom(plugin: string | undefined, { publisher, all }: StopOptions): Scope {
  const given: Scope[] = [
    ...(plugin === undefined ? [] : [{ scope: 'plugin' as const, name: plugin }]),
    ...(publisher === undefined ? [] : [{ scope: 'publisher' as const, name: publisher }]),
    ...(all === true ? [{ scope: 'all' as const, name: '' }] : []),
  ];
  const [first, ...others] = given;
  if (first !== undefined && others.length === 0) return first;
  throw new UsageError(
    first === undefined ? 'Nothing was named.' : 'Several things were named at once.',
    'Give a plugin, --publisher NAME or --all.',
  );
}

interface Changed {
  readonly lifted: number;
  /** Whether the registry holds what was named; a stop of what comes later holds all the same. */
  readonly known: boolean;
}

async function change(scope: Scope, isStop: boolean, options: StopOptions): Promise<Changed> {
  const { liftStops, stopCalls, versionsOf } = await import('../../../plugins/index.ts');
  return await withPlugins(options, async ({ plugins, order }) => {
    const kill = { ...order(options.reason), ...scope };
    const versions = await versionsOf(plugins.database.reader);
    const known = versions.some(
      ({ id, manifest }) =>
        scope.scope === 'all' ||
        scope.name === (scope.scope === 'plugin' ? id : manifest.publisher),
    );
    if (!isStop) return { lifted: await liftStops(plugins.parts, kill), known };
    await stopCalls(plugins.parts, kill);
    return { lifted: 0, known: known || scope.scope === 'all' };
  });
}
