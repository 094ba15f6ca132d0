import type { Kysely } from 'kysely';

import type { Layer } from '../access/allows.ts';
import { Permissions, type PermissionName } from '../contract/index.ts';
import { CallRefusedError } from '../errors/index.ts';
import type { ActivePlugin, Caller } from '../registry/registry-parts.ts';
import { isCallable } from '../registry/states.ts';
import type { PluginTables, RoleRow } from '../registry/tables.ts';

/** A stop that is in force. */
export interface KillSwitch {
  readonly scope: 'plugin' | 'publisher' | 'all';
  readonly name: string;
}

/** What decides who may call what; read again whenever anything of it may have changed. */
export interface Rights {
  readonly kills: readonly KillSwitch[];
  readonly roles: readonly RoleRow[];
}

/** Reads the rights that are in force. */
export async function readRights(queries: Kysely<PluginTables>): Promise<Rights> {
  const [kills, roles] = await Promise.all([
    queries
      .selectFrom('plugins_kills')
      .select(['scope', 'name'])
      .where('lifted_at', 'is', null)
      .execute(),
    queries.selectFrom('plugins_roles').selectAll().execute(),
  ]);
  return { kills, roles };
}

/**
 * Finds out what a call may do: nothing, unless the plugin is active and granted, no stop is in force, and a role of the caller
 * allows the operation.
 *
 * @returns The layers that every host call is held against.
 * @throws {@link CallRefusedError}.
 */
export function layersOf(
  plugin: ActivePlugin,
  operation: string,
  { rights, caller, policy }: { rights: Rights; caller: Caller; policy: Permissions },
): readonly Layer[] {
  const { version } = plugin;
  const refuse = (refusal: ConstructorParameters<typeof CallRefusedError>[2]): never => {
    throw new CallRefusedError(version.id, operation, refusal);
  };
  const killed = rights.kills.find(
    ({ scope, name }) =>
      scope === 'all' || name === (scope === 'plugin' ? version.id : version.manifest.publisher),
  );
  if (killed !== undefined)
    refuse({
      why: `a stop is in force for ${killed.scope} ${killed.name}`.trimEnd(),
      hint: 'An operator sees who stopped it and why with `phasegate plugins doctor`, and lifts it with `phasegate plugins resume`.',
    });
  if (!isCallable(version.state)) refuse(`it is ${version.state}`);
  if (version.grant === undefined) refuse('nothing was granted to it');
  const roles = rights.roles.filter(
    (row) =>
      caller.roles.includes(row.role) &&
      (row.plugin === '*' || row.plugin === version.id) &&
      (row.operation === '*' || row.operation === operation),
  );
  if (roles.length === 0) refuse('no role of the caller allows it');
  return [
    { name: 'manifest', permissions: version.manifest.permissions },
    { name: 'grant', permissions: version.grant ?? {} },
    { name: 'policy', permissions: policy },
    { name: 'caller', permissions: union(roles.map(permissionsOf)) },
  ];
}

/** Rows are read anew whenever anything was written; what one says is parsed once. */
const parsed = new WeakMap<RoleRow, Permissions>();

function permissionsOf(row: RoleRow): Permissions {
  const known = parsed.get(row);
  if (known !== undefined) return known;
  const permissions = Permissions.parse(JSON.parse(row.permissions));
  parsed.set(row, permissions);
  return permissions;
}

/** What several roles of one caller allow together. */
function union(all: readonly Permissions[]): Permissions {
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return only;
  const merged: Partial<Record<PermissionName, unknown>> = {};
  for (const permissions of all)
    for (const [name, caveats] of Object.entries(permissions))
      merged[name as PermissionName] = mergeCaveats(merged[name as PermissionName], caveats);
  return merged as Permissions;
}

function mergeCaveats(one: unknown, other: unknown): unknown {
  if (typeof one !== 'object' || one === null) return other;
  const merged: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other as object)) {
    const before = merged[key];
    merged[key] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
  }
  return merged;
}
