import type { TrailEntry, TrailEvidence } from './trail-evidence.ts';

/** How often a check was asked at gates. */
export interface GateTally {
  readonly asked: number;
  /** Numbers of the verdicts in which it did not pass and the transition was held. */
  readonly held: readonly number[];
  /** Numbers of the verdicts in which it did not pass and the run went on. */
  readonly letThrough: readonly number[];
}

type Gates = NonNullable<TrailEvidence['gates']>;
interface Tally {
  asked: number;
  readonly held: number[];
  readonly letThrough: number[];
}

const known = new WeakMap<readonly TrailEntry[], ReadonlyMap<string, GateTally>>();

/** Counts, in one pass over the entries, how each check of the gates was answered; by the check's id at gates. */
export function tallyOf(
  entries: readonly TrailEntry[],
  gates: Gates,
): ReadonlyMap<string, GateTally> {
  const kept = known.get(entries);
  if (kept !== undefined) return kept;
  const byPolicy = new Map(gates.map(({ policy, checks }) => [policy, checks]));
  const tallies = new Map<string, Tally>();
  for (const { seq, event } of entries) {
    if (event.kind !== 'gate-verdict') continue;
    const checks = byPolicy.get(event.policy ?? '') ?? [];
    const missed = new Set([...idsIn(event.facts?.['failed']), ...idsIn(event.facts?.['noted'])]);
    for (const { id } of checks) {
      const tally = tallies.get(id) ?? { asked: 0, held: [], letThrough: [] };
      tallies.set(id, tally);
      tally.asked += 1;
      if (missed.has(id)) (event.outcome === 'allow' ? tally.letThrough : tally.held).push(seq);
    }
  }
  known.set(entries, tallies);
  return tallies;
}

function idsIn(fact: string | number | boolean | undefined): readonly string[] {
  return typeof fact === 'string' ? fact.split(' ').filter((id) => id !== '') : [];
}
