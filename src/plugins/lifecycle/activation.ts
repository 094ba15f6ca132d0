import type { Kysely } from 'kysely';

import { isPhasegateError, type JsonValue } from '../../kernel/index.ts';
import { beyond } from '../access/allows.ts';
import type { LoadedPlugins } from '../executor/loaded-plugins.ts';
import {
  ApprovalNeededError,
  CyclicPluginsError,
  DependentsBrokenError,
  NothingToRollBackError,
  UnknownPluginError,
} from '../errors/index.ts';
import { demandVersion } from '../registry/admission.ts';
import { circleThrough, dependencyLayers, dependentsBroken } from '../registry/dependencies.ts';
import type {
  ActivePlugin,
  Caller,
  PluginVersion,
  RegistryParts,
} from '../registry/registry-parts.ts';
import { isCallable, type PluginState } from '../registry/states.ts';
import type { PluginTables } from '../registry/tables.ts';
import { activeOf, takeStep, versionsOf } from '../registry/version-records.ts';

type Queries = Kysely<PluginTables>;

/** What a change of what is active works with. */
export interface LifecycleParts extends RegistryParts {
  readonly loaded: LoadedPlugins;
  /** Probes a plugin that was loaded just now, acting for the operator. @throws PLUGINS_*. */
  readonly probe: (plugin: ActivePlugin) => Promise<void>;
}

/** A change that an operator asks for. */
export interface ChangeOrder {
  readonly caller: Caller;
  readonly reason: string;
}

/** What an upgrade would change in what a plugin may do; `added` needs consent. */
export interface PermissionDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Makes a version answer calls: resolves what it needs, loads it, initializes it and probes its health.
 *
 * @param digest - An admitted and granted version.
 * @throws PLUGINS_APPROVAL_NEEDED, PLUGINS_MISSING_DEPENDENCY, PLUGINS_CYCLE, PLUGINS_CONFLICT, PLUGINS_UNHEALTHY and what loading
 * throws; the version is left as `registered` or `crashed`, and what was active before stays so.
 */
export async function enablePlugin(
  parts: LifecycleParts,
  digest: string,
  order: ChangeOrder & { readonly config?: JsonValue },
): Promise<PluginVersion> {
  const version = await demandVersion(parts.database.reader, digest);
  if (isCallable(version.state)) return version;
  await demandReady(parts, version);
  const before = await activeOf(parts.database.reader, version.id);
  const replaced = before !== undefined && isCallable(before.version.state) ? before : undefined;
  const taken = { ...order, digest };
  const loading: readonly PluginState[] = ['resolved', 'loading'];
  await steps(parts, taken, replaced === undefined ? loading : ['upgrading', ...loading]);
  const previous = before?.version.digest === digest ? before.previous : before?.version.digest;
  const config = order.config ?? before?.config ?? {};
  const candidate: ActivePlugin = { version, previous, config };
  await tried(parts, candidate, taken);
  await swap(parts, candidate, { ...order, before: replaced });
  return await demandVersion(parts.database.reader, digest);
}

/** Takes a plugin out of use: running calls end, nothing new begins. @throws {@link DependentsBrokenError}. */
export async function disablePlugin(
  parts: LifecycleParts,
  id: string,
  order: ChangeOrder,
): Promise<PluginVersion> {
  const active = await demandActive(parts.database.reader, id);
  await demandNoDependents(parts, id, undefined);
  const taken = { ...order, digest: active.version.digest };
  await steps(parts, taken, ['draining']);
  await parts.loaded.unload(id);
  await steps(parts, taken, ['stopped']);
  return await demandVersion(parts.database.reader, active.version.digest);
}

/** Gives what another version of the active plugin may do more and less. */
export function permissionDifference(from: PluginVersion, to: PluginVersion): PermissionDifference {
  const before = from.grant ?? from.manifest.permissions;
  const after = to.manifest.permissions;
  return { added: beyond(after, before), removed: beyond(before, after) };
}

/**
 * Makes the version that was active before answer again, with the grant that it had. One step back is kept, so that a command
 * given twice does not bring back what was left.
 *
 * @throws {@link NothingToRollBackError}.
 */
export async function rollBackPlugin(
  parts: LifecycleParts,
  id: string,
  order: ChangeOrder,
): Promise<PluginVersion> {
  const active = await demandActive(parts.database.reader, id);
  if (active.previous === undefined) throw new NothingToRollBackError(id);
  const target = await demandVersion(parts.database.reader, active.previous);
  await demandReady(parts, target);
  const config = active.config;
  const taken = { ...order, digest: target.digest };
  await steps(parts, taken, ['rolling-back', 'resolved', 'loading']);
  const candidate: ActivePlugin = { version: target, previous: undefined, config };
  await tried(parts, candidate, taken);
  await swap(parts, candidate, { ...order, before: active });
  return await demandVersion(parts.database.reader, target.digest);
}

