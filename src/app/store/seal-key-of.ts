import type { Config } from '../../config/index.ts';
import type { Logger } from '../../kernel/index.ts';
import { openEmbeddedStorage } from '../../storage/index.ts';

/** Gives the key of this installation, where no store is open: the configured one, or the data folder's own. @throws STORAGE_*. */
export async function sealKeyOf(
  { sealKey, dataDir }: Pick<Config, 'sealKey' | 'dataDir'>,
  logger: Logger,
): Promise<Uint8Array> {
  if (sealKey !== undefined) return sealKey.reveal();
  await using storage = await openEmbeddedStorage({ directory: dataDir, logger });
  return storage.sealKey();
}
