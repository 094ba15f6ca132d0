import type { KeptSettings } from '../../config/index.ts';
import type { EmbeddedStorageOptions } from '../../storage/index.ts';

/** Gives what a store is told of how it keeps state. */
export function keptAs({
  stateKeys,
  lifetime,
  compression,
  compressAboveBytes,
  encrypt,
}: KeptSettings): Omit<EmbeddedStorageOptions, 'directory'> {
  return {
    compression,
    compressAboveBytes,
    encrypt,
    ...(lifetime === undefined ? {} : { lifetime }),
    ...(stateKeys === undefined ? {} : { stateKeys: stateKeys.map(({ key }) => key.reveal()) }),
  };
}
