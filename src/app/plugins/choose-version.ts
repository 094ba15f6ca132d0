import {
  UnknownPluginError,
  versionsOf,
  type PluginState,
  type PluginTables,
  type PluginVersion,
} from '../../plugins/index.ts';
import type { RecordsDatabase } from '../../storage/index.ts';
import { NoSuchVersionError } from './errors.ts';

type Records = Pick<RecordsDatabase<PluginTables>, 'reader'>;

/** Which version is meant when only the plugin is named. */
export interface VersionChoice {
  /** The newest version in this state is meant first. */
  readonly state: PluginState;
  /** Only if it is newer than the one in use. */
  readonly newerOnly?: boolean;
}

/**
 * Finds the version that `ID` or `ID@VERSION` means: where only the plugin is named, the one of `choice`, else the one in use, else
 * the newest.
 *
 * @throws PLUGINS_UNKNOWN; {@link NoSuchVersionError}.
 */
export async function chooseVersion(
  { reader }: Records,
  named: string,
  choice?: VersionChoice,
): Promise<PluginVersion> {
  const [id = '', wanted] = named.split('@');
  const versions = await versionsOf(reader, id);
  if (versions.length === 0) throw new UnknownPluginError(id);
  const among = versions.filter(({ version }) => wanted === undefined || version === wanted);
  const row = await reader
    .selectFrom('plugins_active')
    .select('digest')
    .where('id', '=', id)
    .executeTakeFirst();
  const used = among.findIndex(({ digest }) => digest === row?.digest);
  const chosen = among.findIndex(({ state }) => state === choice?.state);
  const isNewer = used === -1 || chosen < used;
  const first = chosen !== -1 && (isNewer || choice?.newerOnly !== true) ? chosen : used;
  const found = among[Math.max(0, first)];
  if (found !== undefined) return found;
  throw new NoSuchVersionError(
    id,
    wanted ?? '',
    versions.map(({ version }) => version),
  );
}
