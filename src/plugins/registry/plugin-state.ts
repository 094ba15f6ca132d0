import type { JsonValue } from '../../kernel/index.ts';
import type { RecordsDatabase } from '../../storage/index.ts';
import { PluginLimitError } from '../errors/index.ts';
import type { PluginTables } from './tables.ts';

const DEFAULT_QUOTA_KB = 64;

/** What one plugin keeps for itself: values by key, up to a quota in kibibytes. No plugin sees another's. */
export function createPluginState(
  database: RecordsDatabase<PluginTables>,
  plugin: string,
  quotaKb = DEFAULT_QUOTA_KB,
): { get(key: string): Promise<JsonValue>; set(key: string, value: JsonValue): Promise<void> } {
  return {
    get: async (key) => {
      const row = await database.reader
        .selectFrom('plugins_state')
        .select('value')
        .where('plugin', '=', plugin)
        .where('key', '=', key)
        .executeTakeFirst();
      return row === undefined ? null : (JSON.parse(row.value) as JsonValue);
    },
    set: async (key, value) => {
      const text = JSON.stringify(value);
      await database.exclusively(async (queries) => {
        const rows = await queries
          .selectFrom('plugins_state')
          .select(['key', 'value'])
          .where('plugin', '=', plugin)
          .execute();
        const others = rows.filter((row) => row.key !== key);
        const bytes = others.reduce((sum, row) => sum + row.key.length + row.value.length, 0);
        if (bytes + key.length + text.length > quotaKb * 1024)
          throw new PluginLimitError(plugin, 'stateKb', quotaKb);
        await queries
          .deleteFrom('plugins_state')
          .where('plugin', '=', plugin)
          .where('key', '=', key)
          .execute();
        await queries.insertInto('plugins_state').values({ plugin, key, value: text }).execute();
      });
    },
  };
}
