import type { RecordsDatabase } from '../../storage/index.ts';
import { Manifest, type PluginKind } from '../contract/index.ts';
import type { PluginState } from './states.ts';
import type { PluginTables } from './tables.ts';

/** What is looked for; everything that is named has to fit. */
export interface PluginQuery {
  readonly kind?: PluginKind;
  readonly industry?: string;
  readonly standard?: string;
  readonly state?: PluginState;
  /** The name of an operation. */
  readonly capability?: string;
  /** In id, title, description, or names and descriptions of operations; upper and lower case are the same. */
  readonly text?: string;
}

/** A version as a search finds it. */
export interface FoundPlugin {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
  readonly kind: PluginKind;
  readonly state: PluginState;
  readonly title: string;
  readonly industries: readonly string[];
  readonly standards: readonly string[];
  readonly operations: readonly string[];
}

/** Finds plugins, from memory while nobody has written. */
export interface PluginSearch {
  /** The newest first. @throws STORAGE_RECORDS_*. */
  find(query?: PluginQuery): Promise<readonly FoundPlugin[]>;
}

interface Entry {
  readonly found: FoundPlugin;
  /** Everything that the manifest says of itself, in lower case. */
  readonly said: string;
}

/**
 * Opens a search. It keeps of each version what can be looked for, and reads again what has changed once any process has
 * written: versions that it knows by their digest are not read anew.
 */
export function createPluginSearch(database: RecordsDatabase<PluginTables>): PluginSearch {
  let known = new Map<string, Entry>();
  let order: readonly Entry[] = [];
  let revision: number | undefined;
  const refresh = async (): Promise<void> => {
    const now = await database.revision();
    if (now === revision) return;
    const rows = await database.reader
      .selectFrom('plugins_versions')
      .select(['digest', 'state'])
      .where('state', '!=', 'removed')
      .orderBy('added_at', 'desc')
      .execute();
    const missing = rows.filter(({ digest }) => !known.has(digest)).map(({ digest }) => digest);
    const manifests = await manifestsOf(database, missing);
    const entries = rows.flatMap(({ digest, state }) => {
      const entry = known.get(digest) ?? manifests.get(digest);
      if (entry === undefined) return [];
      return entry.found.state === state
        ? [entry]
        : [{ ...entry, found: { ...entry.found, state } }];
    });
    known = new Map(entries.map((entry) => [entry.found.digest, entry]));
    order = entries;
    revision = now;
  };
  return {
    find: async (query = {}) => {
      await refresh();
      return order.filter((entry) => fits(entry, query)).map(({ found }) => found);
    },
  };
}

/** So many digests stand in one query. */
const AT_ONCE = 500;

async function manifestsOf(
  { reader }: RecordsDatabase<PluginTables>,
  digests: readonly string[],
): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  for (let from = 0; from < digests.length; from += AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop
    const rows = await reader
      .selectFrom('plugins_versions')
      .select(['digest', 'state', 'manifest'])
      .where('digest', 'in', digests.slice(from, from + AT_ONCE))
      .execute();
    for (const { digest, state, manifest } of rows)
      entries.set(digest, entryOf(Manifest.parse(JSON.parse(manifest)), digest, state));
  }
  return entries;
}

function entryOf(manifest: Manifest, digest: string, state: PluginState): Entry {
  const { id, version, kind, title, description = '', contributes } = manifest;
  const { industries = [], standards = [] } = manifest;
  const operations = contributes.operations.map(({ name }) => name);
  const words = contributes.operations.flatMap((one) => [one.name, one.description]);
  return {
    found: Object.freeze({
      id,
      version,
      digest,
      kind,
      state,
      title,
      industries,
      standards,
      operations,
    }),
    said: [id, title, description, ...words].join('\n').toLowerCase(),
  };
}

function fits({ found, said }: Entry, query: PluginQuery): boolean {
  const { kind, industry, standard, state, capability, text } = query;
  return (
    (kind === undefined || found.kind === kind) &&
    (state === undefined || found.state === state) &&
    (industry === undefined || found.industries.includes(industry)) &&
    (standard === undefined || found.standards.includes(standard)) &&
    (capability === undefined || found.operations.includes(capability)) &&
    (text === undefined || said.includes(text.toLowerCase()))
  );
}
