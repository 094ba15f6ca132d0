import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyCheckpoint } from '@langchain/langgraph-checkpoint';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { openEmbeddedAudit, readThread, type AuditSink } from '../../audit/index.ts';
import { openEmbeddedStorage } from '../../storage/index.ts';
import { recordedRollbacks } from './recorded-rollbacks.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-rollbacks-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const config = { configurable: { thread_id: 't', checkpoint_ns: '' } };

test('a run that is taken back is in the trail: who asked, from where, to where', async () => {
  await using audit = await openEmbeddedAudit({ directory });
  await using plain = await openEmbeddedStorage({ directory });
  await using _first = await plain.lockThread('t', { owner: 'first' });
  const checkpoint = { ...emptyCheckpoint(), id: '1' };
  const metadata = { source: 'loop', step: 1, parents: {} } as const;
  await plain.checkpointer.put(config, checkpoint, metadata, {});
  const storage = recordedRollbacks(plain, audit.log);
  const taking = { owner: 'second', whenBusy: 'rollback' } as const;
  await using _second = await storage.lockThread('t', taking);
  const entries: unknown[] = [];
  for await (const { body } of readThread({ database: audit.log.database, name: 'main' }, 't')) {
    entries.push(JSON.parse(body));
  }
  expect(entries).toEqual([
    expect.objectContaining({
      event: expect.objectContaining({
        kind: 'effect',
        outcome: 'pending',
        target: 'thread (rollback)',
        thread: 't',
        actor: { id: 'second', kind: 'service', authenticated: false },
        facts: { from: '1', to: '', epoch: 1, askedAt: expect.stringMatching(/Z$/) },
      }),
    }),
  ]);
  expect(await plain.checkpointer.getTuple(config)).toBeUndefined();
});

test('what cannot be recorded is not taken back', async () => {
  await using plain = await openEmbeddedStorage({ directory });
  await using _first = await plain.lockThread('t');
  const metadata = { source: 'loop', step: 1, parents: {} } as const;
  await plain.checkpointer.put(config, emptyCheckpoint(), metadata, {});
  const full: AuditSink = {
    append: async () => {
      throw new Error('the disk is full');
    },
  };
  const storage = recordedRollbacks(plain, full);
  const taking = storage.lockThread('t', { whenBusy: 'rollback' });
  await expect(taking).rejects.toThrow('the disk is full');
  expect(await plain.checkpointer.getTuple(config)).toBeDefined();
});
