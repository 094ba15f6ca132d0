import type { Finding } from './finding.ts';

/** A finding that knows its standing. */
export interface Ranked extends Finding {
  readonly rank: number;
}

const SHORTEST_URL = 4;

/**
 * Leaves of findings that overlap the one with the higher rank, then the surer, the longer, the first. An address of the
 * web that holds something of higher rank keeps what stands before it.
 */
export function resolveOverlaps(findings: readonly Ranked[], length: number): readonly Ranked[] {
  const taken = new Uint8Array(length);
  const kept: Ranked[] = [];
  for (const finding of findings.toSorted(compare)) {
    const clash = taken.subarray(finding.start, finding.end).indexOf(1);
    const end = clash === -1 ? finding.end : finding.start + clash;
    const isKept = clash === -1 || (finding.type === 'URL' && clash >= SHORTEST_URL);
    if (!isKept) continue;
    taken.fill(1, finding.start, end);
    kept.push({ ...finding, end });
  }
  return kept.toSorted((one, other) => one.start - other.start);
}

function compare(one: Ranked, other: Ranked): number {
  return (
    other.rank - one.rank ||
    other.confidence - one.confidence ||
    other.end - other.start - (one.end - one.start) ||
    one.start - other.start
  );
}
