export type { JournaledStoreParts } from './entry.ts';
export { createJournaledStore } from './journaled-store.ts';
export { makeNote, type Noting } from './make-note.ts';
