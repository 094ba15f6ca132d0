export type { Arrived } from './arriving.ts';
export {
  copyThread,
  importThread,
  type ImportOptions,
  type MoveOptions,
  type ThreadImport,
} from './move-thread.ts';
export { writeThreadFile, type ExportOptions } from './write-thread-file.ts';
