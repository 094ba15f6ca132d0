export type { JournalChange, JournalEntry, LaneSnapshot, ThreadSnapshot } from './entry.ts';
export { openJournalDirectory } from './journal-directory.ts';
export { JournalFile } from './journal-file.ts';
