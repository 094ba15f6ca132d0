import { isPhasegateError } from '../kernel/index.ts';
import { BLOCKED, type Verdict } from '../state/index.ts';
import type { AuditEvent } from './event.ts';
import type { RecalledEvent } from './export/parse-entry.ts';

/** Where an event ended up in the chain. */
export interface SealedEntry {
  /** The chain that holds it. */
  readonly chain: string;
  /** Its place, counted from 0. */
  readonly seq: number;
  /** The chain's hash after it: 64 lowercase hex digits. */
  readonly hash: string;
  /** Whether the same event was there already, because its node ran again. */
  readonly repeated: boolean;
}

/**
 * Where evidence goes. An event that is answered is stored durably; a rejection means that what the event tells of must
 * not happen: callers deny.
 */
export interface AuditSink {
  /**
   * Appends `event`. The same event under the same key is answered with the entry that exists; another event under the
   * same key becomes an entry of its own that names the first one.
   *
   * @throws AUDIT_* when it was not stored, or when that is not known.
   */
  append(event: AuditEvent): Promise<SealedEntry>;
  /**
   * Gives what was told of how far a thread has come (`run-started`, `gate-verdict`, `approval`, `run-ended`, and an `effect`
   * for each deletion of it), oldest first, since it was last put back on purpose. A run asks it before it goes on, so that an older state is not taken for the
   * present one; a sink without it cannot be asked.
   *
   * @throws AUDIT_* when that cannot be read; the run does not go on then.
   */
  recall?(thread: string): Promise<readonly RecalledEvent[]>;
}

/**
 * Records `event` and gives `verdict` back; when the record cannot be written, a verdict that denies with the reason.
 * Never throws, so a gate can end in it.
 */
export async function recordVerdict(
  sink: AuditSink,
  event: AuditEvent,
  verdict: Verdict,
): Promise<Verdict> {
  try {
    await sink.append(event);
    return verdict;
  } catch (error) {
    return deniedWithoutEvidence(verdict, isPhasegateError(error) ? error.code : 'AUDIT_UNKNOWN');
  }
}

function deniedWithoutEvidence(verdict: Verdict, code: string): Verdict {
  const line = {
    id: 'audit',
    outcome: 'error' as const,
    mode: 'deny' as const,
    message: `The decision could not be recorded (${code}), so it does not hold.`,
    remedy: 'Mend the audit trail, then run again.',
    paths: [],
    digest: '',
  };
  return {
    ...verdict,
    outcome: 'deny',
    destination: BLOCKED,
    checks: [...verdict.checks, line],
    questions: [],
  };
}
