/**
 * Maps `items` with at most `limit` calls under way, and keeps their order. The first failure, or an abort, stops the rest
 * from being started, and is thrown when those under way have ended: none goes on behind the caller's back.
 *
 * @throws what `map` throws, or the signal's reason.
 */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Promise<Result>,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const waiting = items.entries();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      signal.throwIfAborted();
      if (failed) return;
      results.set(index, await map(item));
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, async () => {
    try {
      await work();
    } catch (error) {
      failed = true;
      throw error;
    }
  });
  await Promise.allSettled(workers);
  await Promise.all(workers);
  return [...results.entries()]
    .toSorted(([one], [other]) => one - other)
    .map(([, result]) => result);
}
