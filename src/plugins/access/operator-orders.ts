import { digestOf, frozenJson, type JsonValue } from '../../kernel/index.ts';
import type { Permissions } from '../contract/index.ts';
import { UnknownPluginError } from '../errors/index.ts';
import type { Caller, RegistryParts } from '../registry/registry-parts.ts';
import { activeOf } from '../registry/version-records.ts';

/** What a role's holders may call. `*` stands for every plugin or every operation. */
export interface RoleOrder {
  readonly caller: Caller;
  readonly role: string;
  readonly plugin: string;
  readonly operation: string;
  /** What such calls may use at most. */
  readonly permissions: Permissions;
}

/** Allows the holders of a role an operation; from the next call on, in every process. */
export async function grantRole(
  { database, clock }: RegistryParts,
  { caller, permissions, ...key }: RoleOrder,
): Promise<void> {
  const row = {
    ...key,
    permissions: JSON.stringify(permissions),
    granted_by: caller.id,
    granted_at: clock.now(),
  };
  await database.exclusively(async (queries) => {
    await queries
      .deleteFrom('plugins_roles')
      .where('role', '=', key.role)
      .where('plugin', '=', key.plugin)
      .where('operation', '=', key.operation)
      .execute();
    await queries.insertInto('plugins_roles').values(row).execute();
  });
}

/** Takes back what {@link grantRole} gave. @returns Whether there was anything. */
export async function revokeRole(
  { database }: RegistryParts,
  { role, plugin, operation }: Pick<RoleOrder, 'role' | 'plugin' | 'operation'>,
): Promise<boolean> {
  return await database.exclusively(async (queries) => {
    const result = await queries
      .deleteFrom('plugins_roles')
      .where('role', '=', role)
      .where('plugin', '=', plugin)
      .where('operation', '=', operation)
      .executeTakeFirst();
    return result.numDeletedRows > 0n;
  });
}

/** Stops a plugin, a publisher or everything. */
export interface KillOrder {
  readonly caller: Caller;
  readonly scope: 'plugin' | 'publisher' | 'all';
  /** The plugin's id or the publisher; empty for everything. */
  readonly name: string;
  readonly reason: string;
}

/** Stops every further call, in every process. @returns The stop's id, to lift it. */
export async function stopCalls(parts: RegistryParts, order: KillOrder): Promise<string> {
  const { caller, scope, name, reason } = order;
  const id = parts.ids.next();
  await parts.database.exclusively(async (queries) => {
    await queries
      .insertInto('plugins_kills')
      .values({ id, scope, name, by: caller.id, at: parts.clock.now(), reason, lifted_at: null })
      .execute();
    await parts.events.record(killEvent(order, id, 'stopped'));
  });
  return id;
}

/** Lifts stops of a scope and name. @returns How many there were. */
export async function liftStops(parts: RegistryParts, order: KillOrder): Promise<number> {
  const { scope, name } = order;
  return await parts.database.exclusively(async (queries) => {
    const result = await queries
      .updateTable('plugins_kills')
      .set({ lifted_at: parts.clock.now() })
      .where('scope', '=', scope)
      .where('name', '=', name)
      .where('lifted_at', 'is', null)
      .executeTakeFirst();
    await parts.events.record(killEvent(order, parts.ids.next(), 'lifted'));
    return Number(result.numUpdatedRows);
  });
}

/** Consents to one call of an operation with side effects. */
export interface CallApproval {
  readonly caller: Caller;
  readonly plugin: string;
  readonly operation: string;
  /** Exactly these arguments. */
  readonly input: JsonValue;
  /** How long the consent is good for. */
  readonly validForMs: number;
}

/** Approves one call: bound to the plugin's digest, the operation and the arguments, good once, until it expires. */
export async function approveCall(parts: RegistryParts, approval: CallApproval): Promise<string> {
  const { caller, plugin, operation, input, validForMs } = approval;
  const active = await activeOf(parts.database.reader, plugin);
  if (active === undefined) throw new UnknownPluginError(plugin, 'active');
  const id = parts.ids.next();
  const at = parts.clock.now();
  await parts.database.exclusively(async (queries) => {
    await queries
      .insertInto('plugins_approvals')
      .values({
        id,
        digest: active.version.digest,
        operation,
        input_digest: digestOf(frozenJson(input)),
        approved_by: caller.id,
        approved_at: at,
        expires_at: new Date(Date.parse(at) + validForMs).toISOString(),
        used_at: null,
      })
      .execute();
    await parts.events.record({
      key: `plugins/${id}`,
      kind: 'plugin-grant',
      caller,
      plugin,
      digest: active.version.digest,
      outcome: 'success',
      facts: { operation, input: digestOf(frozenJson(input)) },
    });
  });
  return id;
}

function killEvent(
  { caller, scope, name }: KillOrder,
  id: string,
  what: 'stopped' | 'lifted',
): Parameters<RegistryParts['events']['record']>[0] {
  return {
    key: `plugins/${id}`,
    kind: 'plugin-kill',
    caller,
    plugin: scope === 'plugin' ? name : '',
    digest: '',
    outcome: 'success',
    facts: { scope, name, what },
  };
}
