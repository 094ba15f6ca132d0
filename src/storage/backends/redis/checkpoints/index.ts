export {
  packCheckpoint,
  packHead,
  packThread,
  packWrite,
  unpackCheckpoint,
  unpackHead,
  unpackWrite,
} from './packing.ts';
export { factsOf, readOne, readPage, segmentsOf, threadRowOf, threadsOf } from './redis-reads.ts';
export { openStage } from './redis-stage.ts';
export type { RedisStoreParts } from './store-parts.ts';
export { createThreadEntries } from './thread-entries.ts';
