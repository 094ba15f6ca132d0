import { expect, test } from 'vitest';

import type { AuditEvent } from '../event.ts';
import { anEvent, openTrail } from '../fixtures/trail.ts';
import { threadChanged, type ThreadChange } from '../threads/put-back.ts';
import { verifyChain } from '../verify-chain.ts';

const approval = (more: Partial<AuditEvent> = {}): AuditEvent => anEvent('1', 'approval', more);
const { actor } = approval();

async function faultsOf(...events: readonly AuditEvent[]): Promise<readonly unknown[]> {
  await using trail = await openTrail();
  for (const event of events) await trail.log.append(event);
  const { faults } = verifyChain(await trail.exported(), trail.signer.publicKey);
  return faults.map(({ kind, seq }) => [kind, seq]);
}

test('a second approval of one visit, and a second end of one run, are told from an export', async () => {
  expect(await faultsOf(approval(), approval({ outcome: 'refused' }))).toEqual([
    ['decided-twice', 2],
  ]);
  const ended = [anEvent('2', 'run-ended'), anEvent('3', 'run-ended')];
  expect(await faultsOf(...ended)).toEqual([['decided-twice', 2]]);
});

test.each(['fork', 'rollback', 'import', 'replace'] satisfies ThreadChange[])(
  'a %s of the thread explains it, and one of another thread does not',
  async (what) => {
    const back = (thread: string): AuditEvent => threadChanged({ thread, what, actor, id: '1' });
    const again = approval({ outcome: 'refused' });
    expect(await faultsOf(approval(), back('thread-1'), again)).toEqual([]);
    expect(await faultsOf(approval(), back('other'), again)).toEqual([['decided-twice', 3]]);
  },
);
