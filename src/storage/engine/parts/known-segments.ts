import { isUnchanged, NO_SNAPSHOT, snapshotOf, type Snapshot } from '../codec/index.ts';

interface KnownSegment {
  /** Which thread and key the digest belongs to. */
  readonly scope: string;
  readonly digest: string;
  /** Of each item. */
  readonly snapshots: readonly Snapshot[];
}

/**
 * Segments that were written, by their first item. They are forgotten with it, so that nothing is kept for a list that
 * its program has let go.
 */
const KNOWN = new WeakMap<object, KnownSegment>();

/** A stretch of a list. */
export interface Stretch {
  readonly list: readonly unknown[];
  readonly start: number;
  readonly length: number;
}

/**
 * Gives the digest of a stretch that was written before, and would be written alike now: an item that was changed in
 * place since is seen. It costs a look at each item, and neither writes nor digests anything.
 */
export function knownDigest({ list, start, length }: Stretch, scope: string): string | undefined {
  const first = list[start];
  if (typeof first !== 'object' || first === null) return undefined;
  const known = KNOWN.get(first);
  if (known === undefined || known.snapshots.length !== length || known.scope !== scope)
    return undefined;
  const { snapshots } = known;
  for (let index = 0; index < length; index += 1) {
    if (!isUnchanged(list[start + index], snapshots[index])) return undefined;
  }
  return known.digest;
}

/** Remembers the digest of a stretch that was written just now. */
export function rememberDigest(
  { list, start, length }: Stretch,
  scope: string,
  digest: string,
): void {
  const first = list[start];
  if (typeof first !== 'object' || first === null) return;
  const snapshots: Snapshot[] = [];
  for (let index = start; index < start + length; index += 1) {
    const snapshot = snapshotOf(list[index]);
    if (snapshot === NO_SNAPSHOT) return;
    snapshots.push(snapshot);
  }
  KNOWN.set(first, { scope, digest, snapshots });
}
