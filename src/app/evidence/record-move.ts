import { randomIds, type Facts } from '../../kernel/index.ts';
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

/** Records, before it is done, what somebody does to a whole thread. @throws AUDIT_* when that cannot be recorded. */
export async function recordMove(
  audit: AppAudit,
  { thread, what, by: { id, kind, authenticated, source }, input, facts }: ThreadMoved,
): Promise<void> {
  await audit.append({
    // Each time is an event of its own.
    key: [thread, what, randomIds.next()].map(encodeURIComponent).join('/'),
    kind: 'effect',
    actor: { id, kind, authenticated },
    outcome: 'pending',
    target: `thread (${what})`,
    thread,
    ...(input === undefined ? {} : { input }),
    facts: { source, ...facts },
  });
}
