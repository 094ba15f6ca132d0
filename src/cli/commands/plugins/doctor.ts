import type { FolderState, PluginFigures } from '../../../app/index.ts';
import { isPhasegateError } from '../../../kernel/index.ts';
import type { InterruptedCall, PluginVersion, ToolDrift } from '../../../plugins/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';
import { hanging } from '../../rendering/hanging.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { callsLine, FOLDER_WORDS, interruptedLine } from './show.ts';
import { withPlugins, type PluginsAtHand } from './with-plugins.ts';

/** `phasegate plugins doctor`: how every active plugin is. */
export const pluginsDoctorCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('doctor')
      .summary('probe every active plugin, and say what is wrong')
      .description(
        'Loads every active plugin, asks it how it is, and shows calls, failures, breaker, stops in force, scans that are out of ' +
          'date, folders that differ, tools of mounted servers that are not as they were pinned, and calls with side effects ' +
          'whose process died in their middle. Ends with 1 when something needs to be done.',
      );
    withSharedOptions(command).action(() =>
      examine(command.optsWithGlobals<SharedOptions>(), context),
    );
  },
};

interface Examined {
  readonly id: string;
  readonly version: string;
  readonly state: string;
  readonly health: string;
  readonly breaker: string;
  readonly folder: FolderState;
  readonly scanIsCurrent: boolean;
  readonly figures: PluginFigures;
  /** Of a mounted server: what is not as it was pinned. */
  readonly drift: readonly ToolDrift[];
  readonly problem: string | null;
}

async function examine(options: SharedOptions, { terminal, end }: CommandContext): Promise<void> {
  const { interruptedCalls, isCallable, versionsOf } = await import('../../../plugins/index.ts');
  const { examined, stops, waiting, interrupted } = await withPlugins(options, async (at) => {
    const { reader } = at.plugins.database;
    const versions = await versionsOf(reader);
    const active = versions.filter(({ state }) => isCallable(state));
    const found: Examined[] = [];
    // One after the other, so that one that takes long slows no other one's answer.
    // oxlint-disable-next-line no-await-in-loop
    for (const version of active) found.push(await examineOne(version, at));
    return {
      examined: found,
      interrupted: await interruptedCalls(reader),
      waiting: versions.filter(({ state }) => state === 'pending-approval').map(nameOf),
      stops: await reader
        .selectFrom('plugins_kills')
        .select(['scope', 'name', 'by', 'at', 'reason'])
        .where('lifted_at', 'is', null)
        .execute(),
    };
  });
  const isWell = examined.every(({ problem }) => problem === null);
  const sound = stops.length === 0 && interrupted.length === 0 && isWell;
  end(sound ? EXIT.completed : EXIT.failed);
  if (options.json === true) {
    const status = sound ? 'ok' : 'problem';
    terminal.out(JSON.stringify({ status, plugins: examined, stops, waiting, interrupted }));
    return;
  }
  const { paint, width } = terminal;
  for (const one of examined) {
    const mark = one.problem === null ? paint.good('✔') : paint.bad('✖');
    terminal.out(hanging(`${mark} `, lineOf(one), width));
  }
  for (const { scope, name, by, reason } of stops)
    terminal.out(
      hanging(
        `${paint.bad('✖')} `,
        plainLine(`stopped: ${scope} ${name} by ${by} (${reason})`),
        width,
      ),
    );
  for (const line of interrupted.map(toldOf))
    terminal.out(hanging(`${paint.bad('✖')} `, line, width));
  for (const name of waiting) terminal.out(`${paint.accent('ℹ')} waits for approval: ${name}`);
  if (examined.length === 0) terminal.out('No plugin is active.');
}

function toldOf(call: InterruptedCall): string {
  return plainLine(`interrupted: ${call.plugin}/${interruptedLine(call)}`);
}

function nameOf({ id, version }: PluginVersion): string {
  return plainLine(`${id}@${version}`);
}

async function examineOne(version: PluginVersion, { plugins }: PluginsAtHand): Promise<Examined> {
  const { figuresOf, folderStateOf } = await import('../../../app/index.ts');
  const { id } = version;
  const probe = await probed(id, plugins);
  const scanIsCurrent = version.scan?.rules === (await plugins.rulesDigest());
  const outdated = scanIsCurrent ? null : 'its scan is out of date: plugins rescan';
  const tools = await comparedTools(version, plugins);
  return {
    id,
    version: version.version,
    state: version.state,
    health: probe.health,
    breaker: plugins.condition(id).breaker,
    folder: await folderStateOf(version),
    scanIsCurrent,
    figures: await figuresOf(plugins.database, id),
    drift: tools.drift,
    problem: probe.problem ?? tools.problem ?? outdated,
  };
}

/** A tool that was added is no operation: it is told, and nothing has to be done. */
async function comparedTools(
  version: PluginVersion,
  plugins: PluginsAtHand['plugins'],
): Promise<{ readonly drift: readonly ToolDrift[]; readonly problem: string | null }> {
  const { driftOfMounted } = await import('../../../app/index.ts');
  try {
    const drift = (await driftOfMounted(plugins, version)) ?? [];
    const refused = drift.filter(({ change }) => change !== 'added');
    if (refused.length === 0) return { drift, problem: null };
    const problem = `tools of its server are refused until they are approved again (${wordsOf(refused)}): plugins mount ${version.id}`;
    return { drift, problem };
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    return { drift: [], problem: `its server could not be asked: ${error.message}` };
  }
}

function wordsOf(drift: readonly ToolDrift[]): string {
  return drift
    .map(({ tool, change, parts }) => `${tool} ${[change, ...parts].join(' ')}`)
    .join(', ');
}

async function probed(
  id: string,
  plugins: PluginsAtHand['plugins'],
): Promise<{ readonly health: string; readonly problem: string | null }> {
  try {
    const { status } = await plugins.health(id);
    return { health: status, problem: status === 'healthy' ? null : `it is ${status}` };
  } catch (error) {
    // Whatever is wrong with one plugin is told of it, and the others are looked at.
    if (!isPhasegateError(error)) throw error;
    return { health: 'unknown', problem: `${error.message} ${error.hint}` };
  }
}

function lineOf(examined: Examined): string {
  const { id, version, health, breaker, folder, figures, drift, problem } = examined;
  const called = `calls ${callsLine(figures)}, p95 ${Math.round(figures.p95Ms)} ms`;
  const where = folder === 'same' || folder === 'none' ? '' : `; folder ${FOLDER_WORDS[folder]}`;
  const what = problem === null ? '' : `; ${problem}`;
  const added = drift.filter(({ change }) => change === 'added').map(({ tool }) => tool);
  const more =
    added.length === 0 ? '' : `; its server offers tools that are not mounted: ${added.join(', ')}`;
  return plainLine(
    `${id}@${version}: ${health}, breaker ${breaker}, ${called}${where}${more}${what}`,
  );
}
