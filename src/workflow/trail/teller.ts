import { setTimeout as sleep } from 'node:timers/promises';

import type { AuditEvent, AuditSink } from '../../audit/index.ts';
import { digestOf } from '../../kernel/index.ts';
import { AuditTimeoutError } from '../errors.ts';

const REMEMBERED = 2_048;

/** Tells events: resolves once all of them are stored, in one commit where the sink can. @throws what keeps one from it. */
export type Teller = (events: readonly AuditEvent[]) => Promise<void>;

/**
 * Makes a teller. What this process has told before is not told again; across processes the sink sees to that.
 *
 * @param timeoutMs - How long to wait for an answer.
 */
export function createTeller(sink: AuditSink, timeoutMs: number): Teller {
  const told = new Set<string>();
  return async (events) => {
    const named = events.map((event) => ({ event, name: `${event.key} ${digestOf(event)}` }));
    const fresh = named.filter(({ name }) => !told.has(name));
    if (fresh.length === 0) return;
    const stored = Promise.all(fresh.map(async ({ event }) => sink.append(event)));
    await answeredWithin(stored, timeoutMs);
    for (const { name } of fresh) told.add(name);
    for (const oldest of told) {
      if (told.size <= REMEMBERED) break;
      told.delete(oldest);
    }
  };
}

/** Waits for an answer of the trail. @throws {@link AuditTimeoutError} */
export async function answeredWithin<Answer>(
  stored: Promise<Answer>,
  timeoutMs: number,
): Promise<Answer> {
  const over = new AbortController();
  const late = async (): Promise<never> => {
    await sleep(timeoutMs, undefined, { signal: over.signal });
    throw new AuditTimeoutError(timeoutMs);
  };
  try {
    return await Promise.race([stored, late()]);
  } finally {
    over.abort();
  }
}
