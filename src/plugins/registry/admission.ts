import type { Kysely } from 'kysely';
import { compare } from 'semver';

import { isPhasegateError } from '../../kernel/index.ts';
import { beyond } from '../access/allows.ts';
import type { Permissions, PluginPackage, ScanReport, Tier } from '../contract/index.ts';
import {
  AdmissionRefusedError,
  InvalidManifestError,
  UnknownPluginError,
} from '../errors/index.ts';
import { packageDemandsOf } from '../kinds/demands.ts';
import type { Caller, PluginVersion, RegistryParts, SignatureCheck } from './registry-parts.ts';
import type { PluginState } from './states.ts';
import type { PluginTables } from './tables.ts';
import {
  activeOf,
  insertVersion,
  packageOf,
  renewSigned,
  renewVersion,
  takeStep,
  versionOf,
  versionsOf,
} from './version-records.ts';

type Queries = Kysely<PluginTables>;

/** Brings a plugin in. */
export interface AddOrder {
  readonly caller: Caller;
  /** Where it came from, for people: a folder, `npm:name@1.0.0`, `code`. */
  readonly source: string;
  readonly tier: Tier;
  /** Takes a version that is older than the newest known one. */
  readonly allowDowngrade?: boolean;
}

/** Consents to a version. */
export interface ApproveOrder {
  readonly caller: Caller;
  readonly reason: string;
  /** What it may do at most; what its manifest asks for unless told. */
  readonly permissions?: Permissions;
}

/**
 * Verifies and scans a plugin and writes it down. Nothing of it is evaluated.
 *
 * @returns The version: `registered` when the scan accepts it (its permissions are granted), `pending-approval`, `rejected`, or
 * `quarantined` when it could not be verified. One that is known already is returned as it is, unless it was rejected: its
 * signature may be another one by now, and the signature is no part of its digest.
 * @throws {@link InvalidManifestError} for permissions or operations that do not fit its kind; {@link AdmissionRefusedError} for a
 * forked publisher, a version that exists with other files, a downgrade.
 */
export async function addPlugin(
  parts: RegistryParts,
  plugin: PluginPackage,
  order: AddOrder,
): Promise<PluginVersion> {
  const { database, clock } = parts;
  const { digest, manifest } = plugin;
  const unfit = packageDemandsOf(plugin);
  if (unfit.length > 0) throw new InvalidManifestError(`${manifest.id} ${manifest.version}`, unfit);
  const known = await versionOf(database.reader, digest);
  if (known !== undefined && !ADDED_ANEW.has(known.state)) return known;
  const signature = await parts.checkSignature(plugin);
  await database.exclusively(async (queries) => {
    await demandSuccessor(queries, plugin, order);
    const signed = signature.status === 'trusted';
    const { source, tier, caller } = order;
    const step = { digest, caller, reason: `added from ${source}` };
    const facts = { source, tier, signed, at: clock.now() };
    if (known === undefined) await insertVersion(queries, plugin, facts);
    else await renewVersion(queries, plugin, facts);
    if (known?.state === 'removed') await takeStep(parts, queries, { ...step, to: 'discovered' });
    await takeStep(parts, queries, { ...step, to: 'verifying' });
  });
  return await verify(parts, plugin, { caller: order.caller, signature });
}

/** Known versions of which nothing was admitted, or nothing is left: they are taken from the folder like new ones. */
const ADDED_ANEW: ReadonlySet<PluginState> = new Set(['removed', 'discovered', 'rejected']);

/** Scans a version again, because the rules have changed or someone asks. */
export async function rescanPlugin(
  parts: RegistryParts,
  digest: string,
  caller: Caller,
): Promise<PluginVersion> {
  const version = await demandVersion(parts.database.reader, digest);
  const plugin = await packageOf(parts.database.reader, version);
  const signature = await parts.checkSignature(plugin);
  await parts.database.exclusively(async (queries) => {
    await renewSigned(queries, digest, signature);
    await takeStep(parts, queries, { digest, to: 'verifying', caller, reason: 'scanned again' });
  });
  return await verify(parts, plugin, { caller, signature });
}

/** Grants permissions to a version, by a person's consent. @throws PLUGINS_INVALID_STATE, PLUGINS_ADMISSION_REFUSED. */
export async function approvePlugin(
  parts: RegistryParts,
  digest: string,
  { caller, reason, permissions }: ApproveOrder,
): Promise<PluginVersion> {
  return await parts.database.exclusively(async (queries) => {
    const version = await demandVersion(queries, digest);
    const granted = permissions ?? version.manifest.permissions;
    const over = beyond(granted, version.manifest.permissions);
    if (over.length > 0)
      throw new AdmissionRefusedError(
        version.id,
        `its manifest does not ask for ${over.join(', ')}`,
        'Grant at most what the manifest asks for.',
      );
    await takeStep(parts, queries, { digest, to: 'registered', caller, reason });
    await grant(parts, queries, { version, granted, caller });
    return await demandVersion(queries, digest);
  });
}

