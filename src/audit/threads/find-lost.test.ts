import { expect, test } from 'vitest';

import { anEvent, openTrail } from '../fixtures/trail.ts';
import type { AuditEvent } from '../event.ts';
import { findLost } from './find-lost.ts';
import { recordDeletion } from './put-back.ts';

const actor = { id: 'job', kind: 'service', authenticated: false } as const;

/** What a visit of a run tells: the first one before anything was stored, a later one behind a checkpoint. */
function verdict(thread: string, visit: number): AuditEvent {
  const key = `${thread}/run%23${visit}%40${visit}/gate-verdict`;
  return anEvent('1', 'gate-verdict', { key, thread });
}

test('threads that came further than their first visit, and are not in the store, are lost', async () => {
  await using trail = await openTrail();
  const source = { database: trail.database, name: 'main' };
  for (const [thread, visit] of [
    ['begun', 0],
    ['gone', 1],
    ['there', 1],
    ['deleted', 1],
  ] as const)
    await trail.log.append(verdict(thread, visit));
  await recordDeletion(trail.log, { thread: 'deleted', actor });
  expect(await findLost(source, new Set(['there']))).toEqual(['gone']);
});
