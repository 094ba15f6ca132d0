import type { Kysely } from 'kysely';

import { deepFrozen, type JsonValue } from '../../kernel/index.ts';
import {
  Manifest,
  Permissions,
  ScanReport,
  type PluginPackage,
  type Tier,
} from '../contract/index.ts';
import { BrokenPackageError, UnknownPluginError } from '../errors/index.ts';
import { packageDigest } from '../package/index.ts';
import type {
  ActivePlugin,
  Caller,
  PluginVersion,
  RegistryParts,
  SignatureCheck,
} from './registry-parts.ts';
import { demandStep, recovered, type PluginState } from './states.ts';
import type { PluginTables, VersionRow } from './tables.ts';

type Queries = Kysely<PluginTables>;

/** A step that a version takes. */
export interface Step {
  /** Leads a version back that was found in the middle of a step, wherever that is. */
  readonly recovery?: boolean;
  readonly digest: string;
  readonly to: PluginState;
  readonly caller: Caller;
  readonly reason: string;
}

/** What is written down of a version besides what its package says. */
export interface VersionFacts {
  readonly source: string;
  readonly tier: Tier;
  readonly signed: boolean;
  readonly at: string;
}

/** Writes a version down as discovered, with its files. */
export async function insertVersion(
  queries: Queries,
  plugin: PluginPackage,
  { source, tier, signed, at }: VersionFacts,
): Promise<void> {
  const { manifest, digest } = plugin;
  const row: VersionRow = {
    digest,
    id: manifest.id,
    version: manifest.version,
    publisher: manifest.publisher,
    kind: manifest.kind,
    state: 'discovered',
    manifest: JSON.stringify(manifest),
    source,
    signed: signed ? 1 : 0,
    tier,
    added_at: at,
    changed_at: at,
  };
  await queries.insertInto('plugins_versions').values(row).execute();
  await insertFiles(queries, plugin);
}

/** Writes a version down again that is known by its digest: removing it took its files, and its signature may be another one. */
export async function renewVersion(
  queries: Queries,
  plugin: PluginPackage,
  { source, tier, signed, at }: VersionFacts,
): Promise<void> {
  const { digest } = plugin;
  await queries
    .updateTable('plugins_versions')
    .set({ source, tier, signed: signed ? 1 : 0, added_at: at })
    .where('digest', '=', digest)
    .execute();
  await queries.deleteFrom('plugins_files').where('digest', '=', digest).execute();
  await insertFiles(queries, plugin);
}

/** Writes down whether a version's signature is trusted today: keys come, end and are revoked. */
export async function renewSigned(
  queries: Queries,
  digest: string,
  { status }: SignatureCheck,
): Promise<void> {
  await queries
    .updateTable('plugins_versions')
    .set({ signed: status === 'trusted' ? 1 : 0 })
    .where('digest', '=', digest)
    .execute();
}

async function insertFiles(queries: Queries, { digest, files }: PluginPackage): Promise<void> {
  for (const [path, content] of files) {
    const file = { digest, path, content: Buffer.from(content).toString('base64') };
    // One row after the other, in one transaction.
    // oxlint-disable-next-line no-await-in-loop
    await queries.insertInto('plugins_files').values(file).execute();
  }
}

/**
 * Takes a version one step further: state, history and evidence, all or none.
 *
 * @throws PLUGINS_INVALID_STATE; PLUGINS_UNKNOWN; whatever the evidence refuses with.
 */
export async function takeStep(
  parts: RegistryParts,
  queries: Queries,
  { digest, to, caller, reason, recovery = false }: Step,
): Promise<void> {
  const row = await queries
    .selectFrom('plugins_versions')
    .select(['id', 'state', 'version'])
    .where('digest', '=', digest)
    .executeTakeFirst();
  if (row === undefined) throw new UnknownPluginError(digest);
  if (!recovery) demandStep(row.id, row.state, to);
  // A process that was thought dead and went on finds here that its step is another one's by now.
  if (recovered(to) === undefined) await parts.leases?.release(queries, digest);
  else await parts.leases?.hold(queries, digest);
  const at = parts.clock.now();
  const id = parts.ids.next();
  await queries
    .updateTable('plugins_versions')
    .set({ state: to, changed_at: at })
    .where('digest', '=', digest)
    .execute();
  await queries
    .insertInto('plugins_history')
    .values({
      id,
      plugin: row.id,
      digest,
      from_state: row.state,
      to_state: to,
      at,
      actor: caller.id,
      reason,
    })
    .execute();
  await parts.events.record({
    key: `plugins/${id}`,
    kind: 'plugin-step',
    caller,
    plugin: row.id,
    digest,
    outcome: 'success',
    facts: { from: row.state, to, version: row.version },
  });
}

/** Gives a version by its digest; undefined when there is none. */
export async function versionOf(
  queries: Queries,
  digest: string,
): Promise<PluginVersion | undefined> {
  const row = await whole(queries).where('version.digest', '=', digest).executeTakeFirst();
  return row === undefined ? undefined : viewOf(row);
}

