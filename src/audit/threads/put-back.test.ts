import { expect, test } from 'vitest';

import { anEvent, openTrail } from '../fixtures/trail.ts';
import { refusalOf, threadChanged } from './put-back.ts';
import { recallThread } from './recall-thread.ts';

const actor = { id: 'job', kind: 'service', authenticated: false } as const;

test('an import that was refused explains no older state, and one that was not does', async () => {
  await using trail = await openTrail();
  const source = { database: trail.database, name: 'main' };
  const recalled = async (): Promise<readonly string[]> =>
    (await recallThread(source, 'thread-1')).map(({ kind }) => kind);
  await trail.log.append(anEvent('1', 'gate-verdict'));
  const change = threadChanged({ thread: 'thread-1', what: 'import', actor, id: '1' });
  await trail.log.append(change);
  expect(await recalled()).toEqual([]);
  await trail.log.append({ ...change, key: refusalOf(change.key), outcome: 'refused' });
  expect(await recalled()).toEqual(['gate-verdict']);
});