/** Removes a version that is not in use; its history stays. */
export async function removePlugin(
  parts: LifecycleParts,
  digest: string,
  order: ChangeOrder,
): Promise<void> {
  const version = await demandVersion(parts.database.reader, digest);
  if (isCallable(version.state)) await disablePlugin(parts, version.id, order);
  await parts.database.exclusively(async (queries) => {
    const { caller, reason } = order;
    await takeStep(parts, queries, { digest, to: 'removed', caller, reason });
    await queries.deleteFrom('plugins_files').where('digest', '=', digest).execute();
    await queries
      .updateTable('plugins_grants')
      .set({ revoked_at: parts.clock.now() })
      .where('digest', '=', digest)
      .where('revoked_at', 'is', null)
      .execute();
    await queries.deleteFrom('plugins_active').where('digest', '=', digest).execute();
  });
}

/** A version is granted, finds what it needs, and breaks nobody. */
async function demandReady(parts: LifecycleParts, version: PluginVersion): Promise<void> {
  if (version.grant === undefined || version.state === 'pending-approval')
    throw new ApprovalNeededError(version.id, version.state);
  const all = (await versionsOf(parts.database.reader)).filter(({ id }) => id !== version.id);
  const others = all.filter(({ state }) => isCallable(state));
  // The oldest first, so that the newest counts, and above it the one that answers.
  const admitted = all.filter(({ grant }) => grant !== undefined).toReversed();
  const likely = [...admitted, ...others].map(({ manifest }) => manifest);
  const circle = circleThrough(version.manifest, new Map(likely.map((each) => [each.id, each])));
  if (circle !== undefined) throw new CyclicPluginsError(circle);
  const manifests = [...others.map(({ manifest }) => manifest), version.manifest];
  dependencyLayers(manifests, parts.engine);
  await demandNoDependents(parts, version.id, version.version);
}

async function demandNoDependents(
  { database }: LifecycleParts,
  id: string,
  version: string | undefined,
): Promise<void> {
  const active = (await versionsOf(database.reader)).filter(({ state }) => isCallable(state));
  const others = active.filter((other) => other.id !== id).map(({ manifest }) => manifest);
  const broken = dependentsBroken(others, id, version);
  if (broken.length > 0) throw new DependentsBrokenError(id, broken);
}

async function demandActive(queries: Queries, id: string): Promise<ActivePlugin> {
  const active = await activeOf(queries, id);
  if (active === undefined) throw new UnknownPluginError(id, 'active');
  return active;
}

interface StepsOrder extends ChangeOrder {
  readonly digest: string;
}

/** Takes several steps, each in a transaction of its own: a crash between two is found and led back. */
async function steps(
  parts: LifecycleParts,
  { digest, caller, reason }: StepsOrder,
  states: readonly PluginState[],
): Promise<void> {
  for (const to of states) {
    // oxlint-disable-next-line no-await-in-loop
    await parts.database.exclusively(
      async (queries) => await takeStep(parts, queries, { digest, to, caller, reason }),
    );
  }
}

/** Loads and probes a candidate; one that fails is left stopped, and its error goes on. */
async function tried(
  parts: LifecycleParts,
  candidate: ActivePlugin,
  order: StepsOrder,
): Promise<void> {
  try {
    await parts.probe(candidate);
  } catch (error) {
    const why = isPhasegateError(error) ? error.message : 'an unknown error';
    await steps(parts, { ...order, reason: `${order.reason}: ${why}` }, ['crashed', 'stopped']);
    throw error;
  }
}

/** Makes the candidate answer and the one before it rest, in one transaction: there is no moment with two, or with none. */
async function swap(
  parts: LifecycleParts,
  { version, previous, config }: ActivePlugin,
  { before, ...order }: ChangeOrder & { readonly before: ActivePlugin | undefined },
): Promise<void> {
  const { digest, id } = version;
  await parts.database.exclusively(async (queries) => {
    await takeStep(parts, queries, { digest, to: 'initializing', ...order });
    await takeStep(parts, queries, { digest, to: 'active', ...order });
    if (before !== undefined) {
      const old = before.version.digest;
      await takeStep(parts, queries, { digest: old, to: 'draining', ...order });
      await takeStep(parts, queries, { digest: old, to: 'stopped', ...order });
    }
    const row = {
      id,
      digest,
      previous: previous ?? '',
      config: JSON.stringify(config),
      changed_at: parts.clock.now(),
    };
    await queries.deleteFrom('plugins_active').where('id', '=', id).execute();
    await queries.insertInto('plugins_active').values(row).execute();
  });
  if (before !== undefined) await parts.loaded.unload(id, before.version.digest);
}
