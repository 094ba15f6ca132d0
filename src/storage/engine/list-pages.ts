import type { RunnableConfig } from '@langchain/core/runnables';
import type { CheckpointListOptions, CheckpointMetadata } from '@langchain/langgraph-checkpoint';

import { canonicalJson } from '../../kernel/index.ts';
import { addressOf, type Address } from './address.ts';
import type { CheckpointStore, Reading, StoredCheckpoint } from './checkpoint-store.ts';

/** How many checkpoints are read at once by who goes through many. */
export const LONG_PAGE = 100;

/**
 * Goes through the checkpoints of a place, newest first.
 *
 * @yields Pages: the first one of at most so many, later ones of {@link LONG_PAGE}.
 */
export async function* pagesOf(
  store: CheckpointStore,
  { thread, ns, id, before }: Address & { readonly before: RunnableConfig | undefined },
  firstLimit: number,
): AsyncGenerator<readonly StoredCheckpoint[]> {
  const end = before === undefined ? undefined : addressOf(before).id;
  const query = { thread, ns, id, before: end };
  let after: StoredCheckpoint | undefined;
  for (let limit = firstLimit; ; limit = LONG_PAGE) {
    const page = await store.page({ ...query, after, limit });
    yield page;
    after = page.at(-1);
    if (after === undefined || page.length < limit) return;
  }
}

/** Reads the segments of a page, those of each thread at once. */
export async function segmentsOf(
  store: CheckpointStore,
  page: readonly StoredCheckpoint[],
): Promise<ReadonlyMap<string, Reading['segments']>> {
  const wanted = new Map<string, Set<string>>();
  for (const { lane, row } of page) {
    const digests = wanted.get(lane.thread) ?? new Set();
    for (const digest of row.segments) digests.add(digest);
    wanted.set(lane.thread, digests);
  }
  const found = new Map<string, Reading['segments']>();
  for (const [thread, digests] of wanted) {
    found.set(thread, digests.size === 0 ? new Map() : await store.segments(thread, [...digests]));
  }
  return found;
}

/** Tells whether a checkpoint's metadata has what a list is filtered by. */
export function metadataFilter(
  filter: CheckpointListOptions['filter'],
): (metadata: CheckpointMetadata) => boolean {
  const wanted = Object.entries(filter ?? {}).filter(([, value]) => value !== undefined);
  return (metadata) =>
    wanted.every(([key, value]) => isSame(Reflect.get(metadata, key) as unknown, value));
}

function isSame(found: unknown, wanted: unknown): boolean {
  if (found === wanted) return true;
  if (typeof found !== 'object' || typeof wanted !== 'object') return false;
  return canonicalJson(found) === canonicalJson(wanted);
}
