import {
  isSignedNow,
  UnknownPluginError,
  rescanVersion,
  versionsOf,
  type Caller,
  type PluginPackage,
  type PluginVersion,
} from '../../../plugins/index.ts';
import { builtInPlugins } from '../built-in-plugins.ts';
import type { AppPlugins } from '../open-plugins-of.ts';

/** A version whose scan was held against the rules of today. */
export interface Rescanned {
  readonly version: PluginVersion;
  /** `current`: its scan is of today's rules; `stale`: it is not, and was only looked at; the rest as a rescan says. */
  readonly outcome: 'current' | 'stale' | 'kept' | 'decided' | 'skipped';
}

/** Which versions, and whether anything is done. */
export interface RescanPluginsOrder {
  readonly caller: Caller;
  /** One plugin; all unless told. */
  readonly id?: string | undefined;
  /** Only says what is out of date. */
  readonly dryRun: boolean;
  /** Also those whose scan is current. */
  readonly all: boolean;
}

/** Scans again what was scanned by other rules than those of today, or whose signature counts otherwise now, and decides anew. @throws PLUGINS_*; AUDIT_*. */
export async function rescanPlugins(
  plugins: AppPlugins,
  { caller, id, dryRun, all }: RescanPluginsOrder,
): Promise<readonly Rescanned[]> {
  const versions = await versionsOf(plugins.database.reader, id);
  if (id !== undefined && versions.length === 0) throw new UnknownPluginError(id);
  const today = await plugins.rulesDigest();
  const isSignedAsKept = async (version: PluginVersion, module?: PluginPackage) =>
    (await isSignedNow(plugins.parts, version, module)) === version.signed;
  const modules = new Map(builtInPlugins().map((plugin) => [plugin.digest, plugin]));
  const found: Rescanned[] = [];
  for (const version of versions) {
    const module = modules.get(version.digest);
    // oxlint-disable-next-line no-await-in-loop
    const isCurrent = version.scan?.rules === today && (await isSignedAsKept(version, module));
    if (isCurrent && !all) found.push({ version, outcome: 'current' });
    else if (dryRun) found.push({ version, outcome: 'stale' });
    else {
      // One after the other: a scan does not take the pool from calls.
      // oxlint-disable-next-line no-await-in-loop
      const rescanned = await rescanVersion(plugins.parts, version.digest, { caller, module });
      found.push(rescanned ?? { version, outcome: 'skipped' });
    }
  }
  return found;
}
