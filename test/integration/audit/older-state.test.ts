import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Command } from '@langchain/langgraph';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import {
  openEmbeddedAudit,
  threadChanged,
  verifyTrail,
  type EmbeddedAudit,
} from '../../../src/audit/index.ts';
import {
  startRedis,
  type RedisServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';
import { openRedisStorage } from '../../../src/storage/backends/redis/index.ts';
import { openEmbeddedStorage } from '../../../src/storage/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
} from '../../../src/workflow/index.ts';
import { gate, Text } from './long-letters.ts';

const ask = defineAgent({
  id: 'asker',
  input: Text,
  artifact: Text,
  reads: {},
  simulated: ({ input }, { decide }) => {
    const { kind } = decide({ action: 'approve', description: '', subject: input, schema: Text });
    return { text: kind };
  },
});
const copy = defineAgent({
  id: 'copier',
  input: Text,
  artifact: Text,
  reads: {},
  simulated: ({ input }) => input,
});

/** A person is asked in the first phase; as many phases as told follow. */
function workflowOf(after: readonly string[]) {
  const ids = ['ask', ...after];
  return defineWorkflow({
    id: 'letters',
    input: Text,
    phases: ids.map((id) => definePhase({ id, agent: id === 'ask' ? ask : copy })),
    transitions: ids.map((from, at) => ({ from, to: ids[at + 1] ?? 'completed', gate })),
  });
}

const sealKey = new Uint8Array(32).fill(7);
const config = { configurable: { thread_id: 't' } };
const approve = new Command({ resume: { type: 'accept' } });
const refused: unknown = expect.objectContaining({ code: 'WORKFLOW_STATE_BEHIND_TRAIL' });

type Opened = Pick<Awaited<ReturnType<typeof openEmbeddedStorage>>, 'checkpointer'> &
  AsyncDisposable;

const kept = ({ checkpointer }: Opened): Pick<Opened, 'checkpointer'> => ({ checkpointer });

/** A store that can be copied as a whole, and put back. */
interface CopiedStore {
  open(): Promise<Opened>;
  copy(): Promise<void>;
  putBack(): Promise<void>;
}

let directory: string;
let server: RedisServer;

beforeAll(async () => {
  server = await startRedis('--appendonly', 'no');
});
afterAll(async () => server[Symbol.asyncDispose]());
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-older-'));
  await server.client.flushall();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const files = ['state.db', 'state.db-wal'];
const sqlite: CopiedStore = {
  open: async () => openEmbeddedStorage({ directory }),
  copy: async () => {
    for (const file of files) cpSync(join(directory, file), join(directory, `older-${file}`));
  },
  putBack: async () => {
    for (const file of files) cpSync(join(directory, `older-${file}`), join(directory, file));
  },
};
const dumped = new Map<string, Buffer>();
const redis: CopiedStore = {
  open: async () => openRedisStorage({ url: server.url, stateKeys: [sealKey], deadlineMs: 60_000 }),
  copy: async () => {
    dumped.clear();
    for (const key of await server.client.keys('*')) {
      const bytes = await server.client.dumpBuffer(key);
      if (bytes !== null) dumped.set(key, bytes);
    }
  },
  putBack: async () => {
    await server.client.flushall();
    for (const [key, bytes] of dumped) await server.client.restore(key, 0, bytes);
  },
};

