export { Journal, type JournalParts } from './journal.ts';
export type { JournalOptions } from './journal-options.ts';
export type { OutageScope, OutageState, Report } from './outage-breaker.ts';
export type { HeldLease, Lease, RemoteStore } from './remote.ts';
export type { StorageHealth } from './storage-health.ts';
