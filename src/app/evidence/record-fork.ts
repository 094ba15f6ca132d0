import { threadChanged } from '../../audit/index.ts';
import { randomIds } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import type { AppAudit } from './audit-on-demand.ts';

/** A thread that is put back to an earlier checkpoint. */
export interface ForkMade {
  readonly thread: string;
  readonly checkpoint: string;
  readonly by: Principal;
}

/** Records, before it is done, that somebody puts a thread back. @throws AUDIT_* when that cannot be recorded. */
export async function recordFork(
  audit: AppAudit,
  { thread, checkpoint, by: { id, kind, authenticated, source } }: ForkMade,
): Promise<void> {
  await audit.append(
    threadChanged({
      thread,
      what: 'fork',
      actor: { id, kind, authenticated },
      // Each time is an event of its own.
      id: `${checkpoint} ${randomIds.next()}`,
      facts: { checkpoint, source },
      outcome: 'success',
    }),
  );
}
