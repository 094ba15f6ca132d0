export { Journal } from './journal.ts';
export type { JournalOptions } from './journal-options.ts';
export type { OutageScope, OutageState } from './outage-breaker.ts';
export type { Lease, RemoteStore } from './remote.ts';
export type { StorageHealth } from './storage-health.ts';
