import type { TrailEntry, TrailEvidence } from './trail-evidence.ts';

/** How often a check was asked at gates. */
export interface GateTally {
  readonly asked: number;
  /** Numbers of the verdicts in which it did not pass and the transition was held. */
  readonly held: readonly number[];
  /** Numbers of the verdicts in which it failed and the run went on. */
  readonly letThrough: readonly number[];
  /** Numbers of the verdicts in which it could not be decided and the run went on. */
  readonly unsure: readonly number[];
}

type Gates = NonNullable<TrailEvidence['gates']>;
interface Tally {
  asked: number;
  readonly held: number[];
  readonly letThrough: number[];
  readonly unsure: number[];
}

/** How the checks of gates were answered in a period. */
export interface Tallies {
  /** By the check's id at gates. */
  readonly checks: ReadonlyMap<string, GateTally>;
  /**
   * How many verdicts do not say what passed, as older ones, and are of gates that are not among those given: what did not pass
   * there is known.
   */
  readonly ofOtherGates: number;
}

const known = new WeakMap<readonly TrailEntry[], Tallies>();

/** Counts, in one pass over the entries, how each check of the gates was answered. */
export function tallyOf(entries: readonly TrailEntry[], gates: Gates): Tallies {
  const kept = known.get(entries) ?? tallied(entries, gates);
  known.set(entries, kept);
  return kept;
}

function tallied(entries: readonly TrailEntry[], gates: Gates): Tallies {
  const byPolicy = new Map(
    gates.map(({ policy, checks }) => [policy, new Set(checks.map(({ id }) => id))]),
  );
  const tallies = new Map<string, Tally>();
  let ofOtherGates = 0;
  for (const { seq, event } of entries) {
    if (event.kind !== 'gate-verdict') continue;
    const { missed, undecided, told } = checksIn(event.facts ?? {});
    const checks = told ?? byPolicy.get(event.policy ?? '');
    if (checks === undefined) ofOtherGates += 1;
    for (const id of checks ?? missed) {
      const tally = tallies.get(id) ?? { asked: 0, held: [], letThrough: [], unsure: [] };
      tallies.set(id, tally);
      tally.asked += 1;
      if (missed.has(id)) listIn(tally, event.outcome, undecided.has(id)).push(seq);
    }
  }
  return { checks: tallies, ofOtherGates };
}

function listIn(tally: Tally, outcome: string, isUndecided: boolean): number[] {
  if (outcome !== 'allow') return tally.held;
  return isUndecided ? tally.unsure : tally.letThrough;
}

/** The checks that did not pass, and all that were asked where the entry says it. */
function checksIn({
  failed,
  noted,
  passed,
  undecided,
}: NonNullable<TrailEntry['event']['facts']>): {
  readonly missed: ReadonlySet<string>;
  readonly undecided: ReadonlySet<string>;
  readonly told: ReadonlySet<string> | undefined;
} {
  const missed = new Set([...idsIn(failed), ...idsIn(noted)]);
  return {
    missed,
    undecided: new Set(idsIn(undecided)),
    told: passed === undefined ? undefined : new Set([...missed, ...idsIn(passed)]),
  };
}

function idsIn(fact: string | number | boolean | undefined): readonly string[] {
  return typeof fact === 'string' ? fact.split(' ').filter((id) => id !== '') : [];
}
