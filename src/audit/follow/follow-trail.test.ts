import fc from 'fast-check';
import { expect, test } from 'vitest';

import { anEvent, newDirectory } from '../fixtures/trail.ts';
import {
  archiveEntries,
  ChainMark,
  checkpointFile,
  followTrail,
  openEmbeddedAudit,
  rotateKey,
  verifyTrail,
  type EmbeddedAudit,
  type FollowedTrail,
  type TrailOptions,
} from '../index.ts';

const officer = { id: 'officer-1', kind: 'person', authenticated: true } as const;
const KINDS = ['run-started', 'phase-left', 'gate-verdict', 'approval', 'run-ended'] as const;

const steps = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...KINDS) },
  { weight: 3, arbitrary: fc.constantFrom('look' as const, 'reopen' as const) },
  { weight: 1, arbitrary: fc.constantFrom('rotate' as const, 'archive' as const) },
);

function byWhat({ log, paths }: EmbeddedAudit): TrailOptions {
  const checkpoints = checkpointFile(paths.checkpoints).lines();
  return { publicKey: log.publicKey, checkpoints };
}

/** What is followed from the mark, and what is found without one. */
async function bothWays(
  audit: EmbeddedAudit,
  mark: ChainMark | undefined,
): Promise<{ readonly found: FollowedTrail; readonly seen: readonly number[] }> {
  const { database } = audit.log;
  const seen: number[] = [];
  const begin = (): ((entry: { readonly seq: number }) => void) => {
    seen.length = 0;
    return ({ seq }) => void seen.push(seq);
  };
  const found = await followTrail(database, byWhat(audit), { name: 'main', mark, begin });
  const whole = await followTrail(database, byWhat(audit), { name: 'main' });
  expect({ ...found, isFollowed: false }).toEqual(whole);
  const { begunAnew: _, ...verified } = await verifyTrail(database, byWhat(audit));
  expect(whole).toMatchObject(verified);
  return { found, seen };
}

test('a trail that is followed from mark to mark is found to be what it is from the beginning', async () => {
  const law = fc.asyncProperty(fc.array(steps, { maxLength: 40 }), async (taken) => {
    const directory = newDirectory();
    let audit = await openEmbeddedAudit({ directory });
    let mark: ChainMark | undefined;
    for (const [index, step] of taken.entries()) {
      if (step === 'look') {
        const { found } = await bothWays(audit, mark);
        mark = found.mark && ChainMark.parse(JSON.parse(JSON.stringify(found.mark)));
      } else if (step === 'reopen') {
        await audit[Symbol.asyncDispose]();
        audit = await openEmbeddedAudit({ directory });
      } else if (step === 'rotate') {
        await rotateKey(audit.log, audit.nextKey(), officer);
        await audit[Symbol.asyncDispose]();
        audit = await openEmbeddedAudit({ directory });
      } else if (step === 'archive') {
        const path = `${directory}/archive-${index}.jsonl`;
        await archiveEntries(audit.log, { before: '2999-01-01T00:00:00.000Z', path, by: officer });
      } else {
        const run = `run-${index % 3}`;
        await audit.log.append(anEvent(String(index), step, { run, thread: `of ${run}` }));
      }
    }
    await bothWays(audit, mark);
    await audit[Symbol.asyncDispose]();
  });
  await fc.assert(law, { numRuns: 25 });
}, 120_000);

/** A trail with a mark in it, and entries behind. */
async function marked(): Promise<{ readonly audit: EmbeddedAudit; readonly mark: ChainMark }> {
  const audit = await openEmbeddedAudit({ directory: newDirectory() });
  for (const visit of ['1', '2', '3']) await audit.log.append(anEvent(visit, 'gate-verdict'));
  const { mark } = await followTrail(audit.log.database, byWhat(audit), { name: 'main' });
  if (mark === undefined) throw new Error('There is no mark.');
  await audit.log.append(anEvent('4', 'gate-verdict'));
  return { audit, mark };
}

test('entries before a mark are not read out again', async () => {
  const { audit, mark } = await marked();
  await using closing = audit;
  const { found, seen } = await bothWays(closing, mark);
  expect({ isFollowed: found.isFollowed, seen }).toEqual({
    isFollowed: true,
    seen: [mark.held.size],
  });
});

test.each([
  ['of another trail', async () => (await marked()).mark],
  ['with another digest', async (mark: ChainMark) => ({ ...mark, entries: '0'.repeat(64) })],
  ['by another key', async (mark: ChainMark) => ({ ...mark, key: '0'.repeat(64) })],
  [
    'beyond the end',
    async (mark: ChainMark) => ({ ...mark, held: { ...mark.held, size: mark.held.size + 9 } }),
  ],
])('a mark %s is not followed', async (_name, change) => {
  const { audit, mark } = await marked();
  await using closing = audit;
  const { found, seen } = await bothWays(closing, await change(mark));
  expect({ ok: found.ok, isFollowed: found.isFollowed }).toEqual({ ok: true, isFollowed: false });
  expect(seen).toHaveLength(mark.held.size + 1);
});

test('a fault behind a mark is told as it is told from the beginning', async () => {
  const { audit, mark } = await marked();
  await using closing = audit;
  const { reader } = closing.log.database;
  await reader
    .updateTable('audit_entries')
    .set({ kind: 'effect' })
    .where('seq', '=', mark.held.size)
    .execute();
  const { found, seen } = await bothWays(closing, mark);
  expect(found).toMatchObject({ ok: false, isFollowed: false, mark: undefined });
  expect(seen).toHaveLength(mark.held.size + 1);
});
