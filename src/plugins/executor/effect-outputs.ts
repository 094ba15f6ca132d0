import { sql, type SelectQueryBuilder } from 'kysely';

import type { JsonValue } from '../../kernel/index.ts';
import {
  createTextSeal,
  SEALED_MARK,
  type RecordsDatabase,
  type TextSeal,
} from '../../storage/index.ts';
import type { EffectRow, PluginTables } from '../registry/tables.ts';

/** Gives the secret that outputs of effects are kept under: 32 bytes or more, the same in all processes that share the records. */
export type SealKeySource = () => Uint8Array | Promise<Uint8Array>;

/** What came of effects, as the records keep it: sealed, each for its own effect. */
export interface EffectOutputs {
  /** Has the key at hand, so that an effect is not begun whose output could not be kept. @throws what its source throws. */
  ready(): Promise<void>;
  seal(key: string, output: JsonValue): Promise<string>;
  /** @throws Error for what cannot be opened. */
  open(key: string, sealed: string): Promise<JsonValue>;
}

/** Opens outputs of effects. The key is asked for by the first one: most calls have no effects. */
export function createEffectOutputs(sealKey: SealKeySource): EffectOutputs {
  let made: TextSeal | undefined;
  const seal = async (): Promise<TextSeal> => (made ??= createTextSeal([await sealKey()]));
  const placeOf = (key: string): string => `plugins-effects/${key}`;
  return {
    ready: async () => void (await seal()),
    seal: async (key, output) => (await seal()).seal(JSON.stringify(output), placeOf(key)),
    open: async (key, sealed) => JSON.parse((await seal()).open(sealed, placeOf(key))) as JsonValue,
  };
}

const BATCH = 100;
/** Word for word as in the index that finds them. */
const IS_CLEAR = sql<boolean>`substr(output, 1, ${sql.lit(SEALED_MARK.length)}) <> ${sql.lit(SEALED_MARK)}`;

/** Asks for outputs that are in clear. */
export function clearOutputs({
  reader,
}: Pick<RecordsDatabase<PluginTables>, 'reader'>): SelectQueryBuilder<
  PluginTables,
  'plugins_effects',
  Pick<EffectRow, 'effect_key' | 'output'>
> {
  return reader
    .selectFrom('plugins_effects')
    .select(['effect_key', 'output'])
    .where(IS_CLEAR)
    .limit(BATCH);
}

/** Seals what an earlier version has kept in clear, and leaves nothing of it behind. @throws STORAGE_RECORDS_*. */
export async function sealClearOutputs(
  database: RecordsDatabase<PluginTables>,
  outputs: EffectOutputs,
): Promise<void> {
  const clear = clearOutputs(database);
  let rows = await clear.execute();
  if (rows.length === 0) return;
  for (; rows.length > 0; rows = await clear.execute()) {
    const sealed = await Promise.all(
      rows.map(async ({ effect_key: key, output }) => ({
        key,
        before: output,
        output: await outputs.seal(key, JSON.parse(output ?? 'null') as JsonValue),
      })),
    );
    await database.exclusively(async (queries) => {
      for (const { key, before, output } of sealed)
        // One after the other, in one transaction.
        // oxlint-disable-next-line no-await-in-loop
        await queries
          .updateTable('plugins_effects')
          .set({ output })
          .where('effect_key', '=', key)
          .where('output', '=', before)
          .execute();
    });
  }
  await database.rewrite('plugins_effects');
}
