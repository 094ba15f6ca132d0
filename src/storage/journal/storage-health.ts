import type { KnownThreads } from './known-threads.ts';
import type { JournalFile } from './log/index.ts';
import type { OutageBreaker, OutageScope, OutageState } from './outage-breaker.ts';

/** How a storage with a journal is. Flat, so that it can be logged and exported as it is. */
export interface StorageHealth {
  readonly state: OutageState;
  readonly scope: OutageScope;
  /** When the outage began that is not over yet, ISO-8601 UTC; empty while there is none. */
  readonly degradedSince: string;
  /** Operations in the journal, those that the server has acknowledged in the last minute included. */
  readonly journalEntries: number;
  readonly journalBytes: number;
  /** Age of the oldest of them. */
  readonly journalAgeMs: number;
  /** Operations that were acknowledged and that the server does not have yet. */
  readonly unreplicated: number;
  /** Operations that were brought to the server after an outage, since this process began. */
  readonly replayed: number;
  /** Branches that went into a sibling thread. */
  readonly conflicts: number;
  /** Operations that were refused because of an outage. */
  readonly rejected: number;
  /** Operations on threads that somebody deleted meanwhile. */
  readonly dropped: number;
}

/** Takes stock. */
export function healthOf({
  breaker,
  journals,
  threads,
  counts,
}: {
  readonly breaker: OutageBreaker;
  readonly journals: readonly JournalFile[];
  readonly threads: KnownThreads;
  readonly counts: Pick<StorageHealth, 'replayed' | 'conflicts' | 'rejected' | 'dropped'>;
}): StorageHealth {
  const stats = journals.map((journal) => journal.stats());
  const kept = [...threads.all.values()].map((known) => known.kept);
  return Object.freeze({
    state: breaker.state,
    scope: breaker.scope,
    degradedSince: breaker.since ?? '',
    journalEntries: sum(stats.map(({ entries }) => entries)),
    journalBytes: sum(stats.map(({ bytes }) => bytes)),
    journalAgeMs: Math.max(0, ...stats.map(({ ageMs }) => ageMs)),
    unreplicated: sum(kept),
    ...counts,
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
