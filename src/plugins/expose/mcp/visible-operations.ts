import { isPhasegateError } from '../../../kernel/index.ts';
import type { RecordsDatabase } from '../../../storage/index.ts';
import { layersOf, readRights } from '../../executor/call-rights.ts';
import type { Executor } from '../../executor/executor.ts';
import type { ActivePlugin, Caller } from '../../registry/registry-parts.ts';
import type { PluginTables } from '../../registry/tables.ts';
import { mcpOperation, type McpOperation } from './mcp-operation.ts';

/** What is looked through. */
export interface Shelf {
  readonly executor: Executor;
  readonly database: RecordsDatabase<PluginTables>;
}

/** What is on offer to one caller. */
export interface Offer {
  /** What the caller may call now; nothing by default. In the order of ids and names. */
  readonly visible: readonly McpOperation[];
  /** Active operations that it may not call: they are refused as if they did not exist, and the attempt is recorded. */
  readonly hidden: readonly McpOperation[];
}

/** Gives what a caller's roles allow it among the active plugins. */
export async function offerTo({ executor, database }: Shelf, caller: Caller): Promise<Offer> {
  const rows = await database.reader
    .selectFrom('plugins_active')
    .select('id')
    .orderBy('id')
    .execute();
  const rights = await readRights(database.reader);
  const visible: McpOperation[] = [];
  const hidden: McpOperation[] = [];
  for (const { id } of rows) {
    // From the executor's memory while nothing has changed.
    // oxlint-disable-next-line no-await-in-loop
    const plugin = await executor.active(id);
    if (plugin === undefined) continue;
    for (const operation of plugin.version.manifest.contributes.operations) {
      const isAllowed = allowed(plugin, operation.name, { rights, caller });
      (isAllowed ? visible : hidden).push(mcpOperation(plugin, operation));
    }
  }
  return { visible, hidden };
}

function allowed(
  plugin: ActivePlugin,
  operation: string,
  { rights, caller }: Pick<Parameters<typeof layersOf>[2], 'rights' | 'caller'>,
): boolean {
  try {
    // Which permissions a call would have does not matter to whether it may be made.
    layersOf(plugin, operation, { rights, caller, policy: {} });
    return true;
  } catch (error) {
    if (isPhasegateError(error) && error.code === 'PLUGINS_CALL_REFUSED') return false;
    throw error;
  }
}
