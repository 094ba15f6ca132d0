export {
  exportThread,
  importThread,
  type ExportRequest,
  type ImportReport,
  type ImportRequest,
} from './move-threads.ts';
export type { MovingPlace } from './open-place.ts';
export { pruneThreads, type PrunedThread } from './prune-threads.ts';
