import { isPhasegateError, type Clock } from '../../kernel/index.ts';
import type { KnownThreads } from './known-threads.ts';
import type { JournalFile } from './log/index.ts';
import type { JournalOptions } from './journal-options.ts';
import type { OutageBreaker, Report } from './outage-breaker.ts';

const DEFAULT_RETENTION_MS = 60_000;
const DEFAULT_WATCH_MS = 1_000;
const PURGES_A_RETENTION = 12;

/** Looks after a journal from time to time. */
export function tendJournal(parts: {
  readonly options: JournalOptions;
  readonly clock: Clock;
  readonly report: Report;
  readonly own: JournalFile;
  readonly orphans: Set<JournalFile>;
  readonly threads: KnownThreads;
  readonly breaker: OutageBreaker;
}): () => void {
  const { own, orphans, threads, breaker, options } = parts;
  const retentionMs = options.retentionMs ?? DEFAULT_RETENTION_MS;
  const purge = (): void => {
    const beforeMs = Date.parse(parts.clock.now()) - retentionMs;
    try {
      for (const journal of [own, ...orphans]) journal.purge(beforeMs);
      for (const journal of orphans) {
        if (journal.stats().entries > 0) continue;
        orphans.delete(journal);
        journal.close();
      }
      threads.trim(retentionMs);
    } catch (error) {
      // It is only larger than it should be; the operation that finds no room says so.
      const code = isPhasegateError(error) ? error.code : 'unknown';
      parts.report('journal-purge-failed', { code });
    }
  };
  const watch = (): void => {
    // Nothing can be missed by a server from which nobody expects anything.
    if (breaker.state === 'closed' && threads.all.size > 0) void breaker.check();
  };
  const timers = [
    setInterval(purge, retentionMs / PURGES_A_RETENTION),
    setInterval(watch, options.watchMs ?? DEFAULT_WATCH_MS),
  ];
  for (const timer of timers) timer.unref();
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
