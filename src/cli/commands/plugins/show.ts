import type { FolderState, PluginCall, PluginFigures } from '../../../app/index.ts';
import type { InterruptedCall, Permissions, PluginVersion } from '../../../plugins/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { hanging } from '../../rendering/hanging.ts';
import { plainText } from '../../rendering/plain-text.ts';
import { versionJson, withRecords } from './with-plugins.ts';

/** `phasegate plugins show ID`: everything that is known of a plugin. */
export const showPluginCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('show')
      .summary('show what a plugin may do, what was found in it, and what became of it')
      .description(
        'Shows one version: manifest, grant, scan, roles, calls and history, and whether the folder that it came from is still ' +
          'what was admitted.',
      )
      .argument('<plugin>', 'ID, or ID@VERSION')
      .option('--calls <number>', 'how many of its latest calls are shown, 0 to 1,000', '5');
    withSharedOptions(command).action((named: string) =>
      show(named, command.optsWithGlobals<ShowOptions>(), context),
    );
  },
};

interface ShowOptions extends SharedOptions {
  readonly calls: string;
}

interface Shown {
  readonly latestCalls: readonly PluginCall[];
  readonly version: PluginVersion;
  readonly folder: FolderState;
  readonly figures: PluginFigures;
  readonly roles: readonly { readonly role: string; readonly operation: string }[];
  readonly interrupted: readonly InterruptedCall[];
  readonly history: readonly {
    readonly at: string;
    readonly from_state: string;
    readonly to_state: string;
    readonly actor: string;
    readonly reason: string;
  }[];
}

async function show(
  named: string,
  options: ShowOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const most = mostCalls(options);
  const { callsOf, chooseVersion, figuresOf, folderStateOf } =
    await import('../../../app/index.ts');
  const { interruptedCalls } = await import('../../../plugins/index.ts');
  const shown = await withRecords(options, async (database): Promise<Shown> => {
    const version = await chooseVersion(database, named);
    const { reader } = database;
    return {
      version,
      folder: await folderStateOf(version),
      figures: await figuresOf(database, version.id),
      latestCalls: await callsOf(database, { plugin: version.id, most }),
      interrupted: await interruptedCalls(reader, version.id),
      roles: await reader
        .selectFrom('plugins_roles')
        .select(['role', 'operation'])
        .where('plugin', 'in', [version.id, '*'])
        .orderBy('role')
        .execute(),
      history: await reader
        .selectFrom('plugins_history')
        .select(['at', 'from_state', 'to_state', 'actor', 'reason'])
        .where('digest', '=', version.digest)
        .orderBy('at')
        .execute(),
    };
  });
  if (options.json === true) {
    const { version, ...rest } = shown;
    const { manifest, grant = null, scan = null } = version;
    terminal.out(JSON.stringify({ ...versionJson(version), manifest, grant, scan, ...rest }));
    return;
  }
  const { describeReport } = await import('../../../plugins/index.ts');
  const report = shown.version.scan;
  const scan = report === undefined ? 'not scanned' : describeReport(report);
  for (const line of linesOf(shown)) {
    const [indent = ''] = /^ */.exec(line) ?? [];
    terminal.out(hanging(indent, plainText(line.slice(indent.length)), terminal.width));
  }
  terminal.out(`\n${plainText(scan)}`);
}

/** What is said of a folder that differs: it does not matter to what runs, and somebody should know. */
export const FOLDER_WORDS: Readonly<Record<FolderState, string>> = {
  same: 'as it was admitted',
  differs: 'differs from what was admitted; the admitted copy is what runs',
  unreadable: 'gone or no plugin any more; the admitted copy is what runs',
  none: 'not from a folder',
};