/** Gives every version of a plugin, or of all, that is not removed, the newest first. */
export async function versionsOf(queries: Queries, id?: string): Promise<readonly PluginVersion[]> {
  const all = whole(queries)
    .where('version.state', '!=', 'removed')
    .orderBy('version.added_at', 'desc');
  const rows = await (id === undefined ? all : all.where('version.id', '=', id)).execute();
  return rows.map(viewOf);
}

/** Versions with their newest scan and grant, in one query however many there are. */
function whole(queries: Queries) {
  return queries
    .selectFrom('plugins_versions as version')
    .selectAll('version')
    .select((builder) => [
      builder
        .selectFrom('plugins_scans as scan')
        .select('scan.report')
        .whereRef('scan.digest', '=', 'version.digest')
        .orderBy('scan.scanned_at', 'desc')
        .limit(1)
        .as('report'),
      builder
        .selectFrom('plugins_grants as granted')
        .select('granted.permissions')
        .whereRef('granted.digest', '=', 'version.digest')
        .where('granted.revoked_at', 'is', null)
        .orderBy('granted.granted_at', 'desc')
        .limit(1)
        .as('permissions'),
    ]);
}

/** Gives the version of a plugin that answers calls; undefined when none does. */
export async function activeOf(queries: Queries, id: string): Promise<ActivePlugin | undefined> {
  const row = await queries
    .selectFrom('plugins_active')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  const version = row === undefined ? undefined : await versionOf(queries, row.digest);
  if (row === undefined || version === undefined) return undefined;
  const previous = row.previous === '' ? undefined : row.previous;
  return { version, previous, config: JSON.parse(row.config) as JsonValue };
}

/** Gives the package that was admitted, with the files as they were then. @throws PLUGINS_BROKEN_PACKAGE if they are not. */
export async function packageOf(
  queries: Queries,
  { digest, manifest }: PluginVersion,
): Promise<PluginPackage> {
  const rows = await queries
    .selectFrom('plugins_files')
    .select(['path', 'content'])
    .where('digest', '=', digest)
    .execute();
  const files = new Map(rows.map(({ path, content }) => [path, Buffer.from(content, 'base64')]));
  // Whoever can write to the database must not be able to change what was approved.
  if (packageDigest({ manifest, files }) !== digest)
    throw new BrokenPackageError('the registry', `the files of ${manifest.id} were changed there`);
  return { manifest, digest, files };
}

interface WholeRow extends VersionRow {
  readonly report: string | null;
  readonly permissions: string | null;
}

function viewOf(row: WholeRow): PluginVersion {
  return Object.freeze({
    id: row.id,
    version: row.version,
    digest: row.digest,
    state: row.state,
    // What comes back from a database is parsed before anything believes it.
    manifest: manifestFrom(row.manifest),
    source: row.source,
    tier: row.tier as Tier,
    signed: row.signed === 1,
    addedAt: row.added_at,
    changedAt: row.changed_at,
    scan: row.report === null ? undefined : ScanReport.parse(JSON.parse(row.report)),
    grant: row.permissions === null ? undefined : Permissions.parse(JSON.parse(row.permissions)),
  });
}

/** Manifests that were parsed, by their text: the same text means the same, and lists are read again and again. */
const parsedManifests = new Map<string, Manifest>();
const MAX_PARSED = 2048;

function manifestFrom(text: string): Manifest {
  const known = parsedManifests.get(text);
  if (known !== undefined) return known;
  const manifest = deepFrozen(Manifest.parse(JSON.parse(text)));
  const [oldest] = parsedManifests.keys();
  if (parsedManifests.size >= MAX_PARSED && oldest !== undefined) parsedManifests.delete(oldest);
  parsedManifests.set(text, manifest);
  return manifest;
}

async function stateOf(queries: Queries, digest: string): Promise<PluginState | undefined> {
  const row = await queries
    .selectFrom('plugins_versions')
    .select('state')
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row?.state;
}

/** Leads every version back that a process left in the middle of a step when it died. What a living one is at stays. */
export async function recoverVersions(parts: RegistryParts, caller: Caller): Promise<void> {
  const rows = await parts.database.reader
    .selectFrom('plugins_versions')
    .select(['digest', 'state'])
    .execute();
  for (const { digest, state } of rows) {
    const to = recovered(state);
    if (to === undefined) continue;
    const reason = `found ${state} after its process had ended`;
    // One after the other, each with its evidence.
    // oxlint-disable-next-line no-await-in-loop
    await parts.database.exclusively(async (queries) => {
      // Both are asked once more under the lock: another process may have been faster, or have just begun.
      const now = await stateOf(queries, digest);
      if (now !== state || (await parts.leases?.isHeld(queries, digest)) === true) return;
      await takeStep(parts, queries, { digest, to, caller, reason, recovery: true });
    });
  }
}
