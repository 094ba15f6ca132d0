export type {
  EntryState,
  JournalChange,
  JournalEntry,
  LaneSnapshot,
  ThreadSnapshot,
} from './entry.ts';
export { openJournalDirectory, type JournalDirectory } from './journal-directory.ts';
export { JournalFile, type JournalStats } from './journal-file.ts';
