import { randomIds } from '../../kernel/index.ts';
import type { CarriedOutRollback } from '../../storage/index.ts';
import type { AuditActor, AuditEvent } from '../event.ts';
import type { AuditSink } from '../sink.ts';

/**
 * What was done to a whole thread: it may stand where it stood before, or, behind `delete`, begin anew under its id, while
 * nothing from before its deletion goes on.
 */
export type ThreadChange = 'fork' | 'rollback' | 'import' | 'replace' | 'delete';

const TARGETS: Readonly<Record<ThreadChange, string>> = {
  fork: 'head of the thread',
  rollback: 'thread (rollback)',
  import: 'thread (import)',
  replace: 'thread (replace)',
  delete: 'thread (delete)',
};
const { delete: DELETED, ...BACK } = TARGETS;
const PUT_BACK: ReadonlySet<string> = new Set(Object.values(BACK));

/** A change of a thread that is to be recorded. */
export interface ThreadChanged {
  readonly thread: string;
  readonly what: ThreadChange;
  readonly actor: AuditActor;
  /** Tells this change from any other: the same one is recorded once. */
  readonly id: string;
  readonly facts?: AuditEvent['facts'];
  readonly input?: string;
  /** `pending` unless told: it is recorded before it is done. */
  readonly outcome?: 'pending' | 'success';
}

/** Gives the event that explains why a thread stands where it stood before, or begins anew. */
export function threadChanged(change: ThreadChanged): AuditEvent {
  const { thread, what, actor, id, facts, input, outcome = 'pending' } = change;
  return {
    key: [thread, what, id].map(encodeURIComponent).join('/'),
    kind: 'effect',
    actor,
    outcome,
    target: TARGETS[what],
    thread,
    ...(input === undefined ? {} : { input }),
    ...(facts === undefined ? {} : { facts }),
  };
}

interface Told {
  readonly key: string;
  readonly kind: string;
  readonly target: string;
  readonly outcome: string;
}

/** Gives the key of the event by which a change is told to have been refused, after it was told of under `key`. */
export function refusalOf(key: string): string {
  return `${key}/refused`;
}

/** Gives the events that explain that their thread was put back, or is another one than before: not changes that were refused. */
export function putBacks<Event extends Told>(events: readonly Event[]): ReadonlySet<Event> {
  const changes = events.filter(({ kind, target }) => kind === 'effect' && PUT_BACK.has(target));
  const isRefused = ({ outcome }: Told): boolean => outcome === 'refused';
  const refused = new Set(changes.filter(isRefused).map(({ key }) => key));
  return new Set(
    changes.filter((change) => !isRefused(change) && !refused.has(refusalOf(change.key))),
  );
}

/** Whether an event tells that its thread was deleted on purpose. */
export function isThreadDeletion({ kind, target }: { kind: string; target: string }): boolean {
  return kind === 'effect' && target === DELETED;
}

/**
 * Records that an interrupted run is taken back: give it to `lockThread` as `onRollback`.
 *
 * @throws AUDIT_* when that cannot be recorded; the thread is not taken back then.
 */
export async function recordRollback(
  sink: AuditSink,
  { thread, epoch, owner, at, from, to }: CarriedOutRollback,
): Promise<void> {
  const actor = { id: owner, kind: 'service', authenticated: false } as const;
  const facts = { from, to, epoch, askedAt: at };
  const id = `${epoch} ${at}`;
  await sink.append(threadChanged({ thread, what: 'rollback', actor, id, facts }));
}

/**
 * Records that a thread is about to be deleted, each time anew: give it to a storage as `onDelete`.
 *
 * @throws AUDIT_* when that cannot be recorded; the thread is not deleted then.
 */
export async function recordDeletion(
  sink: AuditSink,
  { thread, actor }: Pick<ThreadChanged, 'thread' | 'actor'>,
): Promise<void> {
  await sink.append(threadChanged({ thread, what: 'delete', actor, id: randomIds.next() }));
}
