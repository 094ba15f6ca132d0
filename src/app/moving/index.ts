export {
  exportThread,
  importThread,
  type ExportRequest,
  type ImportReport,
  type ImportRequest,
  type MovingPlace,
} from './move-threads.ts';
export { pruneThreads, type PrunedThread } from './prune-threads.ts';
