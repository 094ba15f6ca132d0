import { createHmac, hkdfSync } from 'node:crypto';

import type { AuditEvent } from '../../audit/index.ts';
import type { Teller } from './teller.ts';

const KEY_BYTES = 32;
const LABEL = 'phasegate/audit-digests/1';

/**
 * Gives a teller that keys the digests of what went in and came out. A plain digest of a value with few possibilities, such as
 * an artifact that holds little more than a number of a person, is found by trying them all.
 */
export function keyedDigests(tell: Teller, sealKey: Uint8Array): Teller {
  const key = Buffer.from(hkdfSync('sha256', sealKey, '', LABEL, KEY_BYTES));
  const keyed = (digest: string): string => createHmac('sha256', key).update(digest).digest('hex');
  const told = (event: AuditEvent): AuditEvent => ({
    ...event,
    ...(event.input === undefined || event.input === '' ? {} : { input: keyed(event.input) }),
    ...(event.output === undefined || event.output === '' ? {} : { output: keyed(event.output) }),
  });
  return async (events) => tell(events.map(told));
}
