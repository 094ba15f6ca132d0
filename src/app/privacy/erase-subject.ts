import { issueReceipt, type AuditActor } from '../../audit/index.ts';
import type { Principal } from '../../state/index.ts';
import { UnknownSubjectError } from '../errors.ts';
import type { App } from '../open-app.ts';
import { endSessions } from './app-sessions.ts';
import { findSubject, type SubjectFindings } from './subject-data.ts';

/** What an erasure has done. */
export interface SubjectErasure {
  readonly subject: string;
  /** `erased` now, or `already-erased` before. */
  readonly outcome: 'erased' | 'already-erased';
  /** When the key was destroyed, ISO-8601 UTC. */
  readonly erasedAt: string;
  /** What was held until now, counted. */
  readonly held: SubjectFindings;
  /** A receipt, one line of JSON, that `phasegate audit verify --receipt` takes. */
  readonly receipt: string;
}

/**
 * Erases a person: revokes and deletes the sessions, destroys the key that everything of the person is stored under, and has the audit chain record and sign
 * that. What stays in clear is counted in `held`; what is out of reach is named there. An erasure that failed on the way is
 * ended by the next one.
 *
 * @throws {@link UnknownSubjectError} where nothing is known of the person; STORAGE_* while the server of sessions
 * is away, AUDIT_* when it could not be recorded: then no key was destroyed.
 */
export async function eraseSubject(
  app: App,
  subject: string,
  by: Principal,
): Promise<SubjectErasure> {
  const held = await findSubject(app, subject);
  if (held.key === 'none' && held.sessions === 0)
    throw new UnknownSubjectError(held.threads.length > 0);
  const { log, subjects } = await app.audit.open().then((trail) => ({
    log: trail.log,
    subjects: trail.subjects(),
  }));
  // Whoever had sessions alone gets a key, so that there is something to destroy, to record and to sign.
  if (held.key === 'none') await subjects.conceal(subject, '');
  await endSessions(app.config, subject);
  // Where the key is gone already, what an erasure that was cut short has left of it in the files goes.
  const isErased = await subjects.erase(subject, actorFrom(by));
  const last = (await subjects.erasures(subject)).at(-1);
  if (last === undefined) throw new UnknownSubjectError(false);
  return {
    subject,
    outcome: isErased ? 'erased' : 'already-erased',
    erasedAt: last.at,
    held,
    receipt: await issueReceipt(log, last.run),
  };
}

function actorFrom({ id, kind, authenticated, roles }: Principal): AuditActor {
  return { id, kind, authenticated, ...(roles.length === 0 ? {} : { roles }) };
}
