import type { KeptSettings } from '../../config/index.ts';
import type { EmbeddedStorageOptions } from '../../storage/index.ts';

/** Gives what a store is told of how it keeps state. */
export function keptAs({
  lifetime,
  compression,
  compressAboveBytes,
  encrypt,
}: KeptSettings): Omit<EmbeddedStorageOptions, 'directory'> {
  const kept = { compression, compressAboveBytes, encrypt };
  return lifetime === undefined ? kept : { ...kept, lifetime };
}
