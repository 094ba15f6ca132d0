import type { AppPlugins } from '../../../app/index.ts';
import type { Caller, PluginPackage, PluginTables, PluginVersion } from '../../../plugins/index.ts';
import type { RecordsDatabase } from '../../../storage/index.ts';
import { osUser, scripted } from '../../asking/principals.ts';
import { loadOptionsFrom, type CommandContext, type SharedOptions } from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { Terminal } from '../../terminal.ts';

/** What a command that changes plugins works with. */
export interface PluginsAtHand {
  readonly plugins: AppPlugins;
  /** The user of this machine, as its operator. */
  readonly operator: Caller;
  /** An order of the operator's, for this reason. */
  readonly order: (reason: string) => { readonly caller: Caller; readonly reason: string };
}

/** Opens the plugins, does the work and closes them, whatever happens. @param script - A name that a script decides under. */
export async function withPlugins<Result>(
  options: SharedOptions,
  work: (at: PluginsAtHand) => Promise<Result>,
  script?: string,
): Promise<Result> {
  const { openPluginsAlone, pluginCaller } = await import('../../../app/index.ts');
  const user = osUser();
  const principals = script === undefined ? [user] : [user, scripted('--approve-as', script)];
  const plugins = await openPluginsAlone(loadOptionsFrom(options), principals);
  const operator = pluginCaller(user);
  try {
    return await work({
      plugins,
      operator,
      order: (reason) => ({ caller: operator, reason }),
    });
  } finally {
    await plugins[Symbol.asyncDispose]();
  }
}

/** Opens the records of the plugins to look at them: nothing is led back, loaded or recorded. */
export async function withRecords<Result>(
  options: SharedOptions,
  work: (database: RecordsDatabase<PluginTables>) => Promise<Result>,
): Promise<Result> {
  const { loadConfig } = await import('../../../config/index.ts');
  const { openPluginRecords } = await import('../../../app/index.ts');
  const database = await openPluginRecords(await loadConfig(loadOptionsFrom(options)));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Reads a plugin's folder. @throws PLUGINS_BROKEN_PACKAGE, PLUGINS_INVALID_MANIFEST. */
export async function readFolder(directory: string): Promise<PluginPackage> {
  const { readPackage } = await import('../../../plugins/index.ts');
  return await readPackage(directory);
}

/** A version as JSON: what a script wants to know of it, without its whole manifest. */
export function versionJson(version: PluginVersion): Readonly<Record<string, unknown>> {
  const { id, version: number, digest, state, tier, signed, source, manifest, scan } = version;
  const { kind, title, publisher, industries = [], standards = [] } = manifest;
  const described = { id, version: number, kind, title, publisher, industries, standards };
  const { decision = null, risk = null } = scan ?? {};
  return { ...described, state, tier, signed, digest, source, scan: { decision, risk } };
}

/** Asks the person at the terminal. @returns Whether they consent; whoever stops does not. */
export async function consents(
  message: string,
  { signal }: Pick<CommandContext, 'signal'>,
): Promise<boolean> {
  const { confirm } = await import('@clack/prompts');
  return (await confirm({ message, initialValue: false, signal })) === true;
}

/** Tells that a person has to decide first, and how; the command ends with 3. */
export function waits(
  { terminal, end }: CommandContext,
  { json }: SharedOptions,
  { facts, text, next }: { readonly facts: object; readonly text: string; readonly next: string },
): void {
  end(EXIT.waiting);
  if (json === true) return terminal.out(JSON.stringify({ status: 'waiting', ...facts, next }));
  tell(terminal, `${terminal.paint.attention('⏸')} ${text}`, next);
}

/** Says what was done, and what comes next. */
export function tell(terminal: Terminal, text: string, next?: string): void {
  terminal.out(text);
  if (next !== undefined) terminal.out(`  ${terminal.paint.accent('→')} ${next}`);
}