describe.each([
  ['SQLite', sqlite],
  ['Redis', redis],
])('a thread on %s that was put back as a whole', (_, store) => {
  /** Runs to the question, copies the store, and lets a person approve. */
  async function approvedAfterCopy(after: readonly string[], audit: EmbeddedAudit): Promise<void> {
    await using storage = await store.open();
    const graph = compileWorkflow(workflowOf(after), {
      sealKey,
      audit: audit.log,
      ...kept(storage),
    });
    await graph.invoke({ input: { text: 'a' } }, config);
    await store.copy();
    const done = await graph.invoke(approve, config);
    expect(done.run).toMatchObject({ status: 'completed' });
  }

  async function verified(audit: EmbeddedAudit): Promise<readonly string[]> {
    const { database, publicKey } = audit.log;
    const { chains } = await verifyTrail(database, { publicKey, checkpoints: [] });
    return chains.flatMap(({ faults }) => faults.map(({ kind }) => kind));
  }

  test.each([[['b', 'c']], [[]]])(
    'is not approved and ended a second time (phases after the question: %j)',
    async (after) => {
      await using audit = await openEmbeddedAudit({ directory });
      await approvedAfterCopy(after, audit);
      await store.putBack();
      await using storage = await store.open();
      const graph = compileWorkflow(workflowOf(after), {
        sealKey,
        audit: audit.log,
        ...kept(storage),
      });
      await expect(graph.invoke(approve, config)).rejects.toEqual(refused);
      expect(await verified(audit)).toEqual([]);
    },
  );

  test('goes on once the trail says that it was put back on purpose', async () => {
    await using audit = await openEmbeddedAudit({ directory });
    await approvedAfterCopy(['b', 'c'], audit);
    await store.putBack();
    const actor = { id: 'kim', kind: 'person', authenticated: true } as const;
    await audit.log.append(threadChanged({ thread: 't', what: 'fork', actor, id: '1' }));
    await using storage = await store.open();
    const graph = compileWorkflow(workflowOf(['b', 'c']), {
      sealKey,
      audit: audit.log,
      ...kept(storage),
    });
    const done = await graph.invoke(approve, config);
    expect(done.run).toMatchObject({ status: 'completed' });
    expect(await verified(audit)).toEqual([]);
  });

  test('is found by the verification where a program went on without asking the trail', async () => {
    await using audit = await openEmbeddedAudit({ directory });
    await approvedAfterCopy(['b'], audit);
    await store.putBack();
    await using storage = await store.open();
    const { append } = audit.log;
    const graph = compileWorkflow(workflowOf(['b']), {
      sealKey,
      audit: { append },
      ...kept(storage),
    });
    await graph.invoke(approve, config);
    expect(await verified(audit)).toContain('decided-twice');
  });

  describe('whose state was taken away as a whole', () => {
    const begun = { input: { text: 'anew' } };
    const begunAnew = async ({ log: { database, publicKey } }: EmbeddedAudit) =>
      (await verifyTrail(database, { publicKey, checkpoints: [] })).begunAnew;

    async function takenAway(audit: EmbeddedAudit): Promise<Opened> {
      await approvedAfterCopy(['b', 'c'], audit);
      const storage = await store.open();
      await storage.checkpointer.deleteThread('t');
      return storage;
    }

    test('is not begun anew in silence, and goes on once the trail says so', async () => {
      await using audit = await openEmbeddedAudit({ directory });
      await using storage = await takenAway(audit);
      const graph = compileWorkflow(workflowOf(['b', 'c']), {
        sealKey,
        audit: audit.log,
        ...kept(storage),
      });
      await expect(graph.invoke(begun, config)).rejects.toEqual(refused);
      await expect(graph.invoke(null, config)).rejects.toEqual(refused);
      const actor = { id: 'kim', kind: 'person', authenticated: true } as const;
      await audit.log.append(threadChanged({ thread: 't', what: 'fork', actor, id: '1' }));
      await graph.invoke(null, config);
      const done = await graph.invoke(approve, config);
      expect(done.run).toMatchObject({ status: 'completed' });
      expect(await begunAnew(audit)).toEqual([]);
    });

    test('is begun anew once its deletion stands in the trail, and what was deleted is not brought back', async () => {
      await using audit = await openEmbeddedAudit({ directory });
      const actor = { id: 'kim', kind: 'person', authenticated: true } as const;
      const compiled = (storage: Opened) =>
        compileWorkflow(workflowOf(['b', 'c']), { sealKey, audit: audit.log, ...kept(storage) });
      {
        await using storage = await takenAway(audit);
        await audit.log.append(threadChanged({ thread: 't', what: 'delete', actor, id: '1' }));
        const graph = compiled(storage);
        await graph.invoke(begun, config);
        const done = await graph.invoke(approve, config);
        expect(done.run).toMatchObject({ status: 'completed' });
        expect(await begunAnew(audit)).toEqual([]);
        expect(await verified(audit)).toEqual([]);
      }
      // What waited for its first answer then was asked before the deletion.
      await store.putBack();
      await using storage = await store.open();
      await expect(compiled(storage).invoke(approve, config)).rejects.toMatchObject({
        code: 'WORKFLOW_STATE_BEHIND_TRAIL',
        message: expect.stringContaining('its deletion'),
      });
    });

    test('is told by the verification where a program began it anew without asking the trail', async () => {
      await using audit = await openEmbeddedAudit({ directory });
      await using storage = await takenAway(audit);
      const { append } = audit.log;
      const graph = compileWorkflow(workflowOf(['b', 'c']), {
        sealKey,
        audit: { append },
        ...kept(storage),
      });
      expect(await begunAnew(audit)).toEqual([]);
      await graph.invoke(begun, config);
      const [found, ...more] = await begunAnew(audit);
      expect(more).toEqual([]);
      expect(found?.thread).toBe('t');
      expect(found?.seq).toBeGreaterThan(found?.before ?? 0);
      const actor = { id: 'kim', kind: 'person', authenticated: true } as const;
      await audit.log.append(threadChanged({ thread: 't', what: 'fork', actor, id: '1' }));
      expect(await begunAnew(audit)).toEqual([]);
    });
  });

  test('a caller who goes back in the history goes on, and the trail says so', async () => {
    await using audit = await openEmbeddedAudit({ directory });
    await approvedAfterCopy(['b', 'c'], audit);
    await using storage = await store.open();
    const graph = compileWorkflow(workflowOf(['b', 'c']), {
      sealKey,
      audit: audit.log,
      ...kept(storage),
    });
    const earlier = [];
    for await (const snapshot of graph.getStateHistory(config)) earlier.push(snapshot);
    const behind = earlier.find(({ next }) => next.includes('b'));
    const again = await graph.invoke(null, behind?.config ?? config);
    expect(again.run).toMatchObject({ status: 'completed' });
    expect(await verified(audit)).toEqual([]);
  });
});
