import type { RecalledEvent } from '../export/parse-entry.ts';
import type { Chain } from '../store/chain-queries.ts';
import type { Queries } from '../store/database.ts';
import { isPutBack } from './put-back.ts';
import { eventsOf } from './recall-thread.ts';

/** A decision that was made again although nothing explains that its thread stood there again. */
export interface Repeated {
  readonly seq: number;
  readonly problem: string;
}

/**
 * Finds second approvals, and second ends, of one visit of one run: the thread was put back to an older state, by nobody who
 * said so, and went on from there. What could not be read is left to the verification of the chain.
 */
export async function findRepeated(queries: Queries, chain: Chain): Promise<readonly Repeated[]> {
  const found: Repeated[] = [];
  const seen = new Map<string, Map<string, number>>();
  for (const { seq, event } of await eventsOf(queries, chain)) {
    const { thread = '', kind } = event;
    if (isPutBack(event)) seen.delete(thread);
    if (kind !== 'approval' && kind !== 'run-ended') continue;
    const known = seen.get(thread) ?? new Map<string, number>();
    seen.set(thread, known);
    const name = nameOf(event);
    const first = known.get(name);
    known.set(name, first ?? seq);
    if (first === undefined) continue;
    const what = kind === 'approval' ? 'approval of one visit' : 'end of one run';
    const problem = `a second ${what} of thread "${thread}" after entry ${first}, and nothing says that the thread was put back`;
    found.push({ seq, problem });
  }
  return found;
}

/** A visit has a key of its own, in which the superstep counts; a run ends once, wherever that is. */
function nameOf({ kind, key, run = '' }: RecalledEvent): string {
  return kind === 'run-ended' ? `ended ${run}` : key;
}
