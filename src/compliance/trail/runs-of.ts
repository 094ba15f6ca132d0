import type { TrailEntry } from './trail-evidence.ts';

/** What the trail tells of one run. */
export interface TrailRun {
  /** Who began it; undefined when its beginning is not in the period. */
  readonly requester: string | undefined;
  /** Ids of the agents that finished a phase, without the variant. */
  readonly executors: ReadonlySet<string>;
  readonly approvals: readonly { readonly seq: number; readonly by: string }[];
  /** Numbers of the entries of the run, in order. */
  readonly entries: readonly TrailEntry[];
}

const known = new WeakMap<readonly TrailEntry[], ReadonlyMap<string, TrailRun>>();

/** Gathers entries by the run they tell of, in one pass that several checks share. */
export function runsOf(entries: readonly TrailEntry[]): ReadonlyMap<string, TrailRun> {
  const kept = known.get(entries);
  if (kept !== undefined) return kept;
  const runs = new Map<string, Gathered>();
  for (const entry of entries) {
    const { run } = entry.event;
    if (run === undefined) continue;
    const gathered = runs.get(run) ?? newRun();
    runs.set(run, gathered);
    gather(gathered, entry);
  }
  known.set(entries, runs);
  return runs;
}

interface Gathered {
  requester: string | undefined;
  readonly executors: Set<string>;
  readonly approvals: { readonly seq: number; readonly by: string }[];
  readonly entries: TrailEntry[];
}

function newRun(): Gathered {
  return { requester: undefined, executors: new Set(), approvals: [], entries: [] };
}

function gather(run: Gathered, entry: TrailEntry): void {
  const { seq, event } = entry;
  const { kind, outcome, actor } = event;
  run.entries.push(entry);
  // Told again by whoever goes on with it after a crash or a question: the first one began it.
  if (kind === 'run-started') run.requester ??= actor.id;
  if (kind === 'approval' && outcome === 'allow') run.approvals.push({ seq, by: actor.id });
  if (actor.kind === 'agent' && kind === 'phase-left') run.executors.add(agentOf(actor.id));
  // What a service does for somebody is his.
  if (kind === 'effect') run.executors.add(actor.onBehalfOf ?? agentOf(actor.id));
}

/** An agent's id without the variant that the trail adds to it: `strategy/llm` is `strategy`. */
export function agentOf(id: string): string {
  return id.replace(/\/(?:llm|simulated)$/, '');
}
