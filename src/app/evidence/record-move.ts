import { randomIds, type Facts } from '../../kernel/index.ts';
import { refusalOf } from '../../audit/index.ts';
import type { Principal } from '../../state/index.ts';
import type { AppAudit } from './audit-on-demand.ts';

/** A thread that is about to be taken in, replaced or pruned. */
export interface ThreadMoved {
  readonly thread: string;
  readonly what: 'import' | 'replace' | 'prune';
  readonly by: Principal;
  /** Digest of the file that is taken in. */
  readonly input?: string;
  /** Counts and flags. */
  readonly facts: Facts;
}

/**
 * Records, before it is done, what somebody does to a whole thread.
 *
 * @returns What records that it was refused, and nothing was changed.
 * @throws AUDIT_* when that cannot be recorded.
 */
export async function recordMove(
  audit: AppAudit,
  { thread, what, by: { id, kind, authenticated, source }, input, facts }: ThreadMoved,
): Promise<() => Promise<void>> {
  const told = {
    kind: 'effect',
    actor: { id, kind, authenticated },
    target: `thread (${what})`,
    thread,
    ...(input === undefined ? {} : { input }),
    facts: { source, ...facts },
  } as const;
  // Each time is an event of its own.
  const key = [thread, what, randomIds.next()].map(encodeURIComponent).join('/');
  await audit.append({ key, outcome: 'pending', ...told });
  return async () => {
    await audit.append({ key: refusalOf(key), outcome: 'refused', ...told });
  };
}
