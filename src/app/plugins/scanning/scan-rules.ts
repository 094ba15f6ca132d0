import {
  isCallable,
  scanRuleOf,
  SYSTEM,
  versionsOf,
  type Caller,
  type Plugins,
  type PluginTables,
  type ScanRule,
} from '../../../plugins/index.ts';
import type { RecordsDatabase } from '../../../storage/index.ts';
import { OPERATOR_ROLE } from '../record-plugin-events.ts';

/** Who scans and gates call plugins for: this installation, with what its operator may do. */
export const HOUSE: Caller = Object.freeze({ id: SYSTEM.id, roles: [OPERATOR_ROLE] });

/**
 * Gives the rules of the security scanners that are active. One that was stopped or fails ends every scan, which then admits
 * nothing: disable it to do without it.
 */
export async function scanRulesOf(
  { executor }: Pick<Plugins, 'executor'>,
  { reader }: Pick<RecordsDatabase<PluginTables>, 'reader'>,
): Promise<readonly ScanRule[]> {
  const scanners = (await versionsOf(reader)).filter(
    ({ manifest, state }) => manifest.kind === 'security-scanner' && isCallable(state),
  );
  const active = await Promise.all(scanners.map(({ id }) => executor.active(id)));
  return active.flatMap((plugin) =>
    plugin === undefined ? [] : [scanRuleOf(executor, plugin, HOUSE)],
  );
}
