import { StateContentionError } from '../errors/index.ts';
import type { LaneFacts, ThreadRow } from './checkpoint-store.ts';
import type { WritingParts } from './committer.ts';
import { sealThread } from './seals/index.ts';

const ATTEMPTS = 30;

/**
 * Removes a thread, also a damaged one, and leaves the mark by which late writes to it are refused.
 *
 * @throws {@link StateContentionError}
 */
export async function eraseThread(parts: WritingParts, thread: string): Promise<void> {
  const { store, keys, memory } = parts;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const lanes = await store.lanes(thread);
    const before = await store.threadRow(thread);
    const expected = new Map<string, Uint8Array>();
    for (const [ns, { head }] of lanes) if (head !== undefined) expected.set(ns, head.mac);
    const isNothing = lanes.size === 0 && before === undefined;
    const mark = markOf([...lanes.values()], before);
    const row = isNothing ? undefined : sealThread(keys.current, thread, mark);
    if (await store.erase(thread, row, expected)) {
      memory.forgetLanes(thread);
      for (const ns of lanes.keys()) memory.thread(thread).revisions.set(ns, mark.floor);
      return;
    }
  }
  throw new StateContentionError(thread, ATTEMPTS);
}

/** Gives what is to outlive a thread that is deleted now. */
export function markOf(
  lanes: readonly LaneFacts[],
  before: ThreadRow | undefined,
): Omit<ThreadRow, 'keyId' | 'mac'> {
  const ids = lanes.map(({ head }) => head?.id ?? '');
  const lastId = [before?.lastId ?? '', ...ids].toSorted().at(-1) ?? '';
  return { isDeleted: true, lastId, floor: Math.max(before?.floor ?? 0, ...lanes.map(revisionOf)) };
}

/** The greatest number that anything in a lane has, also where the lane was damaged. */
function revisionOf({ head, lastSeq }: LaneFacts): number {
  return Math.max(lastSeq, head?.revision ?? 0);
}
