import { z } from 'zod';

import { notApplicable } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import type { TrailEntry } from '../../trail/trail-evidence.ts';
import { judgeEntries } from '../judge-each.ts';
import { msBetween } from '../spans.ts';

const MINUTE_MS = 60_000;
const ALWAYS: ReadonlySet<string> = new Set(['refusal', 'waiver']);

/** What goes wrong is noticed. */
export const monitorAlerts = definePrimitive(
  {
    id: 'monitor.alerts',
    parameters: z.strictObject({
      /** Minutes within which an alert has to be raised. */
      minutes: z.number().min(0.1).default(15),
    }),
    evidence: ['audit'],
    predicate:
      'Denied decisions, overrides and failures of detectors produced an alert within N minutes',
    says: 'The alert record exists',
    cannotSay: 'That somebody acted',
  },
  {
    report: {
      needs: ['entries', 'alerts'],
      assess: ({ entries, alerts, assessedAt }, { minutes }) => {
        const raised = new Map<number, string>();
        for (const { entry, at } of alerts) {
          const known = raised.get(entry);
          if (known === undefined || Date.parse(at) < Date.parse(known)) raised.set(entry, at);
        }
        const limitMs = minutes * MINUTE_MS;
        const alarming = entries.filter(isAlarming);
        if (alarming.length === 0)
          return notApplicable('Nothing that asks for an alert happened in the period.');
        const missed = alarming.filter(({ seq, at }) => {
          const alert = raised.get(seq);
          // What happened only just now may still be alerted.
          return alert === undefined
            ? !(msBetween(at, assessedAt) <= limitMs)
            : !(msBetween(at, alert) <= limitMs);
        });
        return judgeEntries(
          missed.map(({ seq }) => seq),
          {
            yes: `${alarming.length} denials, refusals and overrides were alerted in time.`,
            no: `${missed.length} of ${alarming.length} denials, refusals and overrides were not alerted within ${minutes} minutes.`,
            remedy: 'Connect alerts to the trail, and see that they arrive.',
          },
        );
      },
    },
  },
);

function isAlarming({ event: { kind, outcome, facts } }: TrailEntry): boolean {
  if (ALWAYS.has(kind)) return true;
  if (kind === 'gate-verdict') return outcome === 'deny';
  return outcome === 'failure' && String(facts?.['code'] ?? '').startsWith('PRIVACY_');
}