/** Refuses a version that waits for approval. */
export async function rejectPlugin(
  parts: RegistryParts,
  digest: string,
  { caller, reason }: ApproveOrder,
): Promise<PluginVersion> {
  return await parts.database.exclusively(async (queries) => {
    await takeStep(parts, queries, { digest, to: 'rejected', caller, reason });
    return await demandVersion(queries, digest);
  });
}

/** Gives a version. @throws {@link UnknownPluginError}. */
export async function demandVersion(queries: Queries, digest: string): Promise<PluginVersion> {
  const version = await versionOf(queries, digest);
  if (version === undefined) throw new UnknownPluginError(digest);
  return version;
}

interface Verification {
  readonly caller: Caller;
  readonly signature: SignatureCheck;
}

async function verify(
  parts: RegistryParts,
  plugin: PluginPackage,
  { caller, signature }: Verification,
): Promise<PluginVersion> {
  const { digest } = plugin;
  const report = await scanned(parts, plugin, signature);
  return await parts.database.exclusively(async (queries) => {
    if (report instanceof Error) {
      const reason = `the scan failed (${isPhasegateError(report) ? report.code : report.name})`;
      await takeStep(parts, queries, { digest, to: 'quarantined', caller, reason });
      return await demandVersion(queries, digest);
    }
    await keepReport(parts, queries, report);
    // More than what is active may do is for a person to consent to, however low the risk.
    const active = await activeOf(queries, plugin.manifest.id);
    const more = beyond(plugin.manifest.permissions, active?.version.grant ?? {});
    const widened = active !== undefined && more.length > 0;
    const decision = report.decision === 'accept' && widened ? 'approve' : report.decision;
    const to = STATE_AFTER[decision];
    await takeStep(parts, queries, { digest, to, caller, reason: `risk ${report.risk}` });
    const version = await demandVersion(queries, digest);
    if (to !== 'registered') return version;
    await grant(parts, queries, { version, granted: plugin.manifest.permissions, caller });
    return await demandVersion(queries, digest);
  });
}

const STATE_AFTER = {
  accept: 'registered',
  approve: 'pending-approval',
  reject: 'rejected',
} as const;

async function scanned(
  parts: RegistryParts,
  plugin: PluginPackage,
  signature: SignatureCheck,
): Promise<ScanReport | Error> {
  try {
    return await parts.scan(plugin, signature);
  } catch (error) {
    // What cannot be scanned is kept apart; why is asked for with `phasegate plugins scan`.
    return error instanceof Error ? error : new Error('unknown');
  }
}

/** Writes a report down; the newest one counts. */
export async function keepReport(
  parts: RegistryParts,
  queries: Queries,
  report: ScanReport,
): Promise<void> {
  await queries
    .insertInto('plugins_scans')
    .values({
      id: parts.ids.next(),
      digest: report.digest,
      rules: report.rules,
      scanned_at: report.scannedAt,
      report: JSON.stringify(report),
    })
    .execute();
}

interface GrantOrder {
  readonly version: PluginVersion;
  readonly granted: Permissions;
  readonly caller: Caller;
}

async function grant(
  parts: RegistryParts,
  queries: Queries,
  { version, granted, caller }: GrantOrder,
): Promise<void> {
  const id = parts.ids.next();
  const at = parts.clock.now();
  await queries
    .updateTable('plugins_grants')
    .set({ revoked_at: at })
    .where('digest', '=', version.digest)
    .where('revoked_at', 'is', null)
    .execute();
  await queries
    .insertInto('plugins_grants')
    .values({
      id,
      digest: version.digest,
      permissions: JSON.stringify(granted),
      granted_by: caller.id,
      granted_at: at,
      revoked_at: null,
    })
    .execute();
  await parts.events.record({
    key: `plugins/${id}`,
    kind: 'plugin-grant',
    caller,
    plugin: version.id,
    digest: version.digest,
    outcome: 'success',
    facts: { permissions: Object.keys(granted).join(' ') },
  });
}

/** A plugin's name belongs to who came first with it, and its versions go forward. */
async function demandSuccessor(
  queries: Queries,
  { manifest, digest }: PluginPackage,
  { allowDowngrade = false }: AddOrder,
): Promise<void> {
  const { id, version, publisher } = manifest;
  for (const other of await versionsOf(queries, id)) {
    if (other.digest === digest) continue;
    if (other.manifest.publisher !== publisher)
      throw new AdmissionRefusedError(
        id,
        `its publisher is "${publisher}", and the id belongs to "${other.manifest.publisher}"`,
        'Give the fork an id of its own, or remove every version of the other publisher first.',
      );
    if (other.version === version && other.state !== 'rejected')
      throw new AdmissionRefusedError(
        id,
        `version ${version} is there with other files`,
        'Raise the version: what was published under one does not change.',
      );
  }
  const active = await activeOf(queries, id);
  if (active !== undefined && !allowDowngrade && compare(version, active.version.version) < 0)
    throw new AdmissionRefusedError(
      id,
      `version ${version} is older than ${active.version.version}, which is active`,
      'Use `phasegate plugins rollback`, or `phasegate plugins add` with --allow-downgrade.',
    );
}
