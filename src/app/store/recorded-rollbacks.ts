import { recordRollback, type AuditSink } from '../../audit/index.ts';
import type { AppStorage } from './open-storage.ts';

/** Gives the same store, which takes no interrupted run back before that is recorded. */
export function recordedRollbacks<Store extends Pick<AppStorage, 'lockThread'>>(
  storage: Store,
  audit: AuditSink,
): Store {
  const lockThread: Store['lockThread'] = async (thread, options) =>
    storage.lockThread(thread, {
      onRollback: async (rollback) => recordRollback(audit, rollback),
      ...options,
    });
  return { ...storage, lockThread };
}
