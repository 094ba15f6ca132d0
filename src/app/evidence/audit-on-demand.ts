import type { AuditSink, EmbeddedAudit, RecalledEvent } from '../../audit/index.ts';
import { scrubEvent } from '../privacy/scrub-event.ts';
import { openAudit, type AuditPlace } from './open-audit.ts';

/** The audit trail of the application, opened by the first thing that is written to it. */
export interface AppAudit extends Required<AuditSink>, AsyncDisposable {
  /** Opens it, if nothing has yet. @throws AUDIT_* for what cannot be used; the next call tries again. */
  open(): Promise<EmbeddedAudit>;
}

/** Names as they were told, where they are concealed and can be read: who began a run is held against who approves it. */
async function revealedActors(
  events: readonly RecalledEvent[],
  subjects: EmbeddedAudit['subjects'],
): Promise<readonly RecalledEvent[]> {
  if (!events.some(({ actor }) => actor.id.startsWith('concealed/'))) return events;
  const keys = subjects();
  return Promise.all(
    events.map(async (event) => {
      const id = await keys.reveal(event.actor.id);
      return id === undefined ? event : { ...event, actor: { ...event.actor, id } };
    }),
  );
}

/** Makes the configured audit trail. Commands that only look at threads never open it. */
export function auditOnDemand(place: AuditPlace): AppAudit {
  let opened: Promise<EmbeddedAudit> | undefined;
  const open = async (): Promise<EmbeddedAudit> => {
    opened ??= openAudit(place);
    try {
      return await opened;
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };
  return Object.freeze({
    open,
    recall: async (thread: string) => {
      const { log, subjects } = await open();
      return revealedActors(await log.recall(thread), subjects);
    },
    append: async (event: Parameters<AuditSink['append']>[0]) => {
      const { log, subjects } = await open();
      return log.append(await scrubEvent(event, async () => subjects()));
    },
    [Symbol.asyncDispose]: async () => {
      if (opened !== undefined) await (await opened)[Symbol.asyncDispose]();
    },
  });
}
