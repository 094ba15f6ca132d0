import {
  addPlugin,
  enablePlugin,
  isCallable,
  SYSTEM,
  versionOf,
  versionsOf,
  type PluginPackage,
} from '../../../plugins/index.ts';
import { grantRights } from '../operate-plugins.ts';
import type { AppPlugins } from '../open-plugins-of.ts';
import { inTurn } from './in-turn.ts';
import { roleOf } from './phase-tools.ts';

/** A plugin that comes with Phasegate, and what of it a workflow uses. */
export interface Provision {
  readonly plugin: PluginPackage;
  readonly workflow: string;
  readonly operations: readonly string[];
}

/** What providing works with: the plugins of this installation, as far as their registry goes. */
export type Providing = Pick<AppPlugins, 'parts' | 'database'>;

/** Where it is noted what was provided, in the place where plugins keep values. */
const NOTES = 'phasegate/provided';

/**
 * Brings in what a workflow uses of the plugins that come with Phasegate, once: added, enabled and granted to the workflow's own
 * role. What an operator does with it afterwards stays as it is. Where another process is at the same, it is waited for: what is
 * half brought in is of no use to anybody.
 *
 * @throws PLUGINS_*; STORAGE_RECORDS_*; AUDIT_*: what cannot be recorded is not done.
 */
export async function provideBuiltIn(plugins: Providing, provision: Provision): Promise<void> {
  const { id } = provision.plugin.manifest;
  const key = `${roleOf(provision.workflow)} ${id}`;
  if (await isNoted(plugins, key)) return;
  await inTurn(plugins, { name: `${NOTES} ${key}` }, async () => {
    // Whoever had the turn before may have done all of it.
    if (await isNoted(plugins, key)) return;
    await bringIn(plugins, provision);
    await note(plugins, key);
  });
}

async function bringIn(plugins: Providing, provision: Provision): Promise<void> {
  const { plugin, workflow, operations } = provision;
  const { id } = plugin.manifest;
  const { reader } = plugins.database;
  const others = (await versionsOf(reader, id)).filter(({ digest }) => digest !== plugin.digest);
  const known = await versionOf(reader, plugin.digest);
  // Somebody has brought in another version, or has taken this one out: that is decided.
  if (others.length > 0 || known?.state === 'removed' || known?.state === 'stopped') return;
  const order = { caller: SYSTEM, reason: `used by the workflow ${workflow}` };
  const version = await addPlugin(plugins.parts, plugin, {
    ...order,
    source: 'code',
    tier: 'trusted',
  });
  if (!isCallable(version.state)) await enablePlugin(plugins.parts, version.digest, order);
  for (const operation of operations) {
    const rights = { caller: SYSTEM, role: roleOf(workflow), plugin: id, operation };
    // One after the other, each with its evidence.
    // oxlint-disable-next-line no-await-in-loop
    await grantRights(plugins, rights, version);
  }
}

async function isNoted({ database }: Providing, key: string): Promise<boolean> {
  const row = await database.reader
    .selectFrom('plugins_state')
    .select('key')
    .where('plugin', '=', NOTES)
    .where('key', '=', key)
    .executeTakeFirst();
  return row !== undefined;
}

async function note({ database }: Providing, key: string): Promise<void> {
  await database.exclusively(async (queries) => {
    await queries
      .deleteFrom('plugins_state')
      .where('plugin', '=', NOTES)
      .where('key', '=', key)
      .execute();
    await queries
      .insertInto('plugins_state')
      .values({ plugin: NOTES, key, value: 'true' })
      .execute();
  });
}
