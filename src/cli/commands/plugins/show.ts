import type { FolderState, PluginFigures } from '../../../app/index.ts';
import type { InterruptedCall, PluginVersion } from '../../../plugins/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
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
      .argument('<plugin>', 'ID, or ID@VERSION');
    withSharedOptions(command).action((named: string) =>
      show(named, command.optsWithGlobals<SharedOptions>(), context),
    );
  },
};

interface Shown {
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
  options: SharedOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { chooseVersion, figuresOf, folderStateOf } = await import('../../../app/index.ts');
  const { interruptedCalls } = await import('../../../plugins/index.ts');
  const shown = await withRecords(options, async (database): Promise<Shown> => {
    const version = await chooseVersion(database, named);
    const { reader } = database;
    return {
      version,
      folder: await folderStateOf(version),
      figures: await figuresOf(database, version.id),
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
  for (const line of linesOf(shown)) terminal.out(hanging('', plainText(line), terminal.width));
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
  const { version, folder, figures, roles, interrupted, history } = shown;
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
    `asks for   ${said(manifest.permissions)}`,
    `granted    ${grant === undefined ? 'nothing yet' : said(grant)}`,
    `roles      ${roles.map(({ role, operation }) => `${role} (${operation})`).join(', ') || 'none may call it'}`,
    `calls      ${figures.calls}, ${figures.errors} failed, last error ${figures.lastError ?? 'none'}`,
    `took       p50 ${Math.round(figures.p50Ms)} ms, p95 ${Math.round(figures.p95Ms)} ms, p99 ${Math.round(figures.p99Ms)} ms; ${Math.round(figures.cpuMs)} ms of the processor, at most ${Math.ceil(figures.memoryBytes / 1024)} KiB`,
    ...interrupted.map((call) => `interrupted ${interruptedLine(call)}`),
    'operations',
    ...operations.map(
      ({ name, description, sideEffects }) => `  ${name}${effects(sideEffects)}: ${description}`,
    ),
    'history',
    ...steps,
  ];
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

function said(permissions: object): string {
  const text = JSON.stringify(permissions);
  return text === '{}' ? 'nothing' : text;
}