function linesOf(shown: Shown): readonly string[] {
  const { version, folder, figures, roles, interrupted, history, latestCalls } = shown;
  const { id, version: number, state, manifest, grant, signed, tier, source, digest } = version;
  const { operations } = manifest.contributes;
  const effects = (changes: boolean): string => (changes ? ' (has effects)' : '');
  const steps = history.map(
    ({ at, from_state: from, to_state: to, actor, reason }) =>
      `  ${at}  ${from} → ${to}  ${actor}: ${reason}`,
  );
  return [
    `${id}@${number}: ${manifest.title}`,
    `state      ${state}`,
    `kind       ${manifest.kind}, ${tier}, ${signed ? 'signed by a trusted key' : 'not signed by a trusted key'}`,
    `publisher  ${manifest.publisher}`,
    `digest     ${digest}`,
    `folder     ${source}: ${FOLDER_WORDS[folder]}`,
    ...said('asks for', manifest.permissions),
    ...(grant === undefined ? ['granted    nothing yet'] : said('granted', grant)),
    `roles      ${roles.map(({ role, operation }) => `${role} (${operation})`).join(', ') || 'none may call it'}`,
    `calls      ${callsLine(figures)}`,
    ...(figures.calls === figures.refused ? [] : [tookLine(figures)]),
    ...latestCalls.map(callLine),
    ...interrupted.map((call) => `interrupted ${interruptedLine(call)}`),
    'operations',
    ...operations.map(
      ({ name, description, sideEffects }) => `  ${name}${effects(sideEffects)}: ${description}`,
    ),
    'history',
    ...steps,
  ];
}

function mostCalls({ calls }: ShowOptions): number {
  if (/^\d{1,4}$/.test(calls) && Number(calls) <= 1000) return Number(calls);
  throw new UsageError(
    `--calls wants a number from 0 to 1,000, not "${calls}".`,
    'Such as --calls 20.',
  );
}

function callLine(call: PluginCall): string {
  const { startedAt, version, operation, outcome, error, wallMs, costUsd, caller } = call;
  const came = error === null ? outcome : `${outcome} (${error})`;
  const cost = costUsd === 0 ? '' : `, ${costUsd.toFixed(4)} USD`;
  return `  ${startedAt}  ${operation}@${version}  ${came}, ${Math.round(wallMs)} ms${cost}, by ${caller}`;
}

/** What a person is to do about a call that a dead process was in the middle of. */
export function interruptedLine({
  operation,
  at,
  caller,
  thread,
  effectKey,
}: InterruptedCall): string {
  const where = thread === '' ? '' : ` in thread ${thread}`;
  return `${operation}, called by ${caller}${where} at ${at}: look at the other side whether it happened, then plugins settle ${effectKey}`;
}

/** A line for each permission: its name, and what of it. */
function said(what: string, permissions: Permissions): readonly string[] {
  const lines = Object.entries(permissions).map(([name, caveats]) =>
    [name, ...caveatsOf(caveats)].join(' '),
  );
  const [first = 'nothing', ...others] = lines;
  return [what.padEnd(11) + first, ...others.map((line) => ' '.repeat(11) + line)];
}

function caveatsOf(caveats: unknown): readonly string[] {
  if (typeof caveats !== 'object' || caveats === null) return [];
  return Object.entries(caveats).map(
    ([key, value]) => `${key}=${Array.isArray(value) ? value.join(',') : JSON.stringify(value)}`,
  );
}

/** How often a plugin was called, and what came of it. */
export function callsLine({ calls, errors, refused, lastError }: PluginFigures): string {
  const last = lastError === null ? '' : ` (the last one ${lastError})`;
  const before = refused === 0 ? '' : `, ${refused} refused before`;
  return `${calls}, ${errors} failed${last}${before}`;
}

function tookLine(figures: PluginFigures): string {
  const { p50Ms, p95Ms, p99Ms, cpuMs, memoryBytes, costUsd } = figures;
  const [p50, p95, p99, cpu] = [p50Ms, p95Ms, p99Ms, cpuMs].map(Math.round);
  const memory = Math.ceil(memoryBytes / 1024);
  return `took       p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms; ${cpu} ms of the processor, at most ${memory} KiB${costUsd === 0 ? '' : `; ${costUsd.toFixed(4)} USD`}`;
}
